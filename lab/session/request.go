package session

import (
	"strings"

	"corslab/lab/backend"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/wire"
)

// maxCookieName bounds the name of a cookie that is noted, in bytes.
const maxCookieName = 100

// cookieNames returns the names of the cookies that a request carries. The name
// of the account's is the one that files know.
func cookieNames(r wire.Request, account string) []string {
	names := []string{}
	for _, pair := range r.Cookies() {
		name, _, _ := strings.Cut(pair, "=")
		if name == account {
			name = policy.SessionCookie
		}
		if name != "" && len(name) <= maxCookieName && len(names) < maxNoted {
			names = append(names, strings.Clone(name)) // not the whole header
		}
	}
	return names
}

// Started is the opening of a call, and of the run if it is the first one.
type Started struct {
	First  bool
	Role   scenario.Role
	Origin string // of the page that sends
	Script scenario.Script
	Cut    Cut
}

// Received is a request and its response.
type Received struct {
	Request  wire.Request
	Response wire.Response
	Withheld []string     // why headers of the policy aren't in the response; shared, not to be changed
	Asked    *wire.Asked  // what it asks for, if it is a preflight
	Permit   uint64       // the entry of the preflight that asked for it; 0 for none
	Effect   string       // what it changed in the messages or in the account, in words; "" for nothing
	Via      scenario.Via // the kind of the proxy that it came through; "" for none
	ByProxy  bool         // the proxy itself responded
	Cached   uint64       // the entry whose response a shared cache gave again, without asking the API; 0 for none
	Cut      Cut
}

// Address is where the request went.
func (r *Received) Address() backend.Address { return backend.AddressOf(r.Request.URL) }
