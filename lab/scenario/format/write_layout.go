package format

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// lineWidth is how long a line can be, in characters, before it is broken.
const lineWidth = 120

// dump writes a copy of the node, because the library removes tags from what it writes.
func dump(node *yaml.Node) ([]byte, error) {
	return yaml.Dump(copied(node), yaml.WithIndent(2), yaml.WithCompactSeqIndent(false), yaml.WithLineWidth(-1), yaml.WithQuotePreference(yaml.QuoteDouble))
}

func copied(node *yaml.Node) *yaml.Node {
	twin := *node
	twin.Content = make([]*yaml.Node, len(node.Content))
	for i, child := range node.Content {
		twin.Content[i] = copied(child)
	}
	return &twin
}

// layOut breaks lists and mappings into lines as a person would: only if they don't fit
// on one. The node begins at the column; if it is broken, its lines begin at the
// indent.
func layOut(node *yaml.Node, column, indent int) {
	if node.Kind == yaml.ScalarNode {
		style(node, false)
		return
	}
	if len(node.Content) == 0 || node.Style == yaml.FlowStyle && fits(node, column) {
		style(node, true)
		return
	}
	node.Style = 0
	if node.Kind == yaml.SequenceNode {
		for _, element := range node.Content {
			layOut(element, indent+2, indent+2)
		}
		return
	}
	for name, value := range pairs(node) {
		style(name, true) // a name is never a literal block
		layOut(value, indent+utf8.RuneCountInString(name.Value)+2, indent+2)
	}
}

// fits reports whether a node has room on one line, or can't be broken anyway.
func fits(node *yaml.Node, column int) bool {
	if breaks(node) {
		return false
	}
	if !splits(node) {
		return true
	}
	style(node, true)
	line, err := dump(node)
	return err != nil || column+utf8.RuneCount(bytes.TrimSuffix(line, []byte("\n"))) <= lineWidth
}

// breaks reports whether a node contains a text of several lines.
func breaks(node *yaml.Node) bool {
	return strings.Contains(node.Value, "\n") || slices.ContainsFunc(node.Content, breaks)
}

// splits reports whether a node contains lists or mappings that could have lines of
// their own. A mapping of texts only, such as a header, stays on one line.
func splits(node *yaml.Node) bool {
	parts, nested := len(node.Content), false
	if node.Kind == yaml.MappingNode {
		parts /= 2
	}
	for _, child := range node.Content {
		nested = nested || child.Kind != yaml.ScalarNode
		if splits(child) {
			return true
		}
	}
	return parts > 1 && nested
}

// style sets how texts are quoted: as YAML needs it, with single quotes if that saves
// escapes, and as a literal block if a text has several lines.
func style(node *yaml.Node, inLine bool) {
	for _, child := range node.Content {
		style(child, inLine)
	}
	if node.Kind != yaml.ScalarNode {
		node.Style = yaml.FlowStyle
		return
	}
	node.Style = 0
	switch {
	case strings.Contains(node.Value, "\n") && inLine:
		node.Style = yaml.DoubleQuotedStyle
	case strings.Contains(node.Value, "\n"):
		node.Style = yaml.LiteralStyle
	case node.Tag == "!!str" && onceBoolean(node.Value):
		node.Style = yaml.DoubleQuotedStyle
	case strings.ContainsAny(node.Value, `"\`) && !strings.Contains(node.Value, "'") && quoted(node, inLine):
		node.Style = yaml.SingleQuotedStyle
	}
}

// onceBoolean reports whether YAML 1.1, and so many editors, would read a text as true
// or false.
func onceBoolean(text string) bool {
	return slices.Contains([]string{"y", "yes", "on", "n", "no", "off"}, strings.ToLower(text))
}

// quoted reports whether a text needs quotes.
func quoted(node *yaml.Node, inLine bool) bool {
	list := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{node}}
	if inLine {
		list.Style = yaml.FlowStyle
	}
	line, err := dump(list)
	return err == nil && (bytes.HasPrefix(line, []byte(`["`)) || bytes.HasPrefix(line, []byte(`- "`)))
}
