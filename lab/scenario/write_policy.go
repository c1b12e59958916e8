package scenario

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

func (p Policy) node() *yaml.Node {
	m := block()
	m.add("preflight", p.Preflight.node(204))
	m.add("response", p.Response.node(200))
	var routes []*yaml.Node
	for _, route := range p.Routes {
		r := block()
		r.add("url", text(route.URL))
		r.add("preflight", route.Preflight.node(204))
		r.add("response", route.Response.node(200))
		routes = append(routes, r.node())
	}
	m.addList("routes", routes)
	if p.Front != nil {
		m.add("front", sequence(headerNodes(p.Front.Headers)))
	}
	return m.node()
}

// node leaves the status out where it is the usual one.
func (a Answer) node(usual int) *yaml.Node {
	m := block()
	if a.Status != usual {
		m.add("status", number(a.Status))
	}
	m.addList("headers", headerNodes(a.Headers))
	m.addFlag("only_ok", a.OnlyOK)
	m.addFlag("close", a.Close)
	if a.Delay != 0 {
		m.add("delay", number(a.Delay))
	}
	if len(m.Content) == 0 {
		m.Style = yaml.FlowStyle
	}
	return m.node()
}

func headerNodes(headers []Header) (nodes []*yaml.Node) {
	for _, h := range headers {
		m := flow()
		m.add(h.Name, h.node())
		nodes = append(nodes, m.node())
	}
	return nodes
}

func (h Header) node() *yaml.Node {
	m := flow()
	switch {
	case h.Off:
		m.add("off", text(h.Value))
	case h.Rule == Literal:
		return text(h.Value)
	case h.Rule == Allowlist:
		m.add(string(h.Rule), sequence(texts(strings.Fields(h.Value))))
	case h.Rule.Argued():
		m.add(string(h.Rule), text(h.Value))
	default:
		m.add(string(h.Rule), text("any"))
	}
	return m.node()
}

// node is nil where nothing is changed.
func (c PolicyChange) node() *yaml.Node {
	m := block()
	if preflight := c.Preflight.node(); preflight != nil {
		m.add("preflight", preflight)
	}
	if response := c.Response.node(); response != nil {
		m.add("response", response)
	}
	var routes []*yaml.Node
	for _, route := range c.Routes {
		r := block()
		r.add("url", text(route.URL))
		if preflight := route.Preflight.node(); preflight != nil {
			r.add("preflight", preflight)
		}
		if response := route.Response.node(); response != nil {
			r.add("response", response)
		}
		routes = append(routes, r.node())
	}
	m.addList("routes", routes)
	m.addList("front", headerNodes(c.Front))
	return m.nodeOrNil()
}

func (c AnswerChange) node() *yaml.Node {
	m := block()
	if c.Status != 0 {
		m.add("status", number(c.Status))
	}
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
	return m.nodeOrNil()
}
