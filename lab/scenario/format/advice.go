package format

import (
	"regexp"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"

	"go.yaml.in/yaml/v4"
)

// textExample shows a single text as a list, in words that follow "a list". It is
// general if the node is no text, and "" if the text is long.
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

// plain is a text that never needs quotes in a file.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*$`)

// maxSketch is how much of a file an example may repeat, in bytes.
const maxSketch = 40

// sketch writes a value for an example, or "" if it is too long for one.
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

// colon finds a text that YAML reads as a mapping because it has a colon, and returns
// what comes before the colon.
func colon(node *yaml.Node) (before string, found bool) {
	if node.Kind != yaml.MappingNode || node.Style&yaml.FlowStyle != 0 || len(node.Content) == 0 {
		return "", false
	}
	return node.Content[0].Value, isText(node.Content[0])
}

// lostBehind returns what YAML reads as a comment after a text without quotes,
// although no space follows the #. The author probably meant it as text.
func lostBehind(node *yaml.Node) string {
	quoted := yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	comment := strings.TrimLeft(node.LineComment, "#")
	if node.Style&quoted != 0 || comment == "" || comment[0] == ' ' {
		return ""
	}
	return node.LineComment
}

// unquoted finds a row that YAML reads as several keys because its value has commas,
// such as {A: GET, PUT}, and writes it as it was meant: {A: "GET, PUT"}. It is "" for
// anything else.
func unquoted(node *yaml.Node) string {
	if node.Kind != yaml.MappingNode || node.Style&yaml.FlowStyle == 0 || len(node.Content) < 4 {
		return ""
	}
	var values []string
	for i, part := range node.Content[1:] {
		nothing := i%2 == 0 && i > 0 // a key without a value
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

// inLists are the indices in a path. [Keys] has only the index 0.
var inLists = regexp.MustCompile(`\[\d+\]`)

// elsewhere suggests the right level for a misplaced key: deeper in the mapping at a path,
// or beside it. It is "" if the format has no such key.
func (r *reader) elsewhere(path, found string) string {
	if r.wants != top {
		return "" // a map of tracks has other keys
	}
	if r.keys == nil {
		r.keys = Keys()
	}
	if deeper := r.deeper(path, found); len(deeper) > 0 {
		return "want it in " + phrase.OneOf(deeper)
	}
	for path != top {
		outer := top
		if at := strings.LastIndexByte(path, '.'); at >= 0 {
			outer = path[:at]
		}
		if slices.Contains(r.keys, join(inLists.ReplaceAllString(outer, "[0]"), found)) {
			return "want it beside " + strings.TrimRight(path, "[0123456789]") + ", not in it"
		}
		path = outer
	}
	return ""
}

// deeper lists the paths below a path that have the key, up to two steps down and not
// in a list. If one of them is below another, only the upper one is listed.
func (r *reader) deeper(path, found string) (all []string) {
	known := inLists.ReplaceAllString(join(path, ""), "[0]")
	for _, key := range r.keys {
		in, ends := strings.CutSuffix(key, "."+found)
		step, below := strings.CutPrefix(in, known)
		if !ends || !below || strings.ContainsRune(step, '[') || strings.Count(step, ".") > 1 {
			continue
		}
		inner := join(path, step)
		if !slices.ContainsFunc(all, func(outer string) bool { return strings.HasPrefix(inner, outer+".") }) {
			all = append(all, inner)
		}
	}
	return all
}
