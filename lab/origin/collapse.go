package origin

import (
	"slices"
	"strings"
)

// Collapse is the inverse of [Set.Expand]: it replaces origins and their hosts with
// placeholders, and a brace with {brace} if the word after it would look like a
// placeholder. Expand turns the result into the same text again. Files and links hold
// what Collapse returns, because another lab can have other hosts and ports.
func (o Set) Collapse(text string) string {
	var collapsed strings.Builder
	known := o.concretes()
	for at := 0; at < len(text); {
		found, placeholder := text[at:at+1], text[at:at+1]
		if c := knownAt(text, at, known); c.Found != "" {
			found, placeholder = c.Found, c.Placeholder
		} else if looksLikePlaceholder(text[at:]) {
			placeholder = "{" + Brace + "}"
		}
		collapsed.WriteString(placeholder)
		at += len(found)
	}
	return collapsed.String()
}

// Concrete is an origin, or a host with its port, with its placeholder.
type Concrete struct{ Found, Placeholder string }

// Concretes lists what [Set.Collapse] replaces in a text, without duplicates.
func (o Set) Concretes(text string) (all []Concrete) {
	known := o.concretes()
	for at := 0; at < len(text); {
		found := knownAt(text, at, known)
		if found.Found != "" && !slices.Contains(all, found) {
			all = append(all, found)
		}
		at += max(len(found.Found), 1)
	}
	return all
}

// concretes lists every origin, each followed by its host if that has a port.
func (o Set) concretes() (all []Concrete) {
	for _, name := range Placeholders() {
		origin := o.Named(name)
		if origin == (Origin{}) {
			continue
		}
		all = append(all, Concrete{origin.String(), "{" + name + "}"})
		if origin.Port != "" {
			all = append(all, Concrete{origin.HostPort(), "{" + name + ".host}"})
		}
	}
	return all
}

// knownAt returns the known origin or host at an index of the text. It is empty if there
// is none.
func knownAt(text string, at int, known []Concrete) Concrete {
	for _, c := range known {
		if text[at] == c.Found[0] && endsAfter(text[at:], c.Found) && (HasURL(c.Found) || beginsAt(text, at)) {
			return c
		}
	}
	return Concrete{}
}

// endsAfter reports whether text starts with an origin or a host, and not with a longer
// one. The dot or the colon of a sentence can follow it.
func endsAfter(text, origin string) bool {
	rest, found := strings.CutPrefix(text, origin)
	rest = strings.TrimLeft(rest, ".:")
	return found && (rest == "" || !inHost(rest[0]))
}

// beginsAt reports whether a host can start at an index of the text, which must not be
// in the middle of a longer host. A dot may come before it,
// as in the value of a suffix rule.
func beginsAt(text string, at int) bool {
	before := strings.TrimSuffix(text[:at], ".")
	return before == "" || !inHost(before[len(before)-1])
}

// inHost reports whether a byte can be part of a host with a port.
func inHost(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-._:", c) >= 0
}

// looksLikePlaceholder reports whether text starts with a word in braces that Expand
// would replace, or that a file can't contain.
func looksLikePlaceholder(text string) bool {
	if !strings.HasPrefix(text, "{") {
		return false
	}
	name, _, closed := strings.Cut(text[1:], "}")
	return closed && IsWord(strings.TrimSuffix(name, ".host")) && !slices.Contains(Secrets(), name)
}
