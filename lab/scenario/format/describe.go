package format

import (
	"slices"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"

	"go.yaml.in/yaml/v4"
)

// describe says in a few words what a node is.
func describe(node *yaml.Node) string {
	switch {
	case barePlaceholder(node) != "":
		return barePlaceholder(node) + " without quotes, which YAML takes for a mapping"
	case node.Kind == yaml.MappingNode:
		return "a mapping"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case node.Tag == "!!null":
		return "nothing"
	}
	return phrase.Brief(node.Value)
}

// barePlaceholder returns the {page} that somebody wrote without quotes, or "".
func barePlaceholder(node *yaml.Node) string {
	if node.Kind != yaml.MappingNode || len(node.Content) != 2 || node.Content[1].Tag != "!!null" ||
		!slices.Contains(origin.Placeholders(), node.Content[0].Value) {
		return ""
	}
	return "{" + node.Content[0].Value + "}"
}
