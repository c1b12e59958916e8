package origin

import (
	"slices"
	"strings"
)

// Brace is the placeholder for a brace, so that a text can have a word in braces that
// isn't a placeholder.
const Brace = "brace"

// Expand replaces each placeholder in text: {page} with its origin, {page.host} with
// that origin's host and port, and {brace} with a brace.
func (o Set) Expand(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := append(make([]string, 0, 2+4*len(Placeholders())), "{"+Brace+"}", "{")
	for _, name := range Placeholders() {
		pairs = append(pairs, "{"+name+"}", o.Of(name), "{"+name+".host}", o.Named(name).HostPort())
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// ExpandNames is Expand for a text in which braces are never escaped.
func (o Set) ExpandNames(text string) string {
	var pairs []string
	for _, name := range Placeholders() {
		pairs = append(pairs, "{"+name+"}", o.Of(name))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Contract is the inverse of Expand: it replaces origins in a text with placeholders,
// and escapes each brace that Expand would take for one of a placeholder.
func (o Set) Contract(text string) string {
	var short strings.Builder
	names := slices.Clone(Placeholders())
	slices.SortStableFunc(names, func(a, b string) int { return len(o.Of(b)) - len(o.Of(a)) })
	for text != "" {
		name := o.leading(text, names)
		switch {
		case name != "":
			short.WriteString("{" + name + "}")
			text = text[len(o.Of(name)):]
			continue
		case startsPlaceholder(text):
			short.WriteString("{" + Brace + "}")
		default:
			short.WriteByte(text[0])
		}
		text = text[1:]
	}
	return short.String()
}

// leading names the origin that a text starts with, or "". If another character of a
// host or a port follows, it is a different origin.
func (o Set) leading(text string, names []string) string {
	if text[0] != 'h' { // no origin starts like this
		return ""
	}
	for _, name := range names {
		rest, found := strings.CutPrefix(text, o.Of(name))
		if found && o.Of(name) != "" && (rest == "" || !isHostByte(rest[0])) {
			return name
		}
	}
	return ""
}

func isHostByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("_.:-", c) >= 0
}

func startsPlaceholder(text string) bool {
	if text[0] != '{' {
		return false
	}
	word, _, closed := strings.Cut(text[1:min(len(text), 20)], "}")
	word = strings.TrimSuffix(word, ".host")
	return closed && (word == Brace || slices.Contains(Placeholders(), word))
}

// IsWord reports whether a text in braces looks like a placeholder's name.
func IsWord(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == "" && strings.Trim(s, "0123456789") != ""
}

// Secrets lists the names that a script can have in braces in addition to origins: what
// the account shows to a page that can read it. The key signs in without a cookie, and
// a transfer can require the token.
func Secrets() []string { return []string{"key", "token"} }
