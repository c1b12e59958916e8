package format

import (
	"path"
	"regexp"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"
)

// scenarioID is what an ID may look like; IDs are part of URLs.
var scenarioID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// idOf returns the ID of the file 12-allow-methods.yaml, which is allow-methods.
func idOf(file string) string {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	if number, rest, found := strings.Cut(name, "-"); found && number != "" && strings.Trim(number, "0123456789") == "" {
		return rest
	}
	return name
}

// checkName reports a file's name that gives no ID.
func (r *reader) checkName() {
	id, ending := idOf(r.name), path.Ext(r.name)
	if !scenarioID.MatchString(id) {
		r.reportFile("the file's name gives the id %q; want small letters, digits and single hyphens, such as 10-my-scenario.yaml", id)
	}
	if ending != strings.ToLower(ending) {
		r.reportFile("the file's name ends in %s; want %s, in small letters", phrase.Brief(ending), phrase.Brief(strings.ToLower(ending)))
	}
	if id == scenario.SandboxID {
		r.reportFile("the file's name gives the id %q, which is the lab's own; want another file name", id)
	}
}
