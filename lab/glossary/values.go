package glossary

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Value is something that a text names.
type Value struct {
	What string // url, origin, method, header, …: the hole of the phrase in which it stood
	Text string
}

// frames are the parts around phrases that name something.
func frames() []string {
	const blocked = "has been blocked by CORS policy"
	return []string{
		"Access to {kind} at {url} from origin {origin} " + blocked,
		"Access to {kind} at {url} redirected from {url} from origin {origin} " + blocked,
		"Redirect from {url} to {location} " + blocked,
		"Origin {origin} is therefore not allowed access",
		"had HTTP status code {status}",
		"Failed to load {url}: ",
		"XMLHttpRequest cannot load {url} ",
		"Fetch API cannot load {url}",
		"disallows reading the remote resource at {url} Reason",
		"Status code: {status}",
		"redirection to {location} denied by",
	}
}

// valuesOf lists what the text names: in the phrases that were found, and
// around them.
func (g *Glossary) valuesOf(t reading, found []finding) []Value {
	var values []Value
	for i := range g.frames {
		if spans := g.frames[i].find(t.numbers); spans != nil {
			values = union(values, finding{&g.frames[i], spans}.values(t))
		}
	}
	for _, f := range found {
		values = union(values, f.values(t))
	}
	return values
}

// worthSaying reports whether a value is one of its kind, and tells something.
func (v Value) worthSaying() bool {
	switch v.What {
	case "url", "location", "page":
		return strings.Contains(v.Text, ":")
	case "origin":
		return strings.Contains(v.Text, ":") || v.Text == "null"
	case "status":
		_, err := strconv.Atoi(v.Text)
		return err == nil
	case "method", "header":
		return isToken(v.Text)
	}
	return v.Text != "" && v.What != "kind"
}

// isToken reports whether text can be a method or the name of a header (RFC
// 9110, section 5.6.2).
func isToken(text string) bool {
	outside := func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r) }
	return text != "" && !strings.ContainsFunc(text, outside)
}

// values are the texts in the holes.
func (f finding) values(t reading) []Value {
	var values []Value
	for i, hole := range f.pattern.holes {
		if hole == "" {
			continue
		}
		if text := f.between(t, i); strings.TrimSpace(text) != "" {
			values = append(values, Value{hole, valueOf(hole, text)})
		}
	}
	return values
}

// between is the text from the run before a hole to the run after it. At an
// end of the phrase it is the rest of the line.
func (f finding) between(t reading, hole int) string {
	start, end := 0, len(t.text)
	if hole > 0 {
		start = t.words[f.spans[hole-1].end-1].end
	}
	if hole < len(f.spans) {
		end = t.words[f.spans[hole].start].start
	}
	text := t.text[start:end]
	switch {
	case hole == 0:
		fields := strings.Fields(text)
		if len(fields) == 0 {
			return ""
		}
		return fields[len(fields)-1]
	case hole == len(f.spans):
		text, _, _ = strings.Cut(strings.TrimLeft(text, " :\r\n\t"), "\n")
	}
	return text
}

// valueOf takes off what surrounds a value, and what is too much of it.
func valueOf(hole, text string) string {
	const around = " \t\r\n'\"‘’“”`´«»<>()[],;:."
	if hole == "value" {
		return shortened(unquoted(text))
	}
	if isOneWord(hole) {
		text = wordFor(hole, text)
	}
	return shortened(strings.Trim(text, around))
}

// wordFor is the first of the words between two spaces, or the first that
// looks like a URL where one is wanted.
func wordFor(hole, text string) string {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return ""
	}
	isURL := func(field string) bool { return strings.Contains(field, "://") }
	if at := slices.IndexFunc(fields, isURL); at >= 0 && (hole == "url" || hole == "location" || hole == "page") {
		return fields[at]
	}
	return fields[0]
}

// unquoted is what is between the first quote and the last, because quotes in between
// belong to the value. Without quotes it is the text without spaces.
func unquoted(text string) string {
	text = strings.TrimSpace(strings.TrimLeft(text, ": "))
	for _, quotes := range []struct{ opening, closing string }{{"‘", "’"}, {"“", "”"}, {"'", "'"}, {`"`, `"`}} {
		if inside, found := strings.CutPrefix(text, quotes.opening); found {
			if end := strings.LastIndex(inside, quotes.closing); end >= 0 {
				return inside[:end]
			}
		}
	}
	return text
}

// shortened leaves of a long value as much as can be shown.
func shortened(text string) string {
	const most = 300
	if len(text) <= most {
		return text
	}
	end := most
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

func isOneWord(hole string) bool {
	switch hole {
	case "url", "location", "page", "origin", "method", "header", "status", "scheme", "space":
		return true
	}
	return false
}
