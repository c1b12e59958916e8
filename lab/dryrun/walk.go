package dryrun

import (
	"fmt"

	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// senders calls visit for each script that a run sends, in order, with the path of its
// key.
func (c *check) senders(visit func(path string, script scenario.Script)) {
	count := make(map[scenario.Role]int)
	for _, sender := range c.scenario.Senders(c.scenario.Script) {
		path := "script"
		if sender.Role != scenario.Main {
			path = fmt.Sprintf("%s[%d]", sender.Role, count[sender.Role])
			count[sender.Role]++
		}
		visit(path, sender.Script)
	}
}

// scripts calls visit for each script of the file. A solution or a wrong answer has
// only the fields that it changes.
func (c *check) scripts(visit func(path string, script scenario.Script)) {
	c.senders(visit)
	c.changes(func(path string, change scenario.Change) { visit(path+".script", change.Script) })
}

// changes calls visit for each solution and each wrong answer.
func (c *check) changes(visit func(path string, change scenario.Change)) {
	for i, change := range c.scenario.Solutions {
		visit(fmt.Sprintf("solutions[%d]", i), change)
	}
	for i, change := range c.scenario.Wrong {
		visit(fmt.Sprintf("wrong[%d]", i), change)
	}
}

// rows calls visit for each list of headers in a policy.
func rows(path string, p policy.Change, visit func(path string, headers []policy.Header)) {
	visit(path+".preflight.headers", p.Preflight.Headers)
	visit(path+".response.headers", p.Response.Headers)
	for i, route := range p.Routes {
		visit(fmt.Sprintf("%s.routes[%d].preflight.headers", path, i), route.Preflight.Headers)
		visit(fmt.Sprintf("%s.routes[%d].response.headers", path, i), route.Response.Headers)
	}
	visit(path+".front", p.Front)
}

// fullChange returns the change that sets all headers of a policy.
func fullChange(p policy.Policy) policy.Change {
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
