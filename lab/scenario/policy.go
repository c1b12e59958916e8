package scenario

import (
	"cmp"
	"slices"
	"strings"
)

// Policy is what the API is set to answer.
type Policy struct {
	Preflight Answer `json:"preflight"` // to a preflight
	Response  Answer `json:"response"`  // to any other request
}

// Answer is a status and the headers that go with it.
type Answer struct {
	Status  int      `json:"status"` // 200 to 599
	Headers []Header `json:"headers"`
}

// Groups names the two answers of a policy, in the order in which they happen.
func Groups() []string { return []string{"preflight", "response"} }

// Answer returns the answer of the named group, one of [Groups].
func (p Policy) Answer(group string) Answer {
	if group == "preflight" {
		return p.Preflight
	}
	return p.Response
}

// expand replaces the placeholders in every value.
func (p Policy) expand(o Origins) Policy {
	p.Preflight.Headers = expandHeaders(p.Preflight.Headers, o)
	p.Response.Headers = expandHeaders(p.Response.Headers, o)
	return p
}

func expandHeaders(headers []Header, o Origins) []Header {
	expanded := slices.Clone(headers)
	for i := range expanded {
		expanded[i].Value = o.Expand(expanded[i].Value)
	}
	return expanded
}

// merge returns p with the changes of a solution applied.
func (p Policy) merge(change Policy) Policy {
	return Policy{
		Preflight: p.Preflight.merge(change.Preflight),
		Response:  p.Response.merge(change.Response),
	}
}

func (a Answer) merge(change Answer) Answer {
	return Answer{
		Status:  cmp.Or(change.Status, a.Status),
		Headers: merge(a.Headers, change.Headers),
	}
}

// offer adds, switched off, the rows that a learner wants at hand and the
// scenario does not mention, and puts all rows into the usual order.
func (p Policy) offer(script Script, o Origins) Policy {
	p.Preflight.Headers = offer(p.Preflight.Headers, []Header{
		{Name: "Access-Control-Allow-Origin", Value: o.Of(script.From), Off: true},
		{Name: "Access-Control-Allow-Methods", Value: "GET, HEAD, POST", Off: true},
		{Name: "Access-Control-Allow-Headers", Value: "Content-Type", Off: true},
		{Name: "Access-Control-Allow-Credentials", Value: "true", Off: true},
		{Name: "Access-Control-Max-Age", Value: "600", Off: true},
	})
	p.Response.Headers = offer(p.Response.Headers, []Header{
		{Name: "Access-Control-Allow-Origin", Value: o.Of(script.From), Off: true},
		{Name: "Access-Control-Allow-Credentials", Value: "true", Off: true},
		{Name: "Access-Control-Expose-Headers", Value: "ETag", Off: true},
		{Name: "Vary", Value: "Origin", Off: true},
		{Name: "Content-Type", Value: "application/json"},
	})
	return p
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
// a script of the caller's origin and
// typical mistakes alike; it is empty for a header that has none.
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
func unique(values ...string) []string {
	var kept []string
	for _, value := range values {
		if !slices.Contains(kept, value) {
			kept = append(kept, value)
		}
	}
	return kept
}
