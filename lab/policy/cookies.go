package policy

import (
	"fmt"
	"strings"
)

// tooManyCookies says that a policy has too many Set-Cookie rows. A browser limits the
// cookies of a host, which all of the host's ports share.
var tooManyCookies = fmt.Sprintf("found more than %d Set-Cookie rows; want at most %d in a policy, because more cookies could push out those of other programs on this host", MaxCookies, MaxCookies)

// CookieTooMany returns the group and the index of the first Set-Cookie row
// beyond the bound, and false if there is no such row. Rows that are off count too,
// because one click turns them on.
func (p Policy) CookieTooMany() (g Group, row int, found bool) {
	count := 0
	for _, g := range p.Groups() {
		for i, h := range p.Reply(g).Headers {
			if !strings.EqualFold(h.Name, "Set-Cookie") {
				continue
			}
			if count++; count > MaxCookies {
				return g, i, true
			}
		}
	}
	return Group{}, 0, false
}

// CookieExcess says that the policy has too many Set-Cookie rows, or returns "".
func (p Policy) CookieExcess() string {
	if _, _, found := p.CookieTooMany(); !found {
		return ""
	}
	return tooManyCookies
}
