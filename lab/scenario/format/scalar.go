package format

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// The texts of a file.
var (
	text       = value[string]{textSchema, (*reader).text}
	filled     = value[string]{filledSchema, (*reader).filled}
	line       = value[string]{filledSchema, (*reader).line}
	method     = token("a method, such as PUT")
	headerName = token("a header's name, such as X-Custom")
	url        = value[string]{urlSchema, (*reader).url}
	flag       = value[bool]{func() schema { return wordSchema(phrase.Words(scenario.Switches())) }, (*reader).flag}
)

// word is one of several words.
func word[T ~string](words []T) value[T] {
	known := phrase.Words(words)
	return value[T]{
		func() schema { return wordSchema(known) },
		func(r *reader, path string, node *yaml.Node) T { return T(r.word(path, node, known)) },
	}
}

// number is a whole number between two bounds, which it may equal.
func number(low, high int) value[int] {
	return value[int]{
		func() schema { return schema{"type": "integer", "minimum": low, "maximum": high} },
		func(r *reader, path string, node *yaml.Node) int { return r.number(path, node, low, high) },
	}
}

// token is a text that HTTP calls a token (RFC 9110, section 5.6.2).
func token(want string) value[string] {
	return matching(tokenPattern, want, func(text string) bool { return policy.CheckName(text) == "" })
}

// row is a text that a regular expression matches.
func row(pattern *regexp.Regexp, want string) value[string] {
	return matching(pattern.String(), want, pattern.MatchString)
}

func matching(pattern, want string, matches func(string) bool) value[string] {
	return value[string]{
		func() schema { return schema{"type": "string", "pattern": pattern} },
		func(r *reader, path string, node *yaml.Node) string {
			found := r.text(path, node)
			if isText(node) && !matches(found) {
				r.report(node, "%s: found %s; want %s", path, describe(node), want)
			}
			return found
		},
	}
}

func isText(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag != "!!null" }

// text reads a scalar as it is written, which may be "".
func (r *reader) text(path string, node *yaml.Node) string {
	if before, found := colon(node); found {
		r.report(node, "%s: found a mapping, because of the colon behind %s; want quotes around the text, or | before it", path, phrase.Brief(before))
		return ""
	}
	if !isText(node) {
		r.report(node, "%s: found %s; want a text", path, describe(node))
		return ""
	}
	if lost := lostBehind(node); lost != "" {
		r.report(node, "%s: found the comment %s behind the text; want quotes around both, or a space behind # where it is a comment", path, phrase.Brief(lost))
	}
	return node.Value
}

// filled reads a text that is not blank.
func (r *reader) filled(path string, node *yaml.Node) string {
	text := r.text(path, node)
	if isText(node) && strings.TrimSpace(text) == "" {
		r.report(node, "%s: found an empty text; want words", path)
	}
	return text
}

// line reads a text of one line.
func (r *reader) line(path string, node *yaml.Node) string {
	line := strings.TrimSpace(r.filled(path, node))
	switch {
	case strings.ContainsAny(line, "\r\n"):
		r.report(node, "%s: found %s; want one line", path, describe(node))
	case strings.ContainsFunc(line, isControl):
		r.report(node, "%s: found %s; want no control characters", path, describe(node))
	}
	return line
}

func (r *reader) number(path string, node *yaml.Node, low, high int) int {
	n, err := strconv.Atoi(node.Value)
	if node.Kind != yaml.ScalarNode || err != nil || n < low || n > high {
		want := fmt.Sprintf("a number from %d to %d", low, high)
		if low == high {
			want = strconv.Itoa(low)
		}
		r.report(node, "%s: found %s; want %s", path, describe(node), want)
		return 0
	}
	return n
}

func (r *reader) flag(path string, node *yaml.Node) bool {
	if node.Kind != yaml.ScalarNode || node.Value != "true" && node.Value != "false" {
		r.report(node, "%s: found %s; want true or false", path, describe(node))
	}
	return node.Value == "true"
}

// word reads one of the given words. The word null needs no quotes, although YAML
// reads it as no value.
func (r *reader) word(path string, node *yaml.Node, words []string) string {
	found := node.Value
	switch near := phrase.Nearest(found, words); {
	case node.Kind == yaml.ScalarNode && slices.Contains(words, found):
		return found
	case !isText(node):
		r.report(node, "%s: found %s; want %s", path, describe(node), phrase.OneOf(words))
	case near != "":
		r.report(node, "%s: unknown value %s; did you mean %q?", path, phrase.Brief(found), near)
	default:
		r.report(node, "%s: unknown value %s; want %s", path, phrase.Brief(found), phrase.OneOf(words))
	}
	return ""
}

// url reads a URL such as {api}/messages/0.
func (r *reader) url(path string, node *yaml.Node) string {
	url := r.text(path, node)
	wrong := ""
	for _, name := range origin.APINames() {
		below, found := strings.CutPrefix(url, "{"+name+"}")
		if found && scenario.IsPath(below) {
			return url
		}
		if found {
			wrong = scenario.BadSegment(below)
		}
	}
	switch {
	case wrong != "":
		r.report(node, "%s: found %s", path, wrong)
	case isText(node):
		r.report(node, "%s: found %s; want {api}, {api2} or {bank} and a path, such as {api}/messages/0", path, describe(node))
	}
	return ""
}

// placeholders reports names in braces that stand for no origin, unless others has
// them.
func (r *reader) placeholders(path string, node *yaml.Node, text string, others ...string) {
	for rest := text; ; {
		_, after, found := strings.Cut(rest, "{")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			return
		}
		if origin.IsWord(name) && !slices.Contains(slices.Concat(origin.Placeholders(), others, []string{origin.Brace}), name) {
			r.report(node, "%s: unknown origin {%s}; want %s", path, name, phrase.OneOf(phrase.Braced(origin.Placeholders())))
		}
		rest = tail
	}
}
