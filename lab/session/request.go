package session

import (
	"strings"

	"corslab/lab/endpoint"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/wire"
)

// maxCookieName is the maximum length of a cookie name that is noted, in bytes.
const maxCookieName = 100

// cookieNames returns the names of the cookies in a request. It uses the name that
// files use for the account's cookie.
func cookieNames(r wire.Request, account string) []string {
	names := []string{}
	for _, pair := range r.Cookies() {
		name, _, _ := strings.Cut(pair, "=")
		if name == account {
			name = policy.SessionCookie
		}
		if name != "" && len(name) <= maxCookieName && len(names) < maxNoted {
			names = append(names, strings.Clone(name)) // a copy, so that the whole header doesn't stay in memory
		}
	}
	return names
}

// Started is the start of a call, and of the run if it is the first call.
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
	Withheld []string     // why some of the policy's headers aren't in the response; shared, so don't change it
	Asked    *wire.Asked  // what the preflight asks for; nil if it isn't one
	Permit   uint64       // entry of the preflight that asked for it; 0 for none
	Effect   string       // what it changed in the messages or in the account, in words; "" for nothing
	Via      endpoint.Via // the kind of the proxy that it came through; "" for none
	ByProxy  bool         // the proxy itself responded
	Cached   uint64       // entry whose response the shared cache reused without asking the API; 0 for none
	Cut      Cut
}

// Endpoint is where the request went.
func (r *Received) Endpoint() endpoint.URL { return endpoint.Parse(r.Request.URL) }
