package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"corslab/lab/cors"

	"go.yaml.in/yaml/v4"
)

// MaxFile is the largest scenario file that is read, in bytes.
const MaxFile = 256 << 10

// Parse reads one scenario file. The file's name gives the scenario its ID and
// stands in messages. The error is [Problems] and holds every mistake.
func Parse(file string, src []byte) (*Scenario, error) {
	r := &reader{file: file}
	s := &Scenario{File: file, ID: idOf(file)}
	if !scenarioID.MatchString(s.ID) {
		r.problems = append(r.problems, Problem{File: file, Message: fmt.Sprintf(
			"the file's name gives the id %q; want small letters, digits and single hyphens, such as 10-my-scenario.yaml", s.ID)})
	}
	if root := r.document(src); root != nil {
		r.scenario(s, root)
	}
	if len(r.problems) > 0 {
		r.problems.sort()
		return nil, r.problems
	}
	return s, nil
}

// scenarioID is what an id may look like; it stands in addresses.
var scenarioID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// idOf makes 12-allow-methods.yaml the id allow-methods.
func idOf(file string) string {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	if number, rest, found := strings.Cut(name, "-"); found && strings.Trim(number, "0123456789") == "" {
		return rest
	}
	return name
}

// document parses the YAML and returns its outermost node, nil on a problem.
func (r *reader) document(src []byte) *yaml.Node {
	if len(src) > MaxFile {
		r.problems = append(r.problems, Problem{File: r.file, Message: fmt.Sprintf(
			"the file has %d bytes, at most %d are read", len(src), MaxFile)})
		return nil
	}
	if len(bytes.TrimSpace(src)) == 0 {
		r.problems = append(r.problems, Problem{File: r.file, Line: 1, Column: 1, Message: "the file is empty; want a scenario"})
		return nil
	}
	var document yaml.Node
	if err := yaml.Load(src, &document); err != nil {
		r.problems = append(r.problems, syntaxProblem(r.file, err))
		return nil
	}
	if alias := firstAlias(&document); alias != nil {
		r.report(alias, "anchors and aliases are not read; write the value out")
		return nil
	}
	if document.Kind == yaml.DocumentNode && len(document.Content) == 1 {
		return document.Content[0]
	}
	return &document
}

func syntaxProblem(file string, err error) Problem {
	problem := Problem{File: file, Line: 1, Column: 1, Message: err.Error()}
	var all *yaml.LoadErrors
	if errors.As(err, &all) && len(all.Errors) > 0 {
		err = all.Errors[0]
	}
	var one *yaml.LoadError
	if errors.As(err, &one) {
		problem.Line, problem.Column, problem.Message = max(one.Mark.Line, 1), max(one.Mark.Column, 1), one.Message
	}
	problem.Message = "not YAML: " + problem.Message
	return problem
}

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

func (r *reader) scenario(s *Scenario, root *yaml.Node) {
	r.mapping(top, root,
		key{"corslab", true, func(place string, node *yaml.Node) { r.number(place, node, Version, Version) }},
		key{"title", true, func(place string, node *yaml.Node) { s.Title = r.text(place, node) }},
		key{"track", true, func(place string, node *yaml.Node) { s.Track = r.text(place, node) }},
		key{"covers", false, func(place string, node *yaml.Node) { s.Covers = r.covers(place, node) }},
		key{"story", true, func(place string, node *yaml.Node) { s.Story = r.text(place, node) }},
		key{"script", true, func(place string, node *yaml.Node) { s.Script = r.script(place, node) }},
		key{"policy", true, func(place string, node *yaml.Node) { s.Policy = r.policy(place, node, 204, 200) }},
		key{"change", false, func(place string, node *yaml.Node) { s.Change = r.change(place, node) }},
		key{"expect", true, func(place string, node *yaml.Node) { s.Expect = r.expect(place, node) }},
		key{"goal", true, func(place string, node *yaml.Node) { s.Goal = r.goal(place, node) }},
		key{"hints", false, func(place string, node *yaml.Node) { s.Hints = r.texts(place, node) }},
		key{"solutions", true, func(place string, node *yaml.Node) { s.Solutions = r.changes(place, node, false) }},
		key{"wrong", false, func(place string, node *yaml.Node) { s.Wrong = r.changes(place, node, true) }},
	)
	if s.Change == nil {
		s.Change = []string{"policy"}
	}
}

