package scenario

import (
	"fmt"
	"strings"
)

// tooManyCookies says why a policy has a row of Set-Cookie too many. A browser
// keeps a bounded number for a host, on all of its ports.
var tooManyCookies = fmt.Sprintf("found more than %d rows of Set-Cookie; at most %d are allowed in a policy, because cookies that a browser can't keep push out those of other programs on this host", MaxCookies, MaxCookies)

// cookieTooMany returns the group and the index of the first row of Set-Cookie
// beyond the bound, "" where there is none. Rows that are switched off count:
// they are one click away.
func (p Policy) cookieTooMany() (group string, row int) {
	count := 0
	for _, group := range p.Groups() {
		for i, h := range p.Answer(group).Headers {
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
