package scenario

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// At returns a problem of a file that has none of its form: its message, at the
// key or the element that the place names as messages do, such as "goal[0].sent".
// What does not stand in the file has the place of what it would stand in.
func At(file string, src []byte, place, message string) Problem {
	problem := Problem{File: file, Line: 1, Column: 1, Message: message}
	var root yaml.Node
	if yaml.Load(src, &root) == nil && len(root.Content) > 0 {
		if node := nodeAt(root.Content[0], "", place); node != nil {
			problem.Line, problem.Column = node.Line, node.Column
		}
	}
	quoted := Problems{problem}
	quoted.quote(func(string) []byte { return src })
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
