package scenario

import "go.yaml.in/yaml/v4"

// node adds what is not as it would be if the file said nothing.
func (s Script) node(m *mapping) *yaml.Node {
	usual := usual(s.Kind)
	via, _ := settingNamed("via")
	for _, t := range Settings() {
		switch t.Name {
		case "method":
			s.addSetting(m, t, usual)
			m.add("url", text(s.URL))
			s.addSetting(m, via, usual)
		case "mode":
			m.addFlag("pinned", s.Pinned)
			s.addSetting(m, t, usual)
			m.addList("headers", headerNodes(s.Headers))
		case "crossorigin":
			s.addSetting(m, t, usual)
			s.addBody(m)
		case "stream", "via": // the body says one, and the other follows the URL
		default:
			s.addSetting(m, t, usual)
		}
	}
	return m.short()
}

func (s Script) addSetting(to *mapping, t Setting, usual Script) {
	value := t.Of(s)
	switch {
	case t.Name == "kind" && value == t.Usual, t.Name != "kind" && value == t.Of(usual):
	case t.Name == "method":
		to.add(t.Name, text(value))
	default:
		to.add(t.Name, word(value))
	}
}

func (s Script) addBody(to *mapping) {
	m := flow()
	switch sends := s.Sends(); sends {
	case "":
	case BodyForm:
		fields := flow()
		for _, field := range s.Body.Form {
			fields.Content = append(fields.Content, text(field[0]), text(field[1]))
		}
		m.add(string(sends), fields.node())
	default:
		m.add(string(sends), text(s.Body.Text))
	}
	to.addFilled("body", m)
}

// changed is empty where a solution leaves the script as it is.
func (s Script) changed() *mapping {
	m := flow()
	for _, t := range Settable() {
		if t.said(s) != "" {
			s.addSetting(m, t, Script{})
		}
		if t.Name == "mode" {
			m.addList("headers", headerNodes(s.Headers))
		}
	}
	return m
}
