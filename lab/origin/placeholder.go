package origin

import "strings"

// Brace is the placeholder for a brace, so that a text can have a word in braces that
// isn't a placeholder.
const Brace = "brace"

// Expand replaces each placeholder in text: {page} with its origin, {page.host} with
// that origin's host and port, and {brace} with a brace. Its inverse is
// [Set.Collapse].
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

// IsWord reports whether a text in braces looks like a placeholder's name.
func IsWord(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == "" && strings.Trim(s, "0123456789") != ""
}

// Secrets lists the names that a script can have in braces in addition to origins: what
// the account shows to a page that can read it. The key signs in without a cookie, and
// a transfer can require the token.
func Secrets() []string { return []string{"key", "token"} }
