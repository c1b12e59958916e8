// Package format reads scenario files, which are YAML, and writes them. It reports
// every mistake of a file at once and with its position, and has the format as a JSON
// Schema.
package format

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"corslab/lab/origin"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// Version is the version of the file format that this package reads; a file
// states it in its key "corslab".
const Version = 1

// Bounds on a scenario file.
const (
	MaxFile     = 256 << 10 // bytes
	MaxStory    = 8 << 10   // bytes of the story, and of a hint
	MaxHints    = 20
	MaxNeeds    = 20
	MaxChanges  = 20  // solutions, and wrong answers
	MaxProblems = 100 // that are reported of one file
	MaxPictures = 20  // in the texts of one file
)

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

// document parses the YAML and returns its outermost node, nil on a problem.
func (r *reader) document(src []byte) *yaml.Node {
	r.src = src
	if len(src) > MaxFile {
		r.problems = append(r.problems, Problem{File: r.name, Message: fmt.Sprintf(
			"the file is larger than %d bytes, the most that is read", MaxFile)})
		return nil
	}
	if len(bytes.TrimSpace(src)) == 0 {
		r.problems = append(r.problems, Problem{File: r.name, Line: 1, Column: 1, Message: "the file is empty; want a " + r.wants})
		return nil
	}
	var documents []yaml.Node
	if err := yaml.Load(src, &documents, yaml.WithAllDocuments()); err != nil {
		r.problems = append(r.problems, syntaxProblem(r.name, src, err))
		return nil
	}
	if len(documents) == 0 {
		r.problems = append(r.problems, Problem{File: r.name, Line: 1, Column: 1, Message: "the file holds nothing but comments; want a " + r.wants})
		return nil
	}
	if len(documents) > 1 {
		r.report(&documents[1], "found a second YAML document; want one %s a file", r.wants)
		return nil
	}
	if alias := firstAlias(&documents[0]); alias != nil {
		r.report(alias, "found an anchor or an alias, which are not read; want the value written out")
		return nil
	}
	return documents[0].Content[0]
}

func syntaxProblem(file string, src []byte, err error) Problem {
	problem := Problem{File: file, Line: 1, Column: 1, Message: "not YAML: " + err.Error()}
	var fault *yaml.LoadError
	if !errors.As(err, &fault) {
		return problem
	}
	problem.Line, problem.Column = fault.Mark.Line, fault.Mark.Column
	if problem.Line == 0 { // a character that is none; the library counts bytes only
		problem.Line, problem.Column = position(src, fault.Mark.Index)
	}
	problem.Message = "not YAML: " + fault.Message + syntaxAdvice(src, problem.Line, problem.Column)
	return problem
}

// position turns a byte's index into a line and a column of characters.
func position(src []byte, index int) (line, column int) {
	before := src[:min(index, len(src))]
	line = 1 + bytes.Count(before, []byte("\n"))
	column = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return line, column
}

// syntaxAdvice says what is wanted where one of the mistakes was made that the
// YAML library finds no good words for; it is empty for any other.
func syntaxAdvice(src []byte, line, column int) string {
	lines := strings.Split(string(src), "\n")
	if line > len(lines) {
		return ""
	}
	text := []rune(lines[line-1])
	at := min(column-1, len(text))
	before, after := string(text[:at]), string(text[at:])
	switch name := placeholderEnd.FindString(before); {
	case name != "": // {api}/messages: a mapping, then something else
		return fmt.Sprintf("; want quotes around a text that begins with %s", name)
	case strings.HasPrefix(after, "\t"):
		return "; found a tab, want spaces"
	case strings.Contains(string(text), ": *") || strings.Contains(string(text), ": @") || strings.Contains(string(text), ": `"):
		return "; want quotes around a text that begins with *, @ or `"
	case strings.HasPrefix(after, ":") && strings.Contains(before, ": "):
		return "; want quotes around a text that holds a colon and a space"
	}
	return ""
}

var placeholderEnd = regexp.MustCompile(`\{[a-z0-9]+\}$`)

