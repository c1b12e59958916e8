package format

import (
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// mapping is a YAML mapping in the making.
type mapping struct{ yaml.Node }

// block is a mapping of which each key has a line of its own.
func block() *mapping { return &mapping{yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}} }

// flow is a mapping that stands on one line where it finds room there.
func flow() *mapping {
	m := block()
	m.Style = yaml.FlowStyle
	return m
}

func (m *mapping) node() *yaml.Node { return &m.Node }

// short is a mapping that stands on one line where it has but one key.
func (m *mapping) short() *yaml.Node {
	if len(m.Content) == 2 {
		m.Style = yaml.FlowStyle
	}
	return m.node()
}

func (m *mapping) add(name string, value *yaml.Node) {
	m.Content = append(m.Content, word(name), value)
}

// addText adds a text that is not empty.
func (m *mapping) addText(name, value string) {
	if value != "" {
		m.add(name, text(value))
	}
}

// addUnless adds a word that is not the usual one.
func (m *mapping) addUnless(usual, name, value string) {
	if value != usual {
		m.add(name, word(value))
	}
}

// addNumber adds a number that is not 0.
func (m *mapping) addNumber(name string, value int) {
	if value != 0 {
		m.add(name, number(value))
	}
}

// addFlag adds a flag that is set.
func (m *mapping) addFlag(name string, set bool) {
	if set {
		m.add(name, flag(set))
	}
}

// addFilled adds a mapping that has keys.
func (m *mapping) addFilled(name string, value *mapping) {
	if len(value.Content) > 0 {
		m.add(name, value.node())
	}
}

// addList adds a list that is not empty.
func (m *mapping) addList(name string, values []*yaml.Node) {
	if len(values) > 0 {
		m.add(name, sequence(values))
	}
}

// addLines adds a list that is not empty and of which each element has a line
// of its own.
func (m *mapping) addLines(name string, values []*yaml.Node) {
	if len(values) > 0 {
		m.add(name, &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: values})
	}
}

// sequence is a list that stands on one line where it finds room there.
func sequence(values []*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle, Content: values}
}

func text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

func texts(values []string) []*yaml.Node {
	nodes := make([]*yaml.Node, len(values))
	for i, value := range values {
		nodes[i] = text(value)
	}
	return nodes
}

// word is one of the words of the format, which need no quotes: not even null,
// where it is an origin's name.
func word(value string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: value} }

func wordNodes(values []string) []*yaml.Node {
	nodes := make([]*yaml.Node, len(values))
	for i, value := range values {
		nodes[i] = word(value)
	}
	return nodes
}

func number(value int) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(value)}
}

func flag(set bool) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(set)}
}

// unreadable returns a text that no file can hold, or "".
func unreadable(node *yaml.Node) string {
	if !utf8.ValidString(node.Value) {
		return node.Value
	}
	for _, child := range node.Content {
		if text := unreadable(child); text != "" {
			return text
		}
	}
	return ""
}
