package wire

import (
	"net/url"
	"strings"

	"corslab/lab/origin"
)

// Request is a request as a server receives it.
type Request struct {
	Method  string
	URL     string // absolute, as it arrived
	Headers Headers
	Body    []byte // its first bytes
	Size    int64  // of the whole body
	Broken  bool   // the body broke off
}

// URLOf is the URL of a request to a host. It takes only path and query from at,
// because a server's request line has no scheme and no host.
func URLOf(scheme, host string, at *url.URL) string {
	rest := at.EscapedPath()
	if at.RawQuery != "" {
		rest += "?" + at.RawQuery
	}
	return origin.Join(scheme, host, rest)
}

// Asked is the request that a preflight asks for.
type Asked struct {
	Method  string
	Headers string // Access-Control-Request-Headers as sent; may be empty
}

// Preflight reports whether the request is a CORS-preflight request, and returns what
// it asks for (https://fetch.spec.whatwg.org/#cors-preflight-request).
func (r Request) Preflight() (Asked, bool) {
	if r.Method != "OPTIONS" || !r.Headers.Has("Access-Control-Request-Method") || r.Headers.Get("Origin") == "" {
		return Asked{}, false
	}
	return Asked{
		Method:  r.Headers.Get("Access-Control-Request-Method"),
		Headers: r.Headers.Get("Access-Control-Request-Headers"),
	}, true
}

// Cookies returns the request's cookies, each as name=value.
func (r Request) Cookies() []string {
	pairs := strings.Split(strings.Join(r.Headers.Values("Cookie"), ";"), ";")
	for i := range pairs {
		pairs[i] = strings.TrimSpace(pairs[i])
	}
	return pairs
}
