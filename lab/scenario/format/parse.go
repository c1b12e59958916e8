// Package format reads scenario files, which are YAML, and writes them. It reports
// every mistake of a file at once and with its position, and has the format as a JSON
// Schema.
package format

import (
	"regexp"
	"slices"

	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// Version is the version of the file format that this package reads; a file
// states it in its key "corslab".
const Version = 1

// Parse reads one scenario file. The file's name gives the scenario its ID and
// appears in messages. The error is a [Problems] with every mistake.
func Parse(file string, src []byte) (*scenario.Scenario, error) {
	r, s := read(file, src)
	if err := r.mistakes(); err != nil {
		return nil, err
	}
	return s, nil
}

// Read is Parse for a caller that can follow the file's references.
func Read(file string, src []byte) File {
	r, s := read(file, src)
	return File{Name: file, Scenario: s, References: r.references, Pictures: r.pictures, Problems: r.problems}
}

func read(file string, src []byte) (*reader, *scenario.Scenario) {
	r := newReader(file, "scenario")
	s := &scenario.Scenario{File: file, ID: idOf(file)}
	r.checkName()
	if root := r.document(src); root != nil {
		scenarioForm(s).read(r, top, root)
	}
	return r, s
}

// scenarioForm is the whole file.
func scenarioForm(s *scenario.Scenario) form {
	return mapping(
		required("corslab", number(Version, Version).into(new(int))),
		required("title", line.into(&s.Title)),
		required("track", trackName(&s.Track)),
		optional("needs", list(&s.Needs, needForm(&s.Needs)).atMost(MaxNeeds, "scenarios")),
		optional("minutes", number(1, MaxMinutes).into(&s.Minutes)),
		optional("covers", list(&s.Covers, row(caseID, "a row such as S01 or P23").into)),
		required("story", markdown.into(&s.Story)),
		required("script", scriptForm(&s.Script)),
		sendersKey(s, scenario.Before), sendersKey(s, scenario.Also), sendersKey(s, scenario.Attack),
		required("policy", boundedForm(policyForm(&s.Policy), new(scenario.Change))),
		optional("change", list(&s.Change, changeableForm)),
		required("expect", expectForm(&s.Expect)),
		required("goal", goalForm(&s.Goal)),
		optional("hints", list(&s.Hints, markdown.into).atMost(MaxHints, "hints")),
		required("solutions", changesForm(&s.Solutions, false).notEmpty("at least one solution")),
		optional("wrong", changesForm(&s.Wrong, true)),
	).then(func(r *reader, _ string, _ *yaml.Node) { r.whole(s) })
}

// whole makes the checks that need the whole scenario, if somebody would see what they
// find.
func (r *reader) whole(s *scenario.Scenario) {
	if s.Change == nil {
		s.Change = []scenario.Changeable{scenario.ChangeablePolicy}
	}
	for _, check := range r.later {
		if len(r.problems) > MaxProblems {
			return
		}
		check(s)
	}
}

// caseID is a case of the project's lists of failures.
var caseID = regexp.MustCompile(`^(S\d\d|P\d{1,3})$`)

// sendersKey is the key of the scripts that others run in one role.
func sendersKey(s *scenario.Scenario, role scenario.Role) key {
	return optional(string(role), rows(&s.Others, func(sender *scenario.Sender) form {
		sender.Role = role
		return scriptForm(&sender.Script)
	}).then(func(r *reader, path string, node *yaml.Node) {
		if len(s.Others) > scenario.MaxSenders {
			r.report(node, "%s: found script %d of others; at most %d may send", path, len(s.Others), scenario.MaxSenders)
			s.Others = s.Others[:scenario.MaxSenders] // checks of the whole scenario look at each of them
		}
	}))
}

// trackName is the name of a track, which the library must have.
func trackName(name *string) form {
	return line.into(name).then(func(r *reader, path string, node *yaml.Node) { r.refer(path, *name, node) })
}

// needForm is the ID of another scenario, which may not be among the earlier ones.
func needForm(earlier *[]string) func(id *string) form {
	return func(id *string) form {
		return filled.into(id).then(func(r *reader, path string, node *yaml.Node) {
			if *id != "" && slices.Contains(*earlier, *id) {
				r.report(node, "%s: %s stands here a second time", path, phrase.Brief(*id))
			}
			r.refer(path, *id, node)
		})
	}
}

// changeableForm is something that the learner may change.
func changeableForm(c *scenario.Changeable) form {
	return word(scenario.Changeables()).into(c).then(func(r *reader, path string, node *yaml.Node) {
		r.later = append(r.later, func(s *scenario.Scenario) { r.changeFits(path, node, s.Script) })
	})
}
