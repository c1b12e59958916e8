package scenario

import "go.yaml.in/yaml/v4"

// usualScript is what a script is where its file says nothing but the URL.
func usualScript() Script {
	return Script{From: "page", In: "frame", Kind: "fetch", Method: "GET", Mode: "cors", Credentials: "same-origin", Redirect: "follow"}
}

func (s Script) node() *yaml.Node {
	m, usual := block(), usualScript()
	unusual := func(name, value, usual string) {
		if value != usual {
			m.add(name, text(value))
		}
	}
	unusual("from", s.From, usual.From)
	unusual("in", s.In, usual.In)
	unusual("kind", s.Kind, usual.Kind)
	unusual("method", s.Method, usual.Method)
	m.add("url", text(s.URL))
	m.addFlag("pinned", s.Pinned)
	unusual("mode", s.Mode, usual.Mode)
	unusual("credentials", s.Credentials, usual.Credentials)
	unusual("redirect", s.Redirect, usual.Redirect)
	m.addList("headers", headerNodes(s.Headers))
	if body := s.Body.node(); body != nil {
		m.add("body", body)
	}
	return m.node()
}

// changeNode is the part of a script that a solution changes, nil for none.
func (s Script) changeNode() *yaml.Node {
	m := block()
	m.addText("method", s.Method)
	m.addText("mode", s.Mode)
	m.addText("credentials", s.Credentials)
	m.addList("headers", headerNodes(s.Headers))
	return m.nodeOrNil()
}

func (b Body) node() *yaml.Node {
	m := flow()
	switch b.Kind {
	case "":
		return nil
	case "form":
		fields := flow()
		for _, field := range b.Form {
			fields.add(field[0], text(field[1]))
		}
		m.add(b.Kind, fields.node())
	default:
		m.add(b.Kind, text(b.Text))
	}
	return m.node()
}
