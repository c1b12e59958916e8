package scenario

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

func (p Policy) node() *yaml.Node {
	m := block()
	m.addFilled("preflight", p.Preflight.mapping(usualPolicy().Preflight))
	m.addFilled("response", p.Response.mapping(usualPolicy().Response))
	m.addLines("routes", routeNodes(p.Routes))
	if p.Front != nil {
		m.add("front", sequence(headerNodes(p.Front.Headers)))
	}
	if p.Account != nil {
		m.add("account", p.Account.node())
	}
	m.addText("cache", string(p.Cache))
	return m.node()
}

func routeNodes(routes []Route) (nodes []*yaml.Node) {
	for _, route := range routes {
		m := block()
		m.add("url", text(route.URL))
		m.addFilled("preflight", route.Preflight.mapping(usualPolicy().Preflight))
		m.addFilled("response", route.Response.mapping(usualPolicy().Response))
		nodes = append(nodes, m.node())
	}
	return nodes
}

// mapping leaves the status out where it is the usual one.
func (a Reply) mapping(usual Reply) *mapping {
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

func (a *Account) node() *yaml.Node {
	m := flow()
	m.addUnless(string(SameSiteUnset), "same_site", string(a.SameSite))
	m.addFlag("token", a.Token)
	return m.node()
}

func headerNodes(headers []Header) (nodes []*yaml.Node) {
	for _, h := range headers {
		m := flow()
		m.Content = append(m.Content, text(h.Name), h.node())
		nodes = append(nodes, m.node())
	}
	return nodes
}

func (h Header) node() *yaml.Node {
	m := flow()
	switch {
	case h.Off:
		h.Off = false
		m.add("off", h.node())
	case h.Rule == Literal && h.Value == "null":
		return word(h.Value)
	case h.Rule == Literal:
		return text(h.Value)
	case h.Rule == Allowlist:
		m.add(string(h.Rule), sequence(texts(h.allowed())))
	case h.Rule.Argued():
		m.add(string(h.Rule), text(h.Value))
	default:
		m.add(string(h.Rule), word("any"))
	}
	return m.node()
}

// allowed lists the origins of an allowlist. One in which other space stands
// than the file's reader puts there is left in one piece.
func (h Header) allowed() []string {
	origins := strings.Fields(h.Value)
	if len(origins) > 0 && strings.Join(origins, " ") != h.Value {
		return []string{h.Value}
	}
	return origins
}

// changed is empty where nothing is.
func (c PolicyChange) changed() *mapping {
	m := flow()
	m.addFilled("preflight", c.Preflight.changed())
	m.addFilled("response", c.Response.changed())
	var routes []*yaml.Node
	for _, route := range c.Routes {
		r := flow()
		r.add("url", text(route.URL))
		r.addFilled("preflight", route.Preflight.changed())
		r.addFilled("response", route.Response.changed())
		routes = append(routes, r.node())
	}
	m.addList("routes", routes)
	m.addList("front", headerNodes(c.Front))
	m.addFilled("account", c.Account.changed())
	m.addText("cache", string(c.Cache))
	return m
}

func (c AccountChange) changed() *mapping {
	m := flow()
	m.addText("same_site", string(c.SameSite))
	if c.Token != nil {
		m.add("token", flag(*c.Token))
	}
	return m
}

func (c ReplyChange) changed() *mapping {
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
