package format

import (
	"regexp"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"

	"go.yaml.in/yaml/v4"
)

// textExample writes a text that stands alone as the list of it, in words that
// follow "a list"; it is "" for what is no text, and for a long one.
func textExample(node *yaml.Node) string {
	if !isText(node) || strings.TrimSpace(node.Value) == "" {
		return " of texts"
	}
	return example(sketch(node))
}

// rowExample is textExample for the first key and value of a mapping.
func rowExample(node *yaml.Node) string {
	if node.Kind != yaml.MappingNode || len(node.Content) == 0 || barePlaceholder(node) != "" {
		return ""
	}
	name, value := sketch(node.Content[0]), sketch(node.Content[1])
	if name == "" || value == "" {
		return ""
	}
	return example("{" + name + ": " + value + "}")
}

func example(element string) string {
	if element == "" {
		return ""
	}
	return ", such as [" + element + "]"
}

// plain is a text that needs no quotes wherever it stands in a file.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*$`)

// maxSketch bounds what an example repeats of a file, in bytes.
const maxSketch = 40

// sketch writes a value as an example does, "" where it is too long for one.
func sketch(node *yaml.Node) string {
	switch bare := barePlaceholder(node); {
	case bare != "":
		return phrase.Brief(bare)
	case node.Kind == yaml.MappingNode:
		return "{…}"
	case node.Kind == yaml.SequenceNode:
		return "[…]"
	case len(node.Value) > maxSketch:
		return ""
	case plain.MatchString(node.Value):
		return node.Value
	}
	return phrase.Brief(node.Value)
}

// colon returns what stands before the colon for which YAML takes a text for a
// mapping, and false for what nobody wrote as a text.
func colon(node *yaml.Node) (before string, found bool) {
	if node.Kind != yaml.MappingNode || node.Style&yaml.FlowStyle != 0 || len(node.Content) == 0 {
		return "", false
	}
	return node.Content[0].Value, isText(node.Content[0])
}

// lostBehind returns what YAML has taken for a comment behind a text without
// quotes, although no space follows its #: "" for nothing.
func lostBehind(node *yaml.Node) string {
	quoted := yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	comment := strings.TrimLeft(node.LineComment, "#")
	if node.Style&quoted != 0 || comment == "" || comment[0] == ' ' {
		return ""
	}
	return node.LineComment
}

// unquoted writes a row again of which YAML has made several keys, because its
// value has commas: {A: GET, PUT} as {A: "GET, PUT"}. It is "" for what is no
// such row.
func unquoted(node *yaml.Node) string {
	if node.Kind != yaml.MappingNode || node.Style&yaml.FlowStyle == 0 || len(node.Content) < 4 {
		return ""
	}
	var values []string
	for i, part := range node.Content[1:] {
		nothing := i%2 == 0 && i > 0 // where a value would stand
		if nothing != (part.Tag == "!!null") || !nothing && !isText(part) {
			return ""
		}
		if !nothing {
			values = append(values, part.Value)
		}
	}
	value := sketch(&yaml.Node{Kind: yaml.ScalarNode, Value: strings.Join(values, ", ")})
	if value == "" {
		return ""
	}
	return "{" + node.Content[0].Value + ": " + value + "}"
}

// inLists are the indices of a place, of which [Keys] knows the first only.
var inLists = regexp.MustCompile(`\[\d+\]`)

// elsewhere says where a key belongs that is none of the keys at a place: in
// what can stand there, or beside that place. It is "" for any other.
func (r *reader) elsewhere(place, found string) string {
	if r.wants != top {
		return "" // a map of tracks has other keys
	}
	if r.keys == nil {
		r.keys = Keys()
	}
	if deeper := r.deeper(place, found); len(deeper) > 0 {
		return "want it in " + phrase.OneOf(deeper)
	}
	for place != top {
		outer := top
		if at := strings.LastIndexByte(place, '.'); at >= 0 {
			outer = place[:at]
		}
		if slices.Contains(r.keys, join(inLists.ReplaceAllString(outer, "[0]"), found)) {
			return "want it beside " + strings.TrimRight(place, "[0123456789]") + ", not in it"
		}
		place = outer
	}
	return ""
}

// deeper lists what below a place has the key, up to two steps down and not in
// a list, each without what is below it in turn.
func (r *reader) deeper(place, found string) (all []string) {
	known := inLists.ReplaceAllString(join(place, ""), "[0]")
	for _, key := range r.keys {
		in, ends := strings.CutSuffix(key, "."+found)
		step, below := strings.CutPrefix(in, known)
		if !ends || !below || strings.ContainsRune(step, '[') || strings.Count(step, ".") > 1 {
			continue
		}
		inner := join(place, step)
		if !slices.ContainsFunc(all, func(outer string) bool { return strings.HasPrefix(inner, outer+".") }) {
			all = append(all, inner)
		}
	}
	return all
}
