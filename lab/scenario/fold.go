package scenario

import (
	"slices"
	"strings"
)

// Fold is the way back from [Origins.Expand]: it puts placeholders where an
// origin or its host stands, and {brace} where a word in braces would else be
// taken for a placeholder. Expand makes the same text of it again.
func (o Origins) Fold(text string) string {
	var folded strings.Builder
	for at := 0; at < len(text); {
		found, stands := text[at:at+1], text[at:at+1]
		if origin, placeholder := o.standsAt(text, at); origin != "" {
			found, stands = origin, placeholder
		} else if looksLikePlaceholder(text[at:]) {
			stands = "{" + Brace + "}"
		}
		folded.WriteString(stands)
		at += len(found)
	}
	return folded.String()
}

// standsAt returns the origin, or the host with its port, that stands at a place
// in text, and its placeholder.
func (o Origins) standsAt(text string, at int) (found, placeholder string) {
	for _, name := range Placeholders() {
		origin := o.Of(name)
		host := hosts(origin)[0]
		switch {
		case endsAfter(text[at:], origin):
			return origin, "{" + name + "}"
		case strings.Contains(host, ":") && endsAfter(text[at:], host) && beginsAt(text, at):
			return host, "{" + name + ".host}"
		}
	}
	return "", ""
}

// endsAfter reports whether text begins with an origin or a host that is not the
// beginning of a longer one.
func endsAfter(text, origin string) bool {
	rest, found := strings.CutPrefix(text, origin)
	return found && (rest == "" || !inHost(rest[0]))
}

// beginsAt reports whether no host goes on at a place in text. The dot of a
// suffix can stand before it.
func beginsAt(text string, at int) bool {
	before := strings.TrimSuffix(text[:at], ".")
	return before == "" || !inHost(before[len(before)-1])
}

// inHost reports whether a byte can be one of a host and its port.
func inHost(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-._:", c) >= 0
}

// looksLikePlaceholder reports whether text begins with a word in braces that
// Expand would replace, or that a file could not hold.
func looksLikePlaceholder(text string) bool {
	if !strings.HasPrefix(text, "{") {
		return false
	}
	name, _, closed := strings.Cut(text[1:], "}")
	return closed && isWord(strings.TrimSuffix(name, ".host")) && !slices.Contains(Secrets(), name)
}
