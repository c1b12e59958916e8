package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Policy is what the API is set to answer.
type Policy struct {
	Preflight Reply   `json:"preflight"` // to a preflight
	Response  Reply   `json:"response"`  // to any other request
	Routes    []Route `json:"routes,omitempty"`
	Front     *Front  `json:"front,omitempty"` // nil where nothing stands before the API

	Account *Account `json:"account,omitempty"` // nil where the API has none
	Cache   Cache    `json:"cache,omitempty"`
}

// Route is a place at an API origin that has answers of its own.
type Route struct {
	URL       string `json:"-"` // the scenario's; an API origin and a path
	Preflight Reply  `json:"preflight"`
	Response  Reply  `json:"response"`
}

// Front is a server that stands before the API, as a proxy does, and adds
// headers to every answer that passes it.
type Front struct {
	Headers []Header `json:"headers"`
}

// Reply is a status and the headers that go with it.
type Reply struct {
	Status  int      `json:"status"` // 200 to 599
	Headers []Header `json:"headers"`
	OnlyOK  bool     `json:"only_ok,omitempty"` // a status that is no success loses the headers
	Close   bool     `json:"close,omitempty"`   // the connection ends without an answer
	Delay   int      `json:"delay,omitempty"`   // milliseconds before the answer, up to MaxDelay
}

// Sent returns the headers that are switched on and named.
func (a Reply) Sent() []Header { return On(a.Headers) }

// Keeps reports whether the answer is sent with a header that is switched on:
// with OnlyOK an error loses all but what describes its body.
func (a Reply) Keeps(h Header) bool {
	return !a.OnlyOK || a.Status < 400 || strings.EqualFold(h.Name, "Content-Type")
}

// UsualPolicy is what the API answers if nothing is set.
func UsualPolicy() Policy {
	return Policy{Preflight: Reply{Status: 204}, Response: Reply{Status: 200}}
}

// Bounds on a policy.
const (
	MaxRoutes = 8      // places with answers of their own
	MaxDelay  = 10_000 // milliseconds that an answer waits
)

// Groups names the answers of the policy: "preflight" and "response" in the
// order in which they happen, the same with "-1" behind for the first route and
// so on, and "front" where something stands before the API.
func (p Policy) Groups() []string {
	groups := []string{"preflight", "response"}
	for i := range p.Routes {
		groups = append(groups, fmt.Sprintf("preflight-%d", i+1), fmt.Sprintf("response-%d", i+1))
	}
	if p.Front != nil {
		groups = append(groups, "front")
	}
	return groups
}

// Reply returns the answer of the named group, one of Groups. The front's has
// headers only.
func (p Policy) Reply(group string) Reply {
	if group == "front" {
		return Reply{Headers: p.Front.Headers}
	}
	kind, number, _ := strings.Cut(group, "-")
	place := Route{Preflight: p.Preflight, Response: p.Response}
	if n, err := strconv.Atoi(number); err == nil {
		place = p.Routes[n-1]
	}
	if kind == "preflight" {
		return place.Preflight
	}
	return place.Response
}

// replyOrNone is Answer for a group that this policy may not have.
func (p Policy) replyOrNone(group string) Reply {
	if !slices.Contains(p.Groups(), group) {
		return Reply{}
	}
	return p.Reply(group)
}

// computes reports whether a header is made by a rule.
func (p Policy) computes() bool {
	return slices.ContainsFunc(p.Groups(), func(group string) bool {
		return slices.ContainsFunc(p.Reply(group).Headers, func(h Header) bool { return h.Rule != Literal })
	})
}

// mapHeaders returns p with every group's headers as change makes them.
func (p Policy) mapHeaders(change func(group string, headers []Header) []Header) Policy {
	p.Preflight.Headers = change("preflight", p.Preflight.Headers)
	p.Response.Headers = change("response", p.Response.Headers)
	p.Routes = slices.Clone(p.Routes)
	for i := range p.Routes {
		route := &p.Routes[i]
		route.Preflight.Headers = change(fmt.Sprintf("preflight-%d", i+1), route.Preflight.Headers)
		route.Response.Headers = change(fmt.Sprintf("response-%d", i+1), route.Response.Headers)
	}
	if p.Front != nil {
		p.Front = &Front{Headers: change("front", p.Front.Headers)}
	}
	return p
}

// expand replaces the placeholders in every value and every route's URL.
func (p Policy) expand(o Origins) Policy {
	p = p.mapHeaders(func(_ string, headers []Header) []Header { return expandHeaders(headers, o) })
	for i := range p.Routes {
		p.Routes[i].URL = o.Expand(p.Routes[i].URL)
	}
	return p
}

func expandHeaders(headers []Header, o Origins) []Header {
	expanded := slices.Clone(headers)
	for i := range expanded {
		expanded[i].Value = o.Expand(expanded[i].Value)
	}
	return expanded
}

// offer adds, switched off, the rows that a learner wants at hand and the
// scenario does not mention, and puts all rows into the usual order.
func (p Policy) offer(script Script, o Origins) Policy {
	allow := Header{Name: "Access-Control-Allow-Origin", Value: script.From.Origin(o), Off: true}
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
	return p.mapHeaders(func(group string, headers []Header) []Header {
		switch kind, _, _ := strings.Cut(group, "-"); kind {
		case "preflight":
			return offer(headers, preflight)
		case "response":
			response[len(response)-1].Value = ContentType(p.urlOf(group, script))
			return offer(headers, response)
		}
		return offer(headers, []Header{allow})
	})
}

// urlOf is the address to which a group answers.
func (p Policy) urlOf(group string, script Script) string {
	_, number, _ := strings.Cut(group, "-")
	if n, err := strconv.Atoi(number); err == nil {
		return p.Routes[n-1].URL
	}
	return script.URL
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
		if !hasHeader(headers, u.Name) && len(rows) < MaxHeaders { // more could not be taken
			rows = append(rows, u)
		}
	}
	slices.SortStableFunc(rows, func(a, b Header) int { return cmp.Compare(rank(a.Name), rank(b.Name)) })
	return rows
}

// Presets lists values that one often sees in the named header, right ones for
// a script of the caller's origin and typical mistakes alike; it is empty for a
// header that has none.
func Presets(name, caller string, o Origins) []string {
	switch strings.ToLower(name) {
	case "access-control-allow-origin":
		return unique(caller, "*", o.Page, o.Other, "null", caller+"/", strings.Replace(caller, "http:", "https:", 1), caller+", "+o.Other)
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

// unique returns the values without later repetitions.
func unique[T comparable](values ...T) []T {
	var kept []T
	for _, value := range values {
		if !slices.Contains(kept, value) {
			kept = append(kept, value)
		}
	}
	return kept
}
