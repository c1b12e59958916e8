package format

import (
	"strings"

	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

func policyNode(p scenario.Policy) *yaml.Node {
	m := block()
	m.addFilled("preflight", replyMapping(p.Preflight, scenario.UsualPolicy().Preflight))
	m.addFilled("response", replyMapping(p.Response, scenario.UsualPolicy().Response))
	m.addLines("routes", routeNodes(p.Routes))
	if p.Front != nil {
		m.add("front", sequence(headerNodes(p.Front.Headers)))
	}
	if p.Account != nil {
		m.add("account", accountNode(p.Account))
	}
	m.addText("cache", string(p.Cache))
	return m.node()
}

func routeNodes(routes []scenario.Route) (nodes []*yaml.Node) {
	for _, route := range routes {
		m := block()
		m.add("url", text(route.URL))
		m.addFilled("preflight", replyMapping(route.Preflight, scenario.UsualPolicy().Preflight))
		m.addFilled("response", replyMapping(route.Response, scenario.UsualPolicy().Response))
		nodes = append(nodes, m.node())
	}
	return nodes
}

// replyMapping leaves the status out where it is the usual one.
func replyMapping(a, usual scenario.Reply) *mapping {
	m := flow()
	if a.Status != usual.Status {
		m.add("status", number(a.Status))
	}
	m.addList("headers", headerNodes(a.Headers))
	m.addFlag("only_ok", a.OnlyOK)
	m.addFlag("close", a.Close)
	m.addNumber("delay", a.Delay)
	return m
}

func accountNode(a *scenario.Account) *yaml.Node {
	m := flow()
	m.addUnless(string(scenario.SameSiteUnset), "same_site", string(a.SameSite))
	m.addFlag("token", a.Token)
	return m.node()
}

func headerNodes(headers []scenario.Header) (nodes []*yaml.Node) {
	for _, h := range headers {
		m := flow()
		m.Content = append(m.Content, text(h.Name), headerNode(h))
		nodes = append(nodes, m.node())
	}
	return nodes
}

func headerNode(h scenario.Header) *yaml.Node {
	m := flow()
	switch {
	case h.Off:
		h.Off = false
		m.add("off", headerNode(h))
	case h.Rule == scenario.Literal && h.Value == "null":
		return word(h.Value)
	case h.Rule == scenario.Literal:
		return text(h.Value)
	case h.Rule == scenario.Allowlist:
		m.add(string(h.Rule), sequence(texts(allowed(h))))
	case h.Rule.Argued():
		m.add(string(h.Rule), text(h.Value))
	default:
		m.add(string(h.Rule), word("any"))
	}
	return m.node()
}

// allowed lists the origins of an allowlist. One in which other space stands
// than the file's reader puts there is left in one piece.
func allowed(h scenario.Header) []string {
	origins := strings.Fields(h.Value)
	if len(origins) > 0 && strings.Join(origins, " ") != h.Value {
		return []string{h.Value}
	}
	return origins
}

// changedPolicy is empty where nothing is.
func changedPolicy(c scenario.PolicyChange) *mapping {
	m := flow()
	m.addFilled("preflight", changedReply(c.Preflight))
	m.addFilled("response", changedReply(c.Response))
	var routes []*yaml.Node
	for _, route := range c.Routes {
		r := flow()
		r.add("url", text(route.URL))
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

func changedAccount(c scenario.AccountChange) *mapping {
	m := flow()
	m.addText("same_site", string(c.SameSite))
	if c.Token != nil {
		m.add("token", flag(*c.Token))
	}
	return m
}

func changedReply(c scenario.ReplyChange) *mapping {
	m := flow()
	m.addNumber("status", c.Status)
	m.addList("headers", headerNodes(c.Headers))
	if c.OnlyOK != nil {
		m.add("only_ok", flag(*c.OnlyOK))
	}
	if c.Close != nil {
		m.add("close", flag(*c.Close))
	}
	if c.Delay != nil {
		m.add("delay", number(*c.Delay))
	}
	return m
}
