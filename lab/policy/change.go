package policy

import (
	"cmp"
	"slices"

	"corslab/lab/origin"
)

// Change is a difference to a policy. What is empty stays as it is.
type Change struct {
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

// IsEmpty reports whether nothing is changed.
func (c Change) IsEmpty() bool {
	return c.Preflight.IsEmpty() && c.Response.IsEmpty() && len(c.Routes) == 0 && len(c.Front) == 0 && c.Account == AccountChange{} && c.Cache == ""
}

// IsEmpty reports whether nothing is changed.
func (c RouteChange) IsEmpty() bool { return c.Preflight.IsEmpty() && c.Response.IsEmpty() }

// IsEmpty reports whether nothing is changed.
func (c ReplyChange) IsEmpty() bool {
	return c.Status == 0 && len(c.Headers) == 0 && c.OnlyOK == nil && c.Close == nil && c.Delay == nil
}

// Expand replaces the placeholders in every value.
func (c Change) Expand(o origin.Set) Change {
	c.Preflight, c.Response = c.Preflight.expand(o), c.Response.expand(o)
	c.Routes = slices.Clone(c.Routes)
	for i, route := range c.Routes {
		c.Routes[i] = RouteChange{o.Expand(route.URL), route.Preflight.expand(o), route.Response.expand(o)}
	}
	c.Front = ExpandHeaders(c.Front, o)
	return c
}

func (c ReplyChange) expand(o origin.Set) ReplyChange {
	c.Headers = ExpandHeaders(c.Headers, o)
	return c
}

// With returns p with the changes applied.
func (p Policy) With(c Change) Policy {
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
		p.Front = &Front{Headers: MergeHeaders(p.Front.Headers, c.Front)}
	}
	p.Account, p.Cache = p.Account.with(c.Account), cmp.Or(c.Cache, p.Cache)
	return p
}

func (a Reply) with(c ReplyChange) Reply {
	return Reply{
		Status:  cmp.Or(c.Status, a.Status),
		Headers: MergeHeaders(a.Headers, c.Headers),
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
