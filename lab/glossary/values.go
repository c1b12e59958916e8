package glossary

import (
	"slices"
	"strconv"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
)

// Value is something that a text names, such as a URL.
type Value struct {
	What string // url, origin, method, header, …: the name of the phrase's hole
	Text string
}

// frames are texts around phrases that name something.
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

// valuesOf lists the values in the phrases that were found, and in the text around
// them.
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

// worthShowing reports whether a value has the right form and is informative.
func (v Value) worthShowing() bool {
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

// isToken reports whether the text can be a method or a header name (RFC 9110, section
// 5.6.2).
func isToken(text string) bool {
	outside := func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r) }
	return text != "" && !strings.ContainsFunc(text, outside)
}

// values returns the texts in the holes.
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

// between returns the text between the runs before and after a hole. At an end of the
// phrase it is the rest of the line.
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

// valueOf removes what surrounds a value, and shortens it.
func valueOf(hole, text string) string {
	const surrounding = " \t\r\n'\"‘’“”`´«»<>()[],;:."
	if hole == "value" {
		return shortened(unquoted(text))
	}
	if isOneWord(hole) {
		text = wordFor(hole, text)
	}
	return shortened(strings.Trim(text, surrounding))
}

// wordFor returns the first word of the text. For a hole that needs a URL, it returns
// the first word that looks like one.
func wordFor(hole, text string) string {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return ""
	}
	if at := slices.IndexFunc(fields, origin.HasURL); at >= 0 && (hole == "url" || hole == "location" || hole == "page") {
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

// shortened cuts a long value to what can be shown.
func shortened(text string) string {
	if short := phrase.FirstBytes(text, 300); len(short) < len(text) {
		return short + "…"
	}
	return text
}

func isOneWord(hole string) bool {
	switch hole {
	case "url", "location", "page", "origin", "method", "header", "status", "scheme", "space":
		return true
	}
	return false
}
