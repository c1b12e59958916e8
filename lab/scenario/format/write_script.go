package format

import (
	"corslab/lab/cors"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// scriptNode adds everything that is not the default.
func scriptNode(s scenario.Script, m *mappingNode) *yaml.Node {
	usual := scenario.UsualScript(s.Kind)
	via, _ := scenario.SettingNamed(scenario.InputVia)
	for _, t := range scenario.Settings() {
		switch t.Name {
		case scenario.InputMethod:
			addSetting(m, s, t, usual)
			m.add("url", textNode(s.URL))
			addSetting(m, s, via, usual)
		case scenario.InputMode:
			m.addFlag("pinned", s.Pinned)
			addSetting(m, s, t, usual)
			m.addList("headers", headerNodes(s.Headers))
		case scenario.InputCrossOrigin:
			addSetting(m, s, t, usual)
			addBody(m, s)
		case scenario.InputStream, scenario.InputVia: // the body says the first, and the URL implies the second
		default:
			addSetting(m, s, t, usual)
		}
	}
	return m.short()
}

func addSetting(to *mappingNode, s scenario.Script, t scenario.Setting, usual scenario.Script) {
	value := t.Of(s)
	switch {
	case t.Name == scenario.InputKind && value == t.Usual, t.Name != scenario.InputKind && value == t.Of(usual):
	case t.Name == scenario.InputMethod:
		to.add(string(t.Name), textNode(value))
	default:
		to.add(string(t.Name), wordNode(value))
	}
}

func addBody(to *mappingNode, s scenario.Script) {
	m := flow()
	switch sends := s.Sends(); sends {
	case "":
	case cors.FormBody:
		fields := flow()
		for _, field := range s.Body.Form {
			fields.Content = append(fields.Content, textNode(field[0]), textNode(field[1]))
		}
		m.add(string(sends), fields.node())
	default:
		m.add(string(sends), textNode(s.Body.Text))
	}
	to.addFilled("body", m)
}

// changedScript is empty if a solution leaves the script as it is.
func changedScript(s scenario.Script) *mappingNode {
	m := flow()
	for _, t := range scenario.Settable() {
		if t.Raw(s) != "" {
			addSetting(m, s, t, scenario.Script{})
		}
		if t.Name == scenario.InputMode {
			m.addList("headers", headerNodes(s.Headers))
		}
	}
	return m
}
