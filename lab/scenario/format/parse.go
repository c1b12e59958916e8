// Package format reads scenario files, which are YAML, and writes them. It reports
// every mistake of a file at once and with its position, and has the format as a JSON
// Schema.
package format

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// Version is the version of the file format that this package reads; a file
// states it in its key "corslab".
const Version = 1

// Parse reads one scenario file. The file's name gives the scenario its ID and
// stands in messages. The error is [Problems] and holds every mistake.
func Parse(file string, src []byte) (*scenario.Scenario, error) {
	r, s := read(file, src)
	if err := r.mistakes(); err != nil {
		return nil, err
	}
	return s, nil
}

// Read is Parse for a caller who can follow what the file names outside of it.
func Read(file string, src []byte) File {
	r, s := read(file, src)
	return File{Name: file, Scenario: s, References: r.refers, Pictures: r.pictures, Problems: r.problems}
}

func read(file string, src []byte) (*reader, *scenario.Scenario) {
	r := newReader(file, "scenario")
	s := &scenario.Scenario{File: file, ID: idOf(file)}
	if !scenarioID.MatchString(s.ID) {
		r.problems = append(r.problems, Problem{File: file, Message: fmt.Sprintf(
			"the file's name gives the id %q; want small letters, digits and single hyphens, such as 10-my-scenario.yaml", s.ID)})
	}
	if ext := path.Ext(file); ext != strings.ToLower(ext) {
		r.problems = append(r.problems, Problem{File: file, Message: fmt.Sprintf(
			"the file's name ends in %s; want %s, in small letters", phrase.Brief(ext), phrase.Brief(strings.ToLower(ext)))})
	}
	if s.ID == scenario.SandboxID {
		r.problems = append(r.problems, Problem{File: file, Message: "the file's name gives the id \"sandbox\", which is the lab's own; want another file name"})
	}
	if root := r.document(src); root != nil {
		r.scenario(s, root)
	}
	return r, s
}

// scenarioID is what an id may look like; it stands in addresses.
var scenarioID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// idOf makes 12-allow-methods.yaml the id allow-methods.
func idOf(file string) string {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	if number, rest, found := strings.Cut(name, "-"); found && number != "" && strings.Trim(number, "0123456789") == "" {
		return rest
	}
	return name
}

func (r *reader) scenario(s *scenario.Scenario, root *yaml.Node) {
	r.mapping(top, root,
		key{"corslab", true, func(place string, node *yaml.Node) { r.number(place, node, Version, Version) }},
		key{"title", true, func(place string, node *yaml.Node) { s.Title = r.line(place, node) }},
		key{"track", true, func(place string, node *yaml.Node) { s.Track = r.track(place, node) }},
		key{"needs", false, func(place string, node *yaml.Node) { s.Needs = r.needs(place, node) }},
		key{"minutes", false, func(place string, node *yaml.Node) { s.Minutes = r.number(place, node, 1, 60) }},
		key{"covers", false, func(place string, node *yaml.Node) { s.Covers = r.covers(place, node) }},
		key{"story", true, func(place string, node *yaml.Node) { s.Story = r.markdown(place, node) }},
		key{"script", true, func(place string, node *yaml.Node) { s.Script = r.script(place, node) }},
		r.role(s, scenario.Before), r.role(s, scenario.Also), r.role(s, scenario.Attack),
		key{"policy", true, func(place string, node *yaml.Node) {
			s.Policy = r.policy(place, node)
			r.bounded(place, node, scenario.Change{})
		}},
		key{"change", false, func(place string, node *yaml.Node) { s.Change = r.change(place, node) }},
		key{"expect", true, func(place string, node *yaml.Node) { s.Expect = r.expect(place, node) }},
		key{"goal", true, func(place string, node *yaml.Node) { s.Goal = r.goal(place, node) }},
		key{"hints", false, func(place string, node *yaml.Node) { s.Hints = r.hints(place, node) }},
		key{"solutions", true, func(place string, node *yaml.Node) { s.Solutions = r.changes(place, node, false) }},
		key{"wrong", false, func(place string, node *yaml.Node) { s.Wrong = r.changes(place, node, true) }},
	)
	if s.Change == nil {
		s.Change = []string{"policy"}
	}
	for _, check := range r.later {
		check(s)
	}
}

// role is the key of the scripts that others run in one role.
func (r *reader) role(s *scenario.Scenario, role scenario.Role) key {
	return key{string(role), false, func(place string, node *yaml.Node) {
		s.Others = append(s.Others, r.parts(place, node, role)...)
		if len(s.Others) > scenario.MaxSenders {
			r.report(node, "%s: found script %d of others; at most %d may send", place, len(s.Others), scenario.MaxSenders)
		}
	}}
}

func (r *reader) track(place string, node *yaml.Node) string {
	track := r.line(place, node)
	r.refers = append(r.refers, referenceAt(place, track, node))
	return track
}

func (r *reader) hints(place string, node *yaml.Node) []string {
	hints := []string{}
	r.shortList(place, node, MaxHints, "hints", func(place string, node *yaml.Node) { hints = append(hints, r.markdown(place, node)) })
	return hints
}

func (r *reader) needs(place string, node *yaml.Node) []string {
	var ids []string
	r.shortList(place, node, MaxNeeds, "scenarios", func(place string, node *yaml.Node) {
		id := r.filled(place, node)
		if id != "" && slices.Contains(ids, id) {
			r.report(node, "%s: %s stands here a second time", place, phrase.Brief(id))
		}
		r.refers = append(r.refers, referenceAt(place, id, node))
		ids = append(ids, id)
	})
	return ids
}

var coversRow = regexp.MustCompile(`^(S\d\d|P\d{1,3})$`)

func (r *reader) covers(place string, node *yaml.Node) []string {
	var rows []string
	r.list(place, node, func(place string, node *yaml.Node) {
		row := r.text(place, node)
		r.grammar.pattern(place, coversRow.String())
		if isText(node) && !coversRow.MatchString(row) {
			r.report(node, "%s: found %s; want a row such as S01 or P23", place, describe(node))
		}
		rows = append(rows, row)
	})
	return rows
}

func (r *reader) change(place string, node *yaml.Node) []string {
	parts := []string{}
	r.list(place, node, func(place string, node *yaml.Node) {
		parts = append(parts, r.word(place, node, scenario.Changeable()))
		r.later = append(r.later, func(s *scenario.Scenario) { r.changeFits(place, node, s.Script) })
	})
	return parts
}
