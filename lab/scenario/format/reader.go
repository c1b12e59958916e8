package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// reader walks the nodes of one YAML file and collects every mistake that it
// meets, so that an author sees all of them at once. Its methods return zero
// values where they report a problem.
type reader struct {
	name     string // the file's
	wants    string // what the file should hold, in messages
	problems Problems
	later    []func(s *scenario.Scenario) // checks that need the whole scenario
	refers   []Reference
	grammar  *grammar // of the format, where that is drawn and no file read; else nil
	pictures []Reference
	marked   int // bytes of Markdown up to here
	src      []byte
	keys     []string // all places of keys, once they were asked for
}

// newReader returns a reader of a file that should hold what is wanted.
func newReader(name, wants string) *reader {
	return &reader{name: name, wants: wants}
}

// report notes a mistake. Of a file that is full of them it leaves out the rest.
func (r *reader) report(at *yaml.Node, format string, args ...any) {
	if len(r.problems) <= MaxProblems {
		r.problems = r.problems.with(Problem{File: r.name, Line: at.Line, Column: at.Column, Message: fmt.Sprintf(format, args...)})
	}
}

// mistakes are all that were met, as an error; nil for none.
func (r *reader) mistakes() error {
	if len(r.problems) == 0 {
		return nil
	}
	r.problems.Sort()
	r.problems.Quote(func(string) []byte { return r.src })
	return r.problems
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
	if r.grammar.mapping(place, node, keys) {
		return
	}
	if node.Kind != yaml.MappingNode {
		r.report(node, "%s: found %s; want a mapping with the keys %s", place, describe(node), phrase.OneOf(names(keys)))
		return
	}
	seen, meant := make(map[string]bool), make(map[string]bool)
	for name, value := range pairs(node) {
		at := slices.IndexFunc(keys, func(k key) bool { return k.name == name.Value })
		switch {
		case name.Kind != yaml.ScalarNode:
			r.report(name, "%s: found %s as a key; want %s", place, describe(name), phrase.OneOf(names(keys)))
		case at < 0:
			r.unknown(place, name, names(keys))
			meant[phrase.Nearest(name.Value, names(keys))] = true
		case seen[name.Value]:
			r.report(name, "%s: the key %q stands here a second time", place, name.Value)
		default:
			keys[at].read(join(place, name.Value), value)
		}
		seen[name.Value] = true
	}
	for _, k := range keys {
		// A required key that is misspelt is not missing as well.
		if k.required && !seen[k.name] && !meant[k.name] {
			r.report(node, "%s: the key %q is missing", place, k.name)
		}
	}
}

// unknown reports a key that a mapping does not have.
func (r *reader) unknown(place string, name *yaml.Node, known []string) {
	if len(r.problems) > MaxProblems {
		return // spares the search in a file of which the rest is left out
	}
	if want := r.elsewhere(place, name.Value); want != "" {
		r.report(name, "%s: unknown key %s; %s", place, phrase.Brief(name.Value), want)
		return
	}
	r.report(name, "%s", phrase.UnknownKey(place, name.Value, known))
}

