package session

import (
	"fmt"
	"slices"

	"corslab/lab/fields"
	"corslab/lab/scenario"
)

// cookieJar is the cookies that a session has set in its life. A browser keeps a
// bounded number for a host, on all of its ports, and drops the oldest: more of
// them would push out the cookies of other programs.
type cookieJar map[string]bool

// admit takes out of an answer the cookies beyond the bound, and says so in it.
// The account's cookie always has a place.
func (jar cookieJar) admit(answer *Answer, r Request, account string, reserved bool) {
	lines := answer.Headers["Set-Cookie"]
	if len(lines) == 0 {
		return
	}
	kept := lines[:0:0]
	for _, line := range lines {
		cookie := fields.ParseCookie(line)
		key := r.via() + " " + r.Host + " " + cookie.Key()
		if !jar[key] && !jar.hasRoom(cookie.Name == account, reserved) {
			answer.Withheld = append(slices.Clone(answer.Withheld), fmt.Sprintf(
				"Set-Cookie: the cookie %q is one too many. This session has set %d cookies, as many as it may, because more could push out those of other programs on this host",
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

// hasRoom reports whether one more cookie may be set. Where there is an account,
// one place is reserved for its cookie.
func (jar cookieJar) hasRoom(account, reserved bool) bool {
	if reserved && !account {
		return len(jar) < scenario.MaxCookies-1
	}
	return len(jar) < scenario.MaxCookies
}
