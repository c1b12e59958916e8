package format

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Locator finds the positions of keys and elements in a file.
type Locator struct {
	file string
	src  []byte
	root yaml.Node
}

// NewLocator returns the locator of a file.
func NewLocator(file string, src []byte) *Locator {
	l := &Locator{file: file, src: src}
	if yaml.Load(src, &l.root) != nil {
		l.root = yaml.Node{} // everything is found at the beginning
	}
	return l
}

// Problem returns a problem that the reader can't see, at the key or the element with
// this path, such as "goal[0].sent". If the file doesn't have it, the problem is at
// the closest thing around it.
func (l *Locator) Problem(path, message string) Problem {
	problem := Problem{File: l.file, Line: 1, Column: 1, Message: message}
	if len(l.root.Content) > 0 {
		node := nodeAt(l.root.Content[0], "", path)
		problem.Line, problem.Column = node.Line, node.Column
	}
	quoted := Problems{problem}
	quoted.Quote(func(string) []byte { return l.src })
	return quoted[0]
}

// nodeAt finds the node at a path. It starts from a node whose own path is here.
func nodeAt(node *yaml.Node, here, path string) *yaml.Node {
	for _, child := range children(node, here) {
		if rest := len(path) - len(child.path); rest >= 0 && path[:len(child.path)] == child.path &&
			(rest == 0 || path[len(child.path)] == '.' || path[len(child.path)] == '[') {
			return nodeAt(child.node, child.path, path)
		}
	}
	return node
}

// located is a node with its path.
type located struct {
	path string
	node *yaml.Node
}

func children(node *yaml.Node, here string) (all []located) {
	switch node.Kind {
	case yaml.SequenceNode:
		for i, element := range node.Content {
			all = append(all, located{fmt.Sprintf("%s[%d]", here, i), element})
		}
	case yaml.MappingNode:
		for name, value := range pairs(node) {
			at := name.Value
			if here != "" {
				at = here + "." + at
			}
			all = append(all, located{at, value})
		}
	}
	return all
}
