package format

import (
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// scriptNode adds what is not as it would be if the file said nothing.
func scriptNode(s scenario.Script, m *mapping) *yaml.Node {
	usual := scenario.UsualScript(s.Kind)
	via, _ := scenario.SettingNamed("via")
	for _, t := range scenario.Settings() {
		switch t.Name {
		case "method":
			addSetting(m, s, t, usual)
			m.add("url", text(s.URL))
			addSetting(m, s, via, usual)
		case "mode":
			m.addFlag("pinned", s.Pinned)
			addSetting(m, s, t, usual)
			m.addList("headers", headerNodes(s.Headers))
		case "crossorigin":
			addSetting(m, s, t, usual)
			addBody(m, s)
		case "stream", "via": // the body says one, and the other follows the URL
		default:
			addSetting(m, s, t, usual)
		}
	}
	return m.short()
}

func addSetting(to *mapping, s scenario.Script, t scenario.Setting, usual scenario.Script) {
	value := t.Of(s)
	switch {
	case t.Name == "kind" && value == t.Usual, t.Name != "kind" && value == t.Of(usual):
	case t.Name == "method":
		to.add(t.Name, text(value))
	default:
		to.add(t.Name, word(value))
	}
}

func addBody(to *mapping, s scenario.Script) {
	m := flow()
	switch sends := s.Sends(); sends {
	case "":
	case scenario.BodyForm:
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

// changedScript is empty where a solution leaves the script as it is.
func changedScript(s scenario.Script) *mapping {
	m := flow()
	for _, t := range scenario.Settable() {
		if t.Said(s) != "" {
			addSetting(m, s, t, scenario.Script{})
		}
		if t.Name == "mode" {
			m.addList("headers", headerNodes(s.Headers))
		}
	}
	return m
}
