package session

import (
	"net/textproto"
	"strings"

	"corslab/lab/scenario"
)

// Bounds on a request's body, in bytes: how much of it the journal keeps, and
// how much the API takes. A larger one is refused with status 413, so that the
// script still sees the policy's headers.
const (
	KeptBody = 4 << 10
	MaxBody  = 1 << 20
)

// Request is a request as the API origin received it.
type Request struct {
	Method  string
	Target  string // path and query behind the session and the run
	Host    string
	Headers map[string][]string // canonical names; not changed after Receive
	Body    []byte              // the first KeptBody bytes
	Broken  bool                // the body broke off
	Size    int64               // of the whole body
}

// Header returns the values of the named header, joined as the Fetch standard
// joins them, or "".
func (r Request) Header(name string) string {
	return strings.Join(r.Headers[canonical(name)], ", ")
}

// Asked is the request that a preflight asks for.
type Asked struct {
	Method  string
	Headers string // Access-Control-Request-Headers as sent; may be empty
}

// Preflight reports whether the request is a CORS-preflight request, and what
// it asks for (https://fetch.spec.whatwg.org/#cors-preflight-request).
func (r Request) Preflight() (Asked, bool) {
	_, asks := r.Headers["Access-Control-Request-Method"]
	if r.Method != "OPTIONS" || !asks || r.Header("Origin") == "" {
		return Asked{}, false
	}
	return Asked{
		Method:  r.Header("Access-Control-Request-Method"),
		Headers: r.Header("Access-Control-Request-Headers"),
	}, true
}

// maxCookieName bounds the name of a cookie that is noted, in bytes.
const maxCookieName = 100

// cookies returns the names of the cookies that the request carries; that of
// the account's is the one by which files know it.
func (r Request) cookies(account string) []string {
	names := []string{}
	for _, pair := range r.cookiePairs() {
		name, _, _ := strings.Cut(pair, "=")
		if name == account {
			name = scenario.SessionCookie
		}
		if name != "" && len(name) <= maxCookieName && len(names) < maxNoted {
			names = append(names, strings.Clone(name)) // not the whole header
		}
	}
	return names
}

// cookiePairs returns the cookies that the request carries, name=value each.
func (r Request) cookiePairs() []string {
	pairs := strings.Split(strings.Join(r.Headers["Cookie"], ";"), ";")
	for i := range pairs {
		pairs[i] = strings.TrimSpace(pairs[i])
	}
	return pairs
}

// Started is the opening of a call, and of the run where it is the first one.
type Started struct {
	First  bool
	Role   scenario.Role
	Origin string // of the page that sends
	Script scenario.Script
	Cut    Cut
}

// Received is a request and its answer.
type Received struct {
	Request Request
	Answer  Answer
	Asked   *Asked       // what it asks for, where it is a preflight
	Permit  uint64       // the entry of the preflight that asked for it; 0 for none
	Effect  string       // what it changed in the messages or in the account, in words; "" for nothing
	Via     scenario.Via // the kind of the proxy that it came through; "" for none
	ByProxy bool         // the proxy itself answered
	Cached  uint64       // the entry whose answer a shared cache gave again, without asking the API; 0 for none
	Cut     Cut
}

func canonical(name string) string { return textproto.CanonicalMIMEHeaderKey(name) }
