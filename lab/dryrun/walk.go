package dryrun

import (
	"fmt"

	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// parts calls see for each script that is sent, in the order of a run, with the
// place of its key.
func (c *check) parts(see func(place string, script scenario.Script)) {
	count := make(map[scenario.Role]int)
	for _, part := range c.scenario.Senders(c.scenario.Script) {
		place := "script"
		if part.Role != scenario.Main {
			place = fmt.Sprintf("%s[%d]", part.Role, count[part.Role])
			count[part.Role]++
		}
		see(place, part.Script)
	}
}

// scripts calls see for each script of the file. Of those of solutions and wrong
// answers only what they change is there.
func (c *check) scripts(see func(place string, script scenario.Script)) {
	c.parts(see)
	c.changes(func(place string, change scenario.Change) { see(place+".script", change.Script) })
}

// changes calls see for each solution and each wrong answer.
func (c *check) changes(see func(place string, change scenario.Change)) {
	for i, change := range c.scenario.Solutions {
		see(fmt.Sprintf("solutions[%d]", i), change)
	}
	for i, change := range c.scenario.Wrong {
		see(fmt.Sprintf("wrong[%d]", i), change)
	}
}

// rows calls see for each list of headers that a policy holds.
func rows(place string, p policy.Change, see func(place string, headers []policy.Header)) {
	see(place+".preflight.headers", p.Preflight.Headers)
	see(place+".response.headers", p.Response.Headers)
	for i, route := range p.Routes {
		see(fmt.Sprintf("%s.routes[%d].preflight.headers", place, i), route.Preflight.Headers)
		see(fmt.Sprintf("%s.routes[%d].response.headers", place, i), route.Response.Headers)
	}
	see(place+".front", p.Front)
}

// whole is a policy as the change that sets all of its headers.
func whole(p policy.Policy) policy.Change {
	headers := func(a policy.Reply) policy.ReplyChange { return policy.ReplyChange{Headers: a.Headers} }
	change := policy.Change{Preflight: headers(p.Preflight), Response: headers(p.Response)}
	for _, route := range p.Routes {
		change.Routes = append(change.Routes, policy.RouteChange{Preflight: headers(route.Preflight), Response: headers(route.Response)})
	}
	if p.Front != nil {
		change.Front = p.Front.Headers
	}
	return change
}
