package policy

import (
	"cmp"
	"slices"

	"corslab/lab/origin"
)

// Change is a difference to a policy. Empty fields change nothing.
type Change struct {
	Preflight ReplyChange
	Response  ReplyChange
	Routes    []RouteChange
	Front     []Header
	Account   AccountChange
	Cache     Cache
}

// RouteChange is a difference to the replies of one route.
type RouteChange struct {
	URL       string
	Preflight ReplyChange
	Response  ReplyChange
}

// ReplyChange is a difference to a reply. Fields that are 0 or nil change nothing.
type ReplyChange struct {
	Status  int
	Headers []Header // each name gets exactly these values
	OnlyOK  *bool
	Close   *bool
	Delay   *int
}

// IsEmpty reports whether the change changes nothing.
func (c Change) IsEmpty() bool {
	return c.Preflight.IsEmpty() && c.Response.IsEmpty() && len(c.Routes) == 0 && len(c.Front) == 0 && c.Account == AccountChange{} && c.Cache == ""
}

// IsEmpty reports whether the change changes nothing.
func (c RouteChange) IsEmpty() bool { return c.Preflight.IsEmpty() && c.Response.IsEmpty() }

// IsEmpty reports whether the change changes nothing.
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
		OnlyOK:  valueOr(c.OnlyOK, a.OnlyOK),
		Close:   valueOr(c.Close, a.Close),
		Delay:   valueOr(c.Delay, a.Delay),
	}
}

// valueOr returns what a change says, or else the current value.
func valueOr[T any](changed *T, current T) T {
	if changed != nil {
		return *changed
	}
	return current
}
