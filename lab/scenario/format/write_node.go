package format

import (
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// mappingNode is a YAML mapping that is being built.
type mappingNode struct{ yaml.Node }

// block is a mapping with a line for each key.
func block() *mappingNode { return &mappingNode{yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}} }

// flow is a mapping on one line, if it fits.
func flow() *mappingNode {
	m := block()
	m.Style = yaml.FlowStyle
	return m
}

func (m *mappingNode) node() *yaml.Node { return &m.Node }

// short puts a mapping of one key on one line.
func (m *mappingNode) short() *yaml.Node {
	if len(m.Content) == 2 {
		m.Style = yaml.FlowStyle
	}
	return m.node()
}

func (m *mappingNode) add(name string, value *yaml.Node) {
	m.Content = append(m.Content, wordNode(name), value)
}

// addText adds a text that is not empty.
func (m *mappingNode) addText(name, value string) {
	if value != "" {
		m.add(name, textNode(value))
	}
}

// addUnless adds a word unless it is the usual one.
func (m *mappingNode) addUnless(usual, name, value string) {
	if value != usual {
		m.add(name, wordNode(value))
	}
}

// addNumber adds a number that is not 0.
func (m *mappingNode) addNumber(name string, value int) {
	if value != 0 {
		m.add(name, numberNode(value))
	}
}

// addFlag adds a flag that is set.
func (m *mappingNode) addFlag(name string, set bool) {
	if set {
		m.add(name, flagNode(set))
	}
}

// addFilled adds a mapping that has keys.
func (m *mappingNode) addFilled(name string, value *mappingNode) {
	if len(value.Content) > 0 {
		m.add(name, value.node())
	}
}

// addList adds a list that is not empty.
func (m *mappingNode) addList(name string, values []*yaml.Node) {
	if len(values) > 0 {
		m.add(name, sequenceNode(values))
	}
}

// addLines adds a list that is not empty, with a line for each element.
func (m *mappingNode) addLines(name string, values []*yaml.Node) {
	if len(values) > 0 {
		m.add(name, &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: values})
	}
}

// sequenceNode is a list on one line, if it fits.
func sequenceNode(values []*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle, Content: values}
}

func textNode(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

func textNodes(values []string) []*yaml.Node {
	nodes := make([]*yaml.Node, len(values))
	for i, value := range values {
		nodes[i] = textNode(value)
	}
	return nodes
}

// wordNode is one of the format's words, which need no quotes: not even null as the
// name of an origin.
func wordNode(value string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: value} }

func wordNodes(values []string) []*yaml.Node {
	nodes := make([]*yaml.Node, len(values))
	for i, value := range values {
		nodes[i] = wordNode(value)
	}
	return nodes
}

func numberNode(value int) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(value)}
}

func flagNode(set bool) *yaml.Node {
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
