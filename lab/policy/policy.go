// Package policy describes how a server is set to respond: statuses, header rows with
// the rules that compute their values, and things around them such as an account or a
// cache. Package backend works out the response to a request.
package policy

import (
	"cmp"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
)

// Policy says how the API responds.
type Policy struct {
	Preflight Reply   `json:"preflight"` // to preflights
	Response  Reply   `json:"response"`  // to all other requests
	Routes    []Route `json:"routes,omitempty"`
	Front     *Front  `json:"front,omitempty"` // nil if there is nothing in front of the API

	Account *Account `json:"account,omitempty"` // nil if the API has none
	Cache   Cache    `json:"cache,omitempty"`
}

// Route is an address at an API origin that has replies of its own.
type Route struct {
	URL       string `json:"-"` // an API origin and a path, fixed by the scenario
	Preflight Reply  `json:"preflight"`
	Response  Reply  `json:"response"`
}

// Front is a server in front of the API, such as a reverse proxy, that adds headers to
// every response.
type Front struct {
	Headers []Header `json:"headers"`
}

// Reply is a status with its headers.
type Reply struct {
	Status  int      `json:"status"` // 200 to 599
	Headers []Header `json:"headers"`
	OnlyOK  bool     `json:"only_ok,omitempty"` // an error status loses the headers
	Close   bool     `json:"close,omitempty"`   // the connection ends without a response
	Delay   int      `json:"delay,omitempty"`   // milliseconds before the response, up to MaxDelay
}

// Sent returns the headers that are switched on and named.
func (a Reply) Sent() []Header { return On(a.Headers) }

// Keeps reports whether the response is sent with a header that is switched on. With
// OnlyOK, an error loses all headers except those that describe its body.
func (a Reply) Keeps(h Header) bool {
	return !a.OnlyOK || a.Status < 400 || strings.EqualFold(h.Name, "Content-Type")
}

// Usual is how the API responds if nothing is set.
func Usual() Policy {
	return Policy{Preflight: Reply{Status: 204}, Response: Reply{Status: 200}}
}

// Bounds on a policy.
const (
	MaxRoutes = 8      // routes
	MaxDelay  = 10_000 // milliseconds before a response
)

// Computes reports whether a rule computes one of the headers.
func (p Policy) Computes() bool {
	return slices.ContainsFunc(p.Groups(), func(g Group) bool {
		return slices.ContainsFunc(p.Reply(g).Headers, func(h Header) bool { return h.Rule != Literal })
	})
}

// Expand replaces the placeholders in every value and every route's URL.
func (p Policy) Expand(o origin.Set) Policy {
	p = p.MapHeaders(func(_ Group, headers []Header) []Header { return ExpandHeaders(headers, o) })
	for i := range p.Routes {
		p.Routes[i].URL = o.Expand(p.Routes[i].URL)
	}
	return p
}

// ExpandHeaders replaces the placeholders in every value.
func ExpandHeaders(headers []Header, o origin.Set) []Header {
	expanded := slices.Clone(headers)
	for i := range expanded {
		expanded[i].Value = o.Expand(expanded[i].Value)
	}
	return expanded
}

// Offer adds rows that a learner is likely to need and that the scenario doesn't have,
// switched off, and sorts all rows into the usual order.
func (p Policy) Offer(caller, url string) Policy {
	allow := Header{Name: "Access-Control-Allow-Origin", Value: caller, Off: true}
	preflight := []Header{
		allow,
		{Name: "Access-Control-Allow-Methods", Value: "GET, HEAD, POST", Off: true},
		{Name: "Access-Control-Allow-Headers", Value: "Content-Type", Off: true},
		{Name: "Access-Control-Allow-Credentials", Value: "true", Off: true},
		{Name: "Access-Control-Max-Age", Value: "600", Off: true},
	}
	response := []Header{
		allow,
		{Name: "Access-Control-Allow-Credentials", Value: "true", Off: true},
		{Name: "Access-Control-Expose-Headers", Value: "ETag", Off: true},
		{Name: "Vary", Value: "Origin", Off: true},
		{Name: "Content-Type"},
	}
	return p.MapHeaders(func(g Group, headers []Header) []Header {
		switch g.Kind {
		case Preflight:
			return offer(headers, preflight)
		case Response:
			response[len(response)-1].Value = ContentType(p.urlOf(g, url))
			return offer(headers, response)
		}
		return offer(headers, []Header{allow})
	})
}

// urlOf is the address of a group's responses. For the API itself, it is own.
func (p Policy) urlOf(g Group, own string) string {
	if g.Route < 1 || g.Route > len(p.Routes) {
		return own
	}
	return p.Routes[g.Route-1].URL
}

func offer(headers, usual []Header) []Header {
	rank := func(name string) int {
		at := slices.IndexFunc(usual, func(u Header) bool { return strings.EqualFold(u.Name, name) })
		if at < 0 {
			return len(usual)
		}
		return at
	}
	rows := slices.Clone(headers)
	for _, u := range usual {
		if !HasHeader(headers, u.Name) && len(rows) < MaxHeaders { // a policy with more would be refused
			rows = append(rows, u)
		}
	}
	slices.SortStableFunc(rows, func(a, b Header) int { return cmp.Compare(rank(a.Name), rank(b.Name)) })
	return rows
}

// Presets lists common values of the named header: correct ones for a script of the
// caller's origin, and typical mistakes. It is empty for a header that has none.
func Presets(name, caller string, o origin.Set) []string {
	switch strings.ToLower(name) {
	case "access-control-allow-origin":
		secure := caller
		if at, err := origin.Parse(caller); err == nil {
			secure = at.WithScheme("https").String()
		}
		return phrase.Unique(caller, "*", o.Page.String(), o.Other.String(), "null", caller+"/", secure, caller+", "+o.Other.String())
	case "access-control-allow-credentials":
		return []string{"true", "false", "True"}
	case "access-control-allow-methods":
		return []string{"GET, HEAD, PUT, PATCH, POST, DELETE", "PUT", "DELETE", "PATCH", "GET", "*"}
	case "access-control-allow-headers":
		return []string{"Content-Type", "X-Token", "Authorization", "Content-Type, Authorization", "*"}
	case "access-control-expose-headers":
		return []string{"X-Custom", "ETag", "X-Total-Count", "*"}
	case "access-control-max-age":
		return []string{"600", "0", "-1", "7200", "86400"}
	case "vary":
		return []string{"Origin", "*"}
	case "content-type":
		return []string{"application/json", "text/plain", "text/html"}
	}
	return nil
}
