package format

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Locator finds where things stand in a file.
type Locator struct {
	file string
	src  []byte
	root yaml.Node
}

// NewLocator returns the locator of a file.
func NewLocator(file string, src []byte) *Locator {
	l := &Locator{file: file, src: src}
	if yaml.Load(src, &l.root) != nil {
		l.root = yaml.Node{} // all is found at the beginning
	}
	return l
}

// Problem returns a problem of a file that has none of its form: its message, at
// the key or the element that the place names as messages do, such as
// "goal[0].sent". What does not stand in the file has the place of what it would
// stand in.
func (l *Locator) Problem(place, message string) Problem {
	problem := Problem{File: l.file, Line: 1, Column: 1, Message: message}
	if len(l.root.Content) > 0 {
		node := nodeAt(l.root.Content[0], "", place)
		problem.Line, problem.Column = node.Line, node.Column
	}
	quoted := Problems{problem}
	quoted.Quote(func(string) []byte { return l.src })
	return quoted[0]
}

// nodeAt finds the node of a place below another, whose place is here.
func nodeAt(node *yaml.Node, here, place string) *yaml.Node {
	for _, child := range children(node, here) {
		if rest := len(place) - len(child.place); rest >= 0 && place[:len(child.place)] == child.place &&
			(rest == 0 || place[len(child.place)] == '.' || place[len(child.place)] == '[') {
			return nodeAt(child.node, child.place, place)
		}
	}
	return node
}

// placed is a node with its place.
type placed struct {
	place string
	node  *yaml.Node
}

func children(node *yaml.Node, here string) (all []placed) {
	switch node.Kind {
	case yaml.SequenceNode:
		for i, element := range node.Content {
			all = append(all, placed{fmt.Sprintf("%s[%d]", here, i), element})
		}
	case yaml.MappingNode:
		for name, value := range pairs(node) {
			at := name.Value
			if here != "" {
				at = here + "." + at
			}
			all = append(all, placed{at, value})
		}
	}
	return all
}