func firstAlias(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode || node.Anchor != "" {
		return node
	}
	for _, child := range node.Content {
		if alias := firstAlias(child); alias != nil {
			return alias
		}
	}
	return nil
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

func (r *reader) expect(place string, node *yaml.Node) scenario.Expect {
	var e scenario.Expect
	keys := append(r.expectedKeys(&e),
		key{"errors", false, func(place string, node *yaml.Node) { e.Errors = r.errors(place, node) }},
		key{"sent", false, func(place string, node *yaml.Node) { e.Sent = r.texts(place, node, r.method) }},
	)
	for _, engine := range phrase.Words(cors.Browsers()) {
		keys = append(keys, key{engine, false, func(place string, node *yaml.Node) {
			var other scenario.Expect
			r.expected(place, node, &other, r.expectedKeys(&other))
			if e.Others == nil {
				e.Others = make(map[string]scenario.Expect)
			}
			e.Others[engine] = other
		}})
	}
	r.expected(place, node, &e, keys)
	return e
}

// expectedKeys are the keys that say how a run ends.
func (r *reader) expectedKeys(e *scenario.Expect) []key {
	return []key{
		{"outcome", true, func(place string, node *yaml.Node) {
			e.Outcome = cors.Outcome(r.word(place, node, phrase.Words(cors.Outcomes())))
		}},
		{"cause", false, func(place string, node *yaml.Node) {
			e.Cause = cors.Cause(r.word(place, node, phrase.Words(cors.Causes())))
		}},
		{"stage", false, func(place string, node *yaml.Node) {
			e.Stage = cors.Stage(r.word(place, node, phrase.Words(cors.Stages())))
		}},
	}
}

// expected reads how a run ends, and checks that it says so consistently.
func (r *reader) expected(place string, node *yaml.Node, e *scenario.Expect, keys []key) {
	before := len(r.problems)
	r.mapping(place, node, keys...)
	r.grammar.becauseBlocked(place)
	if blocked := e.Outcome == cors.Blocked; len(r.problems) == before && (blocked != (e.Cause != "") || blocked != (e.Stage != "")) {
		r.report(node, "%s: found outcome %q, cause %q and stage %q; want a cause and a stage where the outcome is blocked, and neither elsewhere",
			place, e.Outcome, e.Cause, e.Stage)
	}
}

func (r *reader) errors(place string, node *yaml.Node) map[string]string {
	names := make(map[string]string)
	var keys []key
	for _, engine := range phrase.Words(cors.Browsers()) {
		keys = append(keys, key{engine, false, func(place string, node *yaml.Node) { names[engine] = r.text(place, node) }})
	}
	r.mapping(place, node, keys...)
	return names
}

// changes reads solutions, or wrong answers, which must say why they are.
func (r *reader) changes(place string, node *yaml.Node, wrong bool) []scenario.Change {
	var all []scenario.Change
	r.fewRows(place, node, MaxChanges, "changes", func(place string, node *yaml.Node) {
		c := scenario.Change{Sends: 1}
		r.mapping(place, node,
			key{"script", false, func(place string, node *yaml.Node) { c.Script = r.scriptChange(place, node) }},
			key{"policy", false, func(place string, node *yaml.Node) { c.Policy = r.policyChange(place, node) }},
			key{"sends", false, func(place string, node *yaml.Node) { c.Sends = r.number(place, node, 1, 10) }},
			key{"because", wrong, func(place string, node *yaml.Node) { c.Because = r.filled(place, node) }},
		)
		all = append(all, c)
		r.bounded(place, node, c)
	})
	if !wrong {
		r.notEmpty(place, node, "at least one solution")
	}
	return all
}

// bounded reports an attempt that exceeds the bounds: the start, or the start with
// a change.
func (r *reader) bounded(place string, node *yaml.Node, c scenario.Change) {
	r.later = append(r.later, func(s *scenario.Scenario) {
		if len(r.problems) > 0 {
			return // lists that are too long to be read would take long to merge
		}
		o, err := origin.New("localhost:8080", "localhost:8000")
		if err != nil {
			panic(err) // both are addresses
		}
		if excess := s.With(c, o).Excess(); excess != "" {
			r.report(node, "%s: counting the rows that the page offers, %s", place, excess)
		}
	})
}
