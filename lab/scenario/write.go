package scenario

import (
	"bytes"
	"strconv"
	"strings"

	"corslab/lab/cors"

	"go.yaml.in/yaml/v4"
)

// Write returns the scenario as a file that [Parse] reads again, without what
// is as it would be if the file said nothing.
func Write(s *Scenario) ([]byte, error) {
	var file bytes.Buffer
	encoder := yaml.NewEncoder(&file)
	encoder.SetIndent(2)
	if err := encoder.Encode(s.node()); err != nil {
		return nil, err
	}
	if err := encoder.Close(); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

func (s *Scenario) node() *yaml.Node {
	m := block()
	m.add("corslab", number(Version))
	m.add("title", text(s.Title))
	m.add("track", text(s.Track))
	m.addList("covers", texts(s.Covers))
	m.add("story", text(s.Story))
	m.add("script", s.Script.node())
	for _, role := range []Role{Before, Also, Attack} {
		m.addList(string(role), s.partNodes(role))
	}
	m.add("policy", s.Policy.node())
	m.add("change", sequence(texts(s.Change)))
	m.add("expect", s.Expect.node())
	m.add("goal", sequence(s.goalNodes()))
	m.addList("hints", texts(s.Hints))
	m.add("solutions", sequence(changeNodes(s.Solutions)))
	m.addList("wrong", changeNodes(s.Wrong))
	return m.node()
}

func (s *Scenario) partNodes(role Role) (nodes []*yaml.Node) {
	for _, part := range s.Others {
		if part.Role == role {
			nodes = append(nodes, part.Script.node())
		}
	}
	return nodes
}

func (s *Scenario) goalNodes() (nodes []*yaml.Node) {
	for _, f := range s.Goal {
		m := flow()
		who := f.Who
		if who == "" {
			who = s.Script.From
		}
		switch {
		case f.Outcome != "":
			m.add(who, text(string(f.Outcome)))
		case f.Sent != nil:
			m.add("sent", sequence(texts(f.Sent)))
		case f.Cookies != nil:
			m.add("cookies", sequence(texts(f.Cookies)))
		default:
			m.add("shows", sequence(texts(f.Shows)))
		}
		m.addText("because", f.Because)
		nodes = append(nodes, m.node())
	}
	return nodes
}

func (e Expect) node() *yaml.Node {
	m := flow()
	e.add(m)
	if len(e.Errors) > 0 {
		errors := flow()
		for _, engine := range browsers() {
			if name, said := e.Errors[engine]; said {
				errors.add(engine, text(name))
			}
		}
		m.add("errors", errors.node())
	}
	if e.Sent != nil {
		m.add("sent", sequence(texts(e.Sent)))
	}
	for _, engine := range browsers() {
		if other, said := e.Others[engine]; said {
			ends := flow()
			other.add(ends)
			m.add(engine, ends.node())
		}
	}
	return m.node()
}

// add adds how a run ends.
func (e Expect) add(to *mapping) {
	to.add("outcome", text(string(e.Outcome)))
	if e.Outcome == cors.Blocked {
		to.add("cause", text(string(e.Cause)))
		to.add("stage", text(string(e.Stage)))
	}
}

func changeNodes(changes []Change) (nodes []*yaml.Node) {
	for _, c := range changes {
		m := block()
		if script := c.Script.changeNode(); script != nil {
			m.add("script", script)
		}
		if policy := c.Policy.node(); policy != nil {
			m.add("policy", policy)
		}
		if c.Sends != 1 {
			m.add("sends", number(c.Sends))
		}
		m.addText("because", c.Because)
		nodes = append(nodes, m.node())
	}
	return nodes
}

// mapping is a YAML mapping in the making.
type mapping struct{ yaml.Node }

func block() *mapping { return &mapping{yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}} }

// flow is a mapping on one line.
func flow() *mapping {
	m := block()
	m.Style = yaml.FlowStyle
	return m
}

func (m *mapping) node() *yaml.Node { return &m.Node }

// nodeOrNil is nil for a mapping without keys.
func (m *mapping) nodeOrNil() *yaml.Node {
	if len(m.Content) == 0 {
		return nil
	}
	return m.node()
}

func (m *mapping) add(name string, value *yaml.Node) {
	m.Content = append(m.Content, text(name), value)
}

// addText adds a text that is not empty.
func (m *mapping) addText(name, value string) {
	if value != "" {
		m.add(name, text(value))
	}
}

// addList adds a list that is not empty.
func (m *mapping) addList(name string, values []*yaml.Node) {
	if len(values) > 0 {
		m.add(name, sequence(values))
	}
}

// addFlag adds a flag that is set.
func (m *mapping) addFlag(name string, set bool) {
	if set {
		m.add(name, flag(set))
	}
}

func sequence(values []*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: values}
}

func text(value string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	if strings.Contains(value, "\n") {
		node.Style = yaml.LiteralStyle
	}
	return node
}

func texts(values []string) []*yaml.Node {
	nodes := make([]*yaml.Node, len(values))
	for i, value := range values {
		nodes[i] = text(value)
	}
	return nodes
}

func number(value int) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(value)}
}

func flag(set bool) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(set)}
}
