package format

import (
	"strings"

	"corslab/lab/policy"

	"go.yaml.in/yaml/v4"
)

func policyNode(p policy.Policy) *yaml.Node {
	m := block()
	m.addFilled("preflight", replyMapping(p.Preflight, policy.Usual().Preflight))
	m.addFilled("response", replyMapping(p.Response, policy.Usual().Response))
	m.addLines("routes", routeNodes(p.Routes))
	if p.Front != nil {
		m.add("front", sequenceNode(headerNodes(p.Front.Headers)))
	}
	if p.Account != nil {
		m.add("account", accountNode(p.Account))
	}
	m.addText("cache", string(p.Cache))
	return m.node()
}

func routeNodes(routes []policy.Route) (nodes []*yaml.Node) {
	for _, route := range routes {
		m := block()
		m.add("url", textNode(route.URL))
		m.addFilled("preflight", replyMapping(route.Preflight, policy.Usual().Preflight))
		m.addFilled("response", replyMapping(route.Response, policy.Usual().Response))
		nodes = append(nodes, m.node())
	}
	return nodes
}

// replyMapping leaves out the usual status.
func replyMapping(a, usual policy.Reply) *mappingNode {
	m := flow()
	if a.Status != usual.Status {
		m.add("status", numberNode(a.Status))
	}
	m.addList("headers", headerNodes(a.Headers))
	m.addFlag("only_ok", a.OnlyOK)
	m.addFlag("close", a.Close)
	m.addNumber("delay", a.Delay)
	return m
}

func accountNode(a *policy.Account) *yaml.Node {
	m := flow()
	m.addUnless(string(policy.SameSiteUnset), "same_site", string(a.SameSite))
	m.addFlag("token", a.Token)
	return m.node()
}

func headerNodes(headers []policy.Header) (nodes []*yaml.Node) {
	for _, h := range headers {
		m := flow()
		m.Content = append(m.Content, textNode(h.Name), headerNode(h))
		nodes = append(nodes, m.node())
	}
	return nodes
}

func headerNode(h policy.Header) *yaml.Node {
	m := flow()
	switch {
	case h.Off:
		h.Off = false
		m.add("off", headerNode(h))
	case h.Rule == policy.Literal && h.Value == "null":
		return wordNode(h.Value)
	case h.Rule == policy.Literal:
		return textNode(h.Value)
	case h.Rule == policy.Allowlist:
		m.add(string(h.Rule), sequenceNode(textNodes(allowed(h))))
	case h.Rule.HasArgument():
		m.add(string(h.Rule), textNode(h.Value))
	default:
		m.add(string(h.Rule), wordNode("any"))
	}
	return m.node()
}

// allowed lists the origins of an allowlist. A value with other white space than the
// reader would put between them stays in one piece, so that it is read as it was.
func allowed(h policy.Header) []string {
	origins := strings.Fields(h.Value)
	if len(origins) > 0 && strings.Join(origins, " ") != h.Value {
		return []string{h.Value}
	}
	return origins
}

// changedPolicy is empty if a solution leaves the policy as it is.
func changedPolicy(c policy.Change) *mappingNode {
	m := flow()
	m.addFilled("preflight", changedReply(c.Preflight))
	m.addFilled("response", changedReply(c.Response))
	var routes []*yaml.Node
	for _, route := range c.Routes {
		r := flow()
		r.add("url", textNode(route.URL))
		r.addFilled("preflight", changedReply(route.Preflight))
		r.addFilled("response", changedReply(route.Response))
		routes = append(routes, r.node())
	}
	m.addList("routes", routes)
	m.addList("front", headerNodes(c.Front))
	m.addFilled("account", changedAccount(c.Account))
	m.addText("cache", string(c.Cache))
	return m
}

func changedAccount(c policy.AccountChange) *mappingNode {
	m := flow()
	m.addText("same_site", string(c.SameSite))
	if c.Token != nil {
		m.add("token", flagNode(*c.Token))
	}
	return m
}

func changedReply(c policy.ReplyChange) *mappingNode {
	m := flow()
	m.addNumber("status", c.Status)
	m.addList("headers", headerNodes(c.Headers))
	if c.OnlyOK != nil {
		m.add("only_ok", flagNode(*c.OnlyOK))
	}
	if c.Close != nil {
		m.add("close", flagNode(*c.Close))
	}
	if c.Delay != nil {
		m.add("delay", numberNode(*c.Delay))
	}
	return m
}
