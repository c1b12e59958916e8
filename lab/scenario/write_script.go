package scenario

import "go.yaml.in/yaml/v4"

// node adds what is not as it would be if the file said nothing.
func (s Script) node(m *mapping) *yaml.Node {
	usual := usualScript()
	usual.Kind = s.Kind
	usual.complete()
	m.addUnless(usual.From, "from", s.From)
	m.addUnless(usual.In, "in", s.In)
	m.addUnless(usualScript().Kind, "kind", s.Kind)
	if s.Method != usual.Method {
		m.add("method", text(s.Method))
	}
	m.add("url", text(s.URL))
	m.addUnless(usual.Via, "via", s.Via)
	m.addFlag("pinned", s.Pinned)
	m.addUnless(usual.Mode, "mode", s.Mode)
	m.addList("headers", headerNodes(s.Headers))
	m.addUnless(usual.Credentials, "credentials", s.Credentials)
	m.addUnless(usual.Redirect, "redirect", s.Redirect)
	m.addUnless(usual.CrossOrigin, "crossorigin", s.CrossOrigin)
	s.addBody(m)
	m.addUnless(usual.UploadListener, "upload_listener", s.UploadListener)
	return m.short()
}

func (s Script) addBody(to *mapping) {
	m := flow()
	switch s.sends() {
	case "":
	case "form":
		fields := flow()
		for _, field := range s.Body.Form {
			fields.Content = append(fields.Content, text(field[0]), text(field[1]))
		}
		m.add("form", fields.node())
	default:
		m.add(s.sends(), text(s.Body.Text))
	}
	to.addFilled("body", m)
}

// changed is empty where a solution leaves the script as it is.
func (s Script) changed() *mapping {
	m := flow()
	m.addText("method", s.Method)
	m.addUnless("", "via", s.Via)
	m.addUnless("", "mode", s.Mode)
	m.addList("headers", headerNodes(s.Headers))
	m.addUnless("", "credentials", s.Credentials)
	m.addUnless("", "crossorigin", s.CrossOrigin)
	m.addUnless("", "upload_listener", s.UploadListener)
	m.addUnless("", "stream", s.Stream)
	return m
}