var coversRow = regexp.MustCompile(`^(S\d\d|P\d{1,3})$`)

func (r *reader) covers(place string, node *yaml.Node) []string {
	var rows []string
	r.list(place, node, func(place string, node *yaml.Node) {
		row := r.text(place, node)
		if !coversRow.MatchString(row) {
			r.report(node, "%s: found %q; want a row such as S01 or P23", place, row)
		}
		rows = append(rows, row)
	})
	return rows
}

func (r *reader) change(place string, node *yaml.Node) []string {
	parts := []string{}
	r.list(place, node, func(place string, node *yaml.Node) {
		parts = append(parts, r.word(place, node, Changeable()))
	})
	return parts
}

func (r *reader) expect(place string, node *yaml.Node) Expect {
	var e Expect
	r.mapping(place, node,
		key{"outcome", true, func(place string, node *yaml.Node) {
			e.Outcome = cors.Outcome(r.word(place, node, words(cors.Outcomes())))
		}},
		key{"cause", false, func(place string, node *yaml.Node) {
			e.Cause = cors.Cause(r.word(place, node, words(cors.Causes())))
		}},
		key{"stage", false, func(place string, node *yaml.Node) {
			e.Stage = cors.Stage(r.word(place, node, words(cors.Stages())))
		}},
		key{"errors", false, func(place string, node *yaml.Node) { e.Errors = r.errors(place, node) }},
		key{"sent", false, func(place string, node *yaml.Node) { e.Sent = r.texts(place, node) }},
	)
	if blocked := e.Outcome == cors.Blocked; e.Outcome != "" && (blocked != (e.Cause != "") || blocked != (e.Stage != "")) {
		r.report(node, "%s: found outcome %q, cause %q and stage %q; want a cause and a stage where the outcome is blocked, and neither elsewhere",
			place, e.Outcome, e.Cause, e.Stage)
	}
	return e
}

func words[T ~string](typed []T) []string {
	plain := make([]string, len(typed))
	for i, word := range typed {
		plain[i] = string(word)
	}
	return plain
}

func (r *reader) errors(place string, node *yaml.Node) map[string]string {
	names := make(map[string]string)
	var keys []key
	for _, engine := range []string{"chromium", "firefox", "webkit"} {
		keys = append(keys, key{engine, false, func(place string, node *yaml.Node) { names[engine] = r.text(place, node) }})
	}
	r.mapping(place, node, keys...)
	return names
}

func (r *reader) goal(place string, node *yaml.Node) []Fact {
	var facts []Fact
	r.list(place, node, func(place string, node *yaml.Node) {
		name, value, ok := r.pair(place, node, "{page: readable}")
		if !ok {
			return
		}
		switch name.Value {
		case "page":
			facts = append(facts, Fact{Outcome: cors.Outcome(r.word(place+".page", value, words(cors.Outcomes())))})
		case "sent":
			facts = append(facts, Fact{Sent: r.texts(place+".sent", value)})
		case "shows":
			facts = append(facts, Fact{Shows: r.texts(place+".shows", value)})
		default:
			r.report(name, "%s", unknownKey(place, name.Value, []string{"page", "sent", "shows"}))
		}
	})
	if len(facts) == 0 {
		r.report(node, "%s: want at least one fact, such as {page: readable}", place)
	}
	return facts
}

// changes reads solutions, or wrong answers, which must say why they are.
func (r *reader) changes(place string, node *yaml.Node, wrong bool) []Change {
	var all []Change
	r.list(place, node, func(place string, node *yaml.Node) {
		c := Change{Sends: 1}
		r.mapping(place, node,
			key{"script", false, func(place string, node *yaml.Node) { c.Script = r.scriptChange(place, node) }},
			key{"policy", false, func(place string, node *yaml.Node) { c.Policy = r.policy(place, node, 0, 0) }},
			key{"sends", false, func(place string, node *yaml.Node) { c.Sends = r.number(place, node, 1, 10) }},
			key{"because", wrong, func(place string, node *yaml.Node) { c.Because = r.text(place, node) }},
		)
		all = append(all, c)
	})
	if len(all) == 0 && !wrong {
		r.report(node, "%s: want at least one solution", place)
	}
	return all
}