// join makes the place of a value below place; the file itself has no name.
func join(place, name string) string {
	if place == top || place == topOfMap {
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
	if node.Kind != yaml.MappingNode || len(node.Content) != 2 || node.Content[0].Kind != yaml.ScalarNode {
		found := describe(node)
		if pairs := len(node.Content) / 2; node.Kind == yaml.MappingNode && pairs != 1 {
			found = fmt.Sprintf("a mapping of %d keys", pairs)
		}
		if whole := unquoted(node); whole != "" {
			r.report(node, "%s: found a comma, which ends the value; want quotes, such as %s", place, whole)
			return nil, nil, false
		}
		r.report(node, "%s: found %s; want one key and its value, such as %s", place, found, example)
		return nil, nil, false
	}
	return node.Content[0], node.Content[1], true
}

// list calls read for each element of a sequence of texts.
func (r *reader) list(place string, node *yaml.Node, read func(place string, node *yaml.Node)) {
	r.elements(place, node, textExample, read)
}

// rows calls read for each element of a sequence of mappings.
func (r *reader) rows(place string, node *yaml.Node, read func(place string, node *yaml.Node)) {
	r.elements(place, node, rowExample, read)
}

func (r *reader) elements(place string, node *yaml.Node, example func(*yaml.Node) string, read func(place string, node *yaml.Node)) {
	if r.grammar.list(place, node, read) {
		return
	}
	if node.Kind != yaml.SequenceNode {
		r.report(node, "%s: found %s; want a list%s", place, describe(node), example(node))
		return
	}
	for i, element := range node.Content {
		read(fmt.Sprintf("%s[%d]", place, i), element)
	}
}

// notEmpty reports a list without elements.
func (r *reader) notEmpty(place string, node *yaml.Node, want string) {
	r.grammar.add(place, schema{"minItems": 1})
	if node.Kind == yaml.SequenceNode && len(node.Content) == 0 {
		r.report(node, "%s: found an empty list; want %s", place, want)
	}
}

// shortList is list for one that cannot be long. Of one that is, nothing is read.
func (r *reader) shortList(place string, node *yaml.Node, most int, what string, read func(place string, node *yaml.Node)) {
	if !r.tooLong(place, node, most, what) {
		r.list(place, node, read)
	}
	r.grammar.add(place, schema{"maxItems": most})
}

// fewRows is rows for a list that cannot be long.
func (r *reader) fewRows(place string, node *yaml.Node, most int, what string, read func(place string, node *yaml.Node)) {
	if !r.tooLong(place, node, most, what) {
		r.rows(place, node, read)
	}
	r.grammar.add(place, schema{"maxItems": most})
}

func (r *reader) tooLong(place string, node *yaml.Node, most int, what string) bool {
	if node.Kind != yaml.SequenceNode || len(node.Content) <= most {
		return false
	}
	r.report(node, "%s: found %d %s; at most %d are allowed", place, len(node.Content), what, most)
	return true
}

func isText(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag != "!!null" }

// text reads a scalar as it is written, which may be "".
func (r *reader) text(place string, node *yaml.Node) string {
	if r.grammar.text(place) {
		return ""
	}
	if before, found := colon(node); found {
		r.report(node, "%s: found a mapping, because of the colon behind %s; want quotes around the text, or | before it", place, phrase.Brief(before))
		return ""
	}
	if !isText(node) {
		r.report(node, "%s: found %s; want a text", place, describe(node))
		return ""
	}
	if lost := lostBehind(node); lost != "" {
		r.report(node, "%s: found the comment %s behind the text; want quotes around both, or a space behind # where it is a comment", place, phrase.Brief(lost))
	}
	return node.Value
}

// filled reads a text in which something is written.
func (r *reader) filled(place string, node *yaml.Node) string {
	text := r.text(place, node)
	r.grammar.add(place, schema{"pattern": `\S`})
	if isText(node) && strings.TrimSpace(text) == "" {
		r.report(node, "%s: found an empty text; want words", place)
	}
	return text
}

// telling reads a text that is rendered for the learner, which takes the longer
// the longer it is.
func (r *reader) telling(place string, node *yaml.Node) string {
	text := r.filled(place, node)
	r.grammar.add(place, schema{"maxLength": MaxStory})
	if len(text) > MaxStory {
		r.report(node, "%s: found %d bytes; at most %d are allowed", place, len(text), MaxStory)
		return ""
	}
	return text
}

// line reads a text of one line.
func (r *reader) line(place string, node *yaml.Node) string {
	line := strings.TrimSpace(r.filled(place, node))
	switch {
	case strings.ContainsAny(line, "\r\n"):
		r.report(node, "%s: found %s; want one line", place, describe(node))
	case strings.ContainsFunc(line, isControl):
		r.report(node, "%s: found %s; want no control characters", place, describe(node))
	}
	return line
}

func (r *reader) number(place string, node *yaml.Node, low, high int) int {
	if r.grammar.set(place, schema{"type": "integer", "minimum": low, "maximum": high}) {
		return low
	}
	n, err := strconv.Atoi(node.Value)
	if node.Kind != yaml.ScalarNode || err != nil || n < low || n > high {
		want := fmt.Sprintf("a number from %d to %d", low, high)
		if low == high {
			want = strconv.Itoa(low)
		}
		r.report(node, "%s: found %s; want %s", place, describe(node), want)
		return 0
	}
	return n
}

func (r *reader) flag(place string, node *yaml.Node) bool {
	if r.grammar.word(place, phrase.Words(scenario.Switches())) {
		return false
	}
	if node.Kind != yaml.ScalarNode || node.Value != "true" && node.Value != "false" {
		r.report(node, "%s: found %s; want true or false", place, describe(node))
	}
	return node.Value == "true"
}

// word reads one of the given words. The word null may stand without quotes,
// although YAML takes it for nothing.
func (r *reader) word(place string, node *yaml.Node, words []string) string {
	if r.grammar.word(place, words) {
		return ""
	}
	found := node.Value
	switch near := phrase.Nearest(found, words); {
	case node.Kind == yaml.ScalarNode && slices.Contains(words, found):
		return found
	case !isText(node):
		r.report(node, "%s: found %s; want %s", place, describe(node), phrase.OneOf(words))
	case near != "":
		r.report(node, "%s: unknown value %s; did you mean %q?", place, phrase.Brief(found), near)
	default:
		r.report(node, "%s: unknown value %s; want %s", place, phrase.Brief(found), phrase.OneOf(words))
	}
	return ""
}

// texts reads a list of what read reads.
func (r *reader) texts(place string, node *yaml.Node, read func(place string, node *yaml.Node) string) []string {
	found := []string{}
	r.list(place, node, func(place string, node *yaml.Node) { found = append(found, read(place, node)) })
	return found
}

// placeholders reports names in braces that are no origin's and none of others.
func (r *reader) placeholders(place string, node *yaml.Node, text string, others ...string) {
	for rest := text; ; {
		_, after, found := strings.Cut(rest, "{")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			return
		}
		if origin.IsWord(name) && !slices.Contains(slices.Concat(origin.Placeholders(), others, []string{origin.Brace}), name) {
			r.report(node, "%s: unknown origin {%s}; want %s", place, name, phrase.OneOf(phrase.Braced(origin.Placeholders())))
		}
		rest = tail
	}
}
