package scenario

import (
	"cmp"
	"reflect"
	"slices"
)

// Change is a difference to a scenario's start: a solution or a wrong answer.
// An empty field means that nothing is changed there.
type Change struct {
	Script  Script
	Policy  PolicyChange
	Sends   int    // how many times to press Send, 1 where the file does not say
	Because string // for wrong answers: why it is one
}

// NeedsNothing reports whether one of the scenario's solutions changes nothing,
// so that its start may solve it.
func (s *Scenario) NeedsNothing() bool {
	return slices.ContainsFunc(s.Solutions, func(c Change) bool {
		c.Sends = 0
		return reflect.DeepEqual(c, Change{})
	})
}

// PolicyChange is a difference to a policy.
type PolicyChange struct {
	Preflight ReplyChange
	Response  ReplyChange
	Routes    []RouteChange
	Front     []Header
	Account   AccountChange
	Cache     Cache
}

// RouteChange is a difference to the answers of one place.
type RouteChange struct {
	URL       string
	Preflight ReplyChange
	Response  ReplyChange
}

// ReplyChange is a difference to an answer. What is 0 or nil stays.
type ReplyChange struct {
	Status  int
	Headers []Header // each name is set to just these values
	OnlyOK  *bool
	Close   *bool
	Delay   *int
}

func (c PolicyChange) empty() bool {
	return c.Preflight.empty() && c.Response.empty() && len(c.Routes) == 0 && len(c.Front) == 0 && c.Account == AccountChange{} && c.Cache == ""
}

func (c RouteChange) empty() bool { return c.Preflight.empty() && c.Response.empty() }

func (c ReplyChange) empty() bool {
	return c.Status == 0 && len(c.Headers) == 0 && c.OnlyOK == nil && c.Close == nil && c.Delay == nil
}

// expand replaces the placeholders in every value.
func (c PolicyChange) expand(o Origins) PolicyChange {
	c.Preflight, c.Response = c.Preflight.expand(o), c.Response.expand(o)
	c.Routes = slices.Clone(c.Routes)
	for i, route := range c.Routes {
		c.Routes[i] = RouteChange{o.Expand(route.URL), route.Preflight.expand(o), route.Response.expand(o)}
	}
	c.Front = expandHeaders(c.Front, o)
	return c
}

func (c ReplyChange) expand(o Origins) ReplyChange {
	c.Headers = expandHeaders(c.Headers, o)
	return c
}

// with returns p with the changes applied.
func (p Policy) with(c PolicyChange) Policy {
	p.Preflight, p.Response = p.Preflight.with(c.Preflight), p.Response.with(c.Response)
	p.Routes = slices.Clone(p.Routes)
	for _, changed := range c.Routes {
		for i, route := range p.Routes {
			if route.URL == changed.URL {
				p.Routes[i].Preflight = route.Preflight.with(changed.Preflight)
				p.Routes[i].Response = route.Response.with(changed.Response)
			}
		}
	}
	if p.Front != nil {
		p.Front = &Front{Headers: merge(p.Front.Headers, c.Front)}
	}
	p.Account, p.Cache = p.Account.with(c.Account), cmp.Or(c.Cache, p.Cache)
	return p
}

func (a Reply) with(c ReplyChange) Reply {
	return Reply{
		Status:  cmp.Or(c.Status, a.Status),
		Headers: merge(a.Headers, c.Headers),
		OnlyOK:  given(c.OnlyOK, a.OnlyOK),
		Close:   given(c.Close, a.Close),
		Delay:   given(c.Delay, a.Delay),
	}
}

// given returns what a change says, else what is there.
func given[T any](said *T, there T) T {
	if said != nil {
		return *said
	}
	return there
}
