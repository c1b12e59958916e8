package scenario

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// fits reports the keys of a script that do not go with its kind, and values
// that do not.
func (r *reader) fits(place string, node *yaml.Node, s Script) {
	if node.Kind != yaml.MappingNode || s.Kind == "" {
		return
	}
	for name, value := range pairs(node) {
		at := join(place, name.Value)
		if kinds := kindsWith(name.Value); !s.Has(name.Value) && !slices.Contains(kinds, s.Kind) {
			r.report(name, "%s: found it with kind %s; want it with %s only", at, s.Kind, oneOf(kinds))
			continue
		}
		switch name.Value {
		case "stream":
			if s.Body.Kind != "text" {
				r.report(value, "%s: found it without a text to send; want it with a body of text", at)
			}
		case "credentials":
			r.fitsKind(at, value, s.Kind, value.Value, s.CredentialsModes())
		case "method":
			if words := s.methods(); words != nil && !slices.Contains(words, value.Value) {
				r.report(value, "%s: found %s with kind %s; want %s", at, describe(value), s.Kind, oneOf(words))
			}
		case "body":
			if s.Body.Kind != "" {
				r.fitsKind(at, value, s.Kind, s.sends(), s.Bodies())
			}
		}
	}
}

// fitsKind reports a word that another kind can have, but not this one. Words
// that none has are reported where they are read.
func (r *reader) fitsKind(place string, node *yaml.Node, kind, found string, words []string) {
	if known := slices.Concat(CredentialsModes(), Script{}.Bodies()); slices.Contains(known, found) && !slices.Contains(words, found) {
		r.report(node, "%s: found %s with kind %s; want %s", place, brief(found), kind, oneOf(words))
	}
}

// changeFits reports a part that is opened to the learner and that scripts of
// this kind do not have.
func (r *reader) changeFits(place string, node *yaml.Node, s Script) {
	part, found := strings.CutPrefix(node.Value, "script.")
	if !found || s.Kind == "" || !slices.Contains(Changeable(), node.Value) || s.Has(part) {
		return
	}
	if part == "stream" {
		r.report(node, "%s: found %s with a body that is no stream; want a script with body {stream: …}", place, node.Value)
		return
	}
	r.report(node, "%s: found %s with kind %s; want it with %s only", place, node.Value, s.Kind, oneOf(kindsWith(part)))
}
