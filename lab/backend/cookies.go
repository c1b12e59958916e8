package backend

import (
	"fmt"
	"slices"

	"corslab/lab/fields"
	"corslab/lab/policy"
	"corslab/lab/wire"
)

// cookieJar records the cookies that a session has set over its lifetime. A browser
// stores a limited number of cookies for a host, with all of its ports, and drops the
// oldest. Without a bound, the lab's cookies would push out those of other programs.
type cookieJar map[string]bool

// admit removes the cookies beyond the bound from a response, and notes why. The source
// distinguishes hosts and proxies. There is always room for the account's cookie.
func (jar cookieJar) admit(handled *Handled, source, account string, reserved bool) {
	var admitted wire.Headers
	for _, line := range handled.Response.Headers {
		if line.Name != "Set-Cookie" {
			admitted = append(admitted, line)
			continue
		}
		cookie := fields.ParseCookie(line.Value)
		key := source + cookie.Key()
		if !jar[key] && !jar.hasRoom(cookie.Name == account, reserved) {
			handled.Withheld = append(slices.Clone(handled.Withheld), fmt.Sprintf(
				"Set-Cookie: the cookie %q is one too many. A session can set at most %d cookies, because more could push out those of other programs on this host",
				cookie.Name, policy.MaxCookies))
			continue
		}
		jar[key] = true
		admitted = append(admitted, line)
	}
	handled.Response.Headers = admitted
}

// hasRoom reports whether one more cookie can be set. If there is an account, room
// for its cookie is reserved.
func (jar cookieJar) hasRoom(account, reserved bool) bool {
	if reserved && !account {
		return len(jar) < policy.MaxCookies-1
	}
	return len(jar) < policy.MaxCookies
}
