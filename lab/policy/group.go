package policy

import (
	"fmt"
	"slices"
)

// GroupKind says which responses a group of header rows is for.
type GroupKind string

// The kinds of group.
const (
	Preflight GroupKind = "preflight" // responses to preflights
	Response  GroupKind = "response"  // responses to all other requests
	InFront   GroupKind = "front"     // all responses, because a server in front of the API adds the rows
)

// Group names a reply of a policy, with its header rows.
type Group struct {
	Route int // 0 for the API itself, and from 1 on for the policy's routes
	Kind  GroupKind
}

// String is the group's name in markup and messages: "response", and "response-1"
// for the first route.
func (g Group) String() string {
	if g.Route == 0 {
		return string(g.Kind)
	}
	return fmt.Sprintf("%s-%d", g.Kind, g.Route)
}

// Groups lists the groups of the policy: the preflight's and the response's, those of
// each route, and the one in front if there is one.
func (p Policy) Groups() []Group {
	groups := []Group{{Kind: Preflight}, {Kind: Response}}
	for i := range p.Routes {
		groups = append(groups, Group{i + 1, Preflight}, Group{i + 1, Response})
	}
	if p.Front != nil {
		groups = append(groups, Group{Kind: InFront})
	}
	return groups
}

// Reply returns the reply of a group. The front's has only headers. A group that the
// policy doesn't have has an empty reply.
func (p Policy) Reply(g Group) Reply {
	route := Route{Preflight: p.Preflight, Response: p.Response}
	switch {
	case g.Route < 0 || g.Route > len(p.Routes):
		return Reply{}
	case g.Route > 0:
		route = p.Routes[g.Route-1]
	}
	switch {
	case g.Kind == Preflight:
		return route.Preflight
	case g.Kind == Response:
		return route.Response
	case g.Kind == InFront && g.Route == 0 && p.Front != nil:
		return Reply{Headers: p.Front.Headers}
	}
	return Reply{}
}

// MapHeaders returns p with the headers of every group replaced by what change returns.
func (p Policy) MapHeaders(change func(g Group, headers []Header) []Header) Policy {
	p.Preflight.Headers = change(Group{Kind: Preflight}, p.Preflight.Headers)
	p.Response.Headers = change(Group{Kind: Response}, p.Response.Headers)
	p.Routes = slices.Clone(p.Routes)
	for i := range p.Routes {
		route := &p.Routes[i]
		route.Preflight.Headers = change(Group{i + 1, Preflight}, route.Preflight.Headers)
		route.Response.Headers = change(Group{i + 1, Response}, route.Response.Headers)
	}
	if p.Front != nil {
		p.Front = &Front{Headers: change(Group{Kind: InFront}, p.Front.Headers)}
	}
	return p
}
