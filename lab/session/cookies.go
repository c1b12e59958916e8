package session

import (
	"fmt"
	"slices"

	"corslab/lab/fields"
	"corslab/lab/scenario"
)

// cookieJar holds the cookies that a session has set over its lifetime. A browser
// keeps a limited number of cookies for a host and all of its ports, and drops the
// oldest. Without a bound, the lab's cookies would push out those of other
// programs.
type cookieJar map[string]bool

// admit removes the cookies beyond the bound from a response, and notes why. There
// is always room for the account's cookie.
func (jar cookieJar) admit(answer *Answer, r Request, account string, reserved bool) {
	lines := answer.Headers["Set-Cookie"]
	if len(lines) == 0 {
		return
	}
	kept := lines[:0:0]
	for _, line := range lines {
		cookie := fields.ParseCookie(line)
		key := string(r.via()) + " " + r.Host + " " + cookie.Key()
		if !jar[key] && !jar.hasRoom(cookie.Name == account, reserved) {
			answer.Withheld = append(slices.Clone(answer.Withheld), fmt.Sprintf(
				"Set-Cookie: the cookie %q is one too many. A session can set at most %d cookies, because more could push out those of other programs on this host",
				cookie.Name, scenario.MaxCookies))
			continue
		}
		jar[key] = true
		kept = append(kept, line)
	}
	answer.Headers["Set-Cookie"] = kept
	if len(kept) == 0 {
		delete(answer.Headers, "Set-Cookie")
	}
}

// hasRoom reports whether one more cookie can be set. If there is an account, one
// place is reserved for its cookie.
func (jar cookieJar) hasRoom(account, reserved bool) bool {
	if reserved && !account {
		return len(jar) < scenario.MaxCookies-1
	}
	return len(jar) < scenario.MaxCookies
}
