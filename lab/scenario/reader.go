package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// reader walks the nodes of one YAML file and collects every mistake that it
// meets, so that an author sees all of them at once. Its methods return zero
// values where they report a problem.
type reader struct {
	file     string
	problems Problems
}

func (r *reader) report(at *yaml.Node, format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.file, Line: at.Line, Column: at.Column, Message: fmt.Sprintf(format, args...)})
}

// key is one key that a mapping can hold, and what reads its value. The place
// that read gets is the path of the value, for messages.
type key struct {
	name     string
	required bool
	read     func(place string, node *yaml.Node)
}

// mapping reads a mapping that holds these keys and no others.
func (r *reader) mapping(place string, node *yaml.Node, keys ...key) {
	if node.Kind != yaml.MappingNode {
		r.report(node, "%s: found %s; want a mapping with the keys %s", place, describe(node), oneOf(names(keys)))
		return
	}
	seen := make(map[string]bool)
	for name, value := range pairs(node) {
		at := slices.IndexFunc(keys, func(k key) bool { return k.name == name.Value })
		switch {
		case at < 0:
			r.report(name, "%s", unknownKey(place, name.Value, names(keys)))
		case seen[name.Value]:
			r.report(name, "%s: the key %q stands here a second time", place, name.Value)
		default:
			keys[at].read(join(place, name.Value), value)
		}
		seen[name.Value] = true
	}
	for _, k := range keys {
		if k.required && !seen[k.name] {
			r.report(node, "%s: the key %q is missing", place, k.name)
		}
	}
}

func unknownKey(place, found string, known []string) string {
	if near := nearest(found, known); near != "" {
		return fmt.Sprintf("%s: unknown key %q; did you mean %q?", place, found, near)
	}
	return fmt.Sprintf("%s: unknown key %q; want %s", place, found, oneOf(known))
}

// join makes the place of a value below place; the file itself has no name.
func join(place, name string) string {
	if place == top {
		return name
	}
	return place + "." + name
}

const top = "scenario" // the place of the file's outermost mapping

func names(keys []key) []string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = k.name
	}
	return words
}

// pairs goes through the keys and values of a mapping node.
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
func (r *reader) pair(place string, node *yaml.Node, example string) (name, value *yaml.Node, ok bool) {
	if node.Kind != yaml.MappingNode || len(node.Content) != 2 {
		r.report(node, "%s: found %s; want one key and its value, such as %s", place, describe(node), example)
		return nil, nil, false
	}
	return node.Content[0], node.Content[1], true
}

// list calls read for each element of a sequence.
func (r *reader) list(place string, node *yaml.Node, read func(place string, node *yaml.Node)) {
	if node.Kind != yaml.SequenceNode {
		r.report(node, "%s: found %s; want a list", place, describe(node))
		return
	}
	for i, element := range node.Content {
		read(fmt.Sprintf("%s[%d]", place, i), element)
	}
}

// text reads a scalar as it is written.
func (r *reader) text(place string, node *yaml.Node) string {
	if node.Kind != yaml.ScalarNode || node.Tag == "!!null" {
		r.report(node, "%s: found %s; want a text", place, describe(node))
		return ""
	}
	return node.Value
}

func (r *reader) number(place string, node *yaml.Node, low, high int) int {
	n, err := strconv.Atoi(node.Value)
	if node.Kind != yaml.ScalarNode || err != nil || n < low || n > high {
		r.report(node, "%s: found %s; want a number from %d to %d", place, describe(node), low, high)
		return 0
	}
	return n
}

func (r *reader) flag(place string, node *yaml.Node) bool {
	if node.Kind != yaml.ScalarNode || node.Value != "true" && node.Value != "false" {
		r.report(node, "%s: found %s; want true or false", place, describe(node))
	}
	return node.Value == "true"
}

// word reads one of the given words.
func (r *reader) word(place string, node *yaml.Node, words []string) string {
	found := r.text(place, node)
	if found == "" || slices.Contains(words, found) {
		return found
	}
	if near := nearest(found, words); near != "" {
		r.report(node, "%s: unknown value %q; did you mean %q?", place, found, near)
	} else {
		r.report(node, "%s: unknown value %q; want %s", place, found, oneOf(words))
	}
	return ""
}

// texts reads a list of texts.
func (r *reader) texts(place string, node *yaml.Node) []string {
	found := []string{}
	r.list(place, node, func(place string, node *yaml.Node) { found = append(found, r.text(place, node)) })
	return found
}

// placeholders reports names in braces that are no origin's.
func (r *reader) placeholders(place string, node *yaml.Node, text string) {
	for rest := text; ; {
		_, after, found := strings.Cut(rest, "{")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			return
		}
		if isWord(name) && !slices.Contains(Placeholders(), name) {
			r.report(node, "%s: unknown origin {%s}; want %s", place, name, oneOf(braced(Placeholders())))
		}
		rest = tail
	}
}

func isWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

func braced(names []string) []string {
	braced := make([]string, len(names))
	for i, name := range names {
		braced[i] = "{" + name + "}"
	}
	return braced
}

// describe says what a node is, short enough for one line.
func describe(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.MappingNode:
		return "a mapping"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case node.Tag == "!!null":
		return "nothing"
	case len(node.Value) > 60:
		return strconv.Quote(node.Value[:60]) + "…"
	}
	return strconv.Quote(node.Value)
}
