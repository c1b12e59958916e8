package format

import (
	"fmt"
	"slices"

	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// reader walks the nodes of one YAML file and collects every mistake, so that an
// author sees all of them at once. Its methods return zero values where they report a
// problem.
type reader struct {
	name       string // the file's
	wants      string // what the file should hold, in messages
	problems   Problems
	later      []func(s *scenario.Scenario) // checks that need the whole scenario
	references []Reference
	pictures   []Reference
	marked     int // bytes of Markdown so far
	src        []byte
	keys       []string // the paths of all keys, once they are needed
}

// newReader returns a reader of a file that should hold what is wanted.
func newReader(name, wants string) *reader {
	return &reader{name: name, wants: wants}
}

// report notes a mistake. If a file is full of them, it leaves out the rest.
func (r *reader) report(at *yaml.Node, format string, args ...any) {
	if len(r.problems) <= MaxProblems {
		r.problems = r.problems.with(Problem{File: r.name, Line: at.Line, Column: at.Column, Message: fmt.Sprintf(format, args...)})
	}
}

// mistakes returns all problems as an error, or nil if there are none.
func (r *reader) mistakes() error {
	if len(r.problems) == 0 {
		return nil
	}
	r.problems.Sort()
	r.problems.Quote(func(string) []byte { return r.src })
	return r.problems
}

// mapping reads a mapping that has these keys and no others.
func (r *reader) mapping(path string, node *yaml.Node, keys []key) {
	if node.Kind != yaml.MappingNode {
		r.report(node, "%s: found %s; want a mapping with the keys %s", path, describe(node), phrase.OneOf(names(keys)))
		return
	}
	seen, meant := make(map[string]bool), make(map[string]bool)
	for name, value := range pairs(node) {
		at := slices.IndexFunc(keys, func(k key) bool { return k.name == name.Value })
		switch {
		case name.Kind != yaml.ScalarNode:
			r.report(name, "%s: found %s as a key; want %s", path, describe(name), phrase.OneOf(names(keys)))
		case at < 0:
			r.unknown(path, name, names(keys))
			meant[phrase.Nearest(name.Value, names(keys))] = true
		case seen[name.Value]:
			r.report(name, "%s: the key %q stands here a second time", path, name.Value)
		default:
			keys[at].form.read(r, join(path, name.Value), value)
		}
		seen[name.Value] = true
	}
	for _, k := range keys {
		// A required key that is misspelled is not missing as well.
		if k.required && !seen[k.name] && !meant[k.name] {
			r.report(node, "%s: the key %q is missing", path, k.name)
		}
	}
}

// unknown reports a key that a mapping can't have.
func (r *reader) unknown(path string, name *yaml.Node, known []string) {
	if len(r.problems) > MaxProblems {
		return // nobody would see what the search finds
	}
	if want := r.elsewhere(path, name.Value); want != "" {
		r.report(name, "%s: unknown key %s; %s", path, phrase.Brief(name.Value), want)
		return
	}
	r.report(name, "%s", phrase.UnknownKey(path, name.Value, known))
}

// join makes the path of a value below another. The file itself adds no name.
func join(path, name string) string {
	if path == top || path == topOfMap {
		return name
	}
	return path + "." + name
}

const top = "scenario" // the path of the file's outermost mapping

func names(keys []key) []string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = k.name
	}
	return words
}

// pairs iterates over the keys and values of a mapping node.
func pairs(node *yaml.Node) func(yield func(name, value *yaml.Node) bool) {
	return func(yield func(name, value *yaml.Node) bool) {
		for i := 0; i+1 < len(node.Content); i += 2 {
			if !yield(node.Content[i], node.Content[i+1]) {
				return
			}
		}
	}
}

// pair reads a mapping of exactly one key, such as {X-Token: abc}.
func (r *reader) pair(path string, node *yaml.Node, example string) (name, value *yaml.Node, ok bool) {
	if node.Kind != yaml.MappingNode || len(node.Content) != 2 || node.Content[0].Kind != yaml.ScalarNode {
		found := describe(node)
		if pairs := len(node.Content) / 2; node.Kind == yaml.MappingNode && pairs != 1 {
			found = fmt.Sprintf("a mapping of %d keys", pairs)
		}
		if whole := unquoted(node); whole != "" {
			r.report(node, "%s: found a comma, which ends the value; want quotes, such as %s", path, whole)
			return nil, nil, false
		}
		r.report(node, "%s: found %s; want one key and its value, such as %s", path, found, example)
		return nil, nil, false
	}
	return node.Content[0], node.Content[1], true
}

// elements reads each element of a list, as long as somebody would see its problems.
func (r *reader) elements(path string, node *yaml.Node, example func(*yaml.Node) string, read func(path string, node *yaml.Node)) {
	if node.Kind != yaml.SequenceNode {
		r.report(node, "%s: found %s; want a list%s", path, describe(node), example(node))
		return
	}
	for i, element := range node.Content {
		if len(r.problems) > MaxProblems {
			return
		}
		read(fmt.Sprintf("%s[%d]", path, i), element)
	}
}
