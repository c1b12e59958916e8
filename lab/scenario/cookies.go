package scenario

import (
	"fmt"
	"strings"
)

// tooManyCookies says that a policy has too many rows of Set-Cookie. A browser
// limits the cookies of a host, which all of its ports share.
var tooManyCookies = fmt.Sprintf("found more than %d Set-Cookie rows; want at most %d in a policy, because more cookies could push out those of other programs on this host", MaxCookies, MaxCookies)

// cookieTooMany returns the group and the index of the first Set-Cookie row
// beyond the bound, or "" if there is no such row. Rows that are off count too,
// because one click turns them on.
func (p Policy) cookieTooMany() (group string, row int) {
	count := 0
	for _, group := range p.Groups() {
		for i, h := range p.Reply(group).Headers {
			if !strings.EqualFold(h.Name, "Set-Cookie") {
				continue
			}
			if count++; count > MaxCookies {
				return group, i
			}
		}
	}
	return "", 0
}

// CookieExcess says that the policy has too many rows of Set-Cookie, or is "".
func (p Policy) CookieExcess() string {
	if group, _ := p.cookieTooMany(); group == "" {
		return ""
	}
	return tooManyCookies
}
