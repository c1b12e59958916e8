package format

import (
	"slices"
	"strings"

	"corslab/lab/fields"
	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"

	"go.yaml.in/yaml/v4"
)

var (
	settable = headers(policy.Header.CheckWritten) // what a response can have
	sendable = headers(policy.Header.Check)        // what a script can send
)

// headers is a list of single pairs: {Name: value}, {Name: {off: value}} for a row
// that is switched off, or {Name: {suffix: value}} and so on for a value that the
// server computes from the request's origin.
func headers(check func(policy.Header) string) value[[]policy.Header] {
	return value[[]policy.Header]{
		func() schema { return schema{"$ref": "#/$defs/headers"} },
		func(r *reader, path string, node *yaml.Node) []policy.Header { return r.headers(path, node, check) },
	}
}

func (r *reader) headers(path string, node *yaml.Node, check func(policy.Header) string) []policy.Header {
	var headers []policy.Header
	r.elements(path, node, rowExample, func(path string, node *yaml.Node) {
		name, value, ok := r.pair(path, node, "{X-Token: abcd1234}")
		if !ok {
			return
		}
		header := policy.Header{Name: name.Value}
		value = r.headerValue(join(path, name.Value), value, &header)
		if len(headers) < policy.MaxHeaders { // checking more would take too long
			r.checkHeader(path, name, value, header, check)
		}
		headers = append(headers, header)
	})
	if len(headers) > policy.MaxHeaders {
		r.report(node, "%s: found %d headers; at most %d are allowed", path, len(headers), policy.MaxHeaders)
		headers = headers[:policy.MaxHeaders] // merging more with others would take too long
	}
	return headers
}

// checkHeader reports a problem at the header's name or at its value.
func (r *reader) checkHeader(path string, name, value *yaml.Node, header policy.Header, check func(policy.Header) string) {
	if problem := check(header); problem != "" {
		at := name
		if problem == policy.CheckValue(header.Value) || fields.Lookup(header.Name).Verdict == fields.Confined && header.Rule == policy.Literal {
			at = value
		}
		r.report(at, "%s: %s", path, problem)
	}
	r.placeholders(join(path, name.Value), value, header.Value, origin.Secrets()...)
}

// headerValue reads a header's value. It returns the node that holds the text.
func (r *reader) headerValue(path string, node *yaml.Node, header *policy.Header) *yaml.Node {
	if node.Kind == yaml.MappingNode && barePlaceholder(node) == "" {
		return r.computed(path, node, header)
	}
	header.Value = r.headerText(path, node)
	return node
}

// computed reads a value that is switched off, or a rule, which can be switched off
// too.
func (r *reader) computed(path string, node *yaml.Node, header *policy.Header) *yaml.Node {
	known := append([]string{"off"}, phrase.Words(policy.Rules()[1:])...)
	if header.Off {
		known = phrase.Words(policy.Rules()[1:])
	}
	kind, value, ok := r.pair(path, node, "{off: value} or {suffix: .example}")
	if !ok {
		return node
	}
	switch word := kind.Value; {
	case word == "on":
		r.report(kind, "%s: unknown key %s; want the value alone, which is switched on unless off stands there", path, phrase.Brief(word))
	case !slices.Contains(known, word):
		r.report(kind, "%s", phrase.UnknownKey(path, word, known))
	case word == "off":
		header.Off = true
		return r.headerValue(join(path, word), value, header)
	default:
		header.Rule = policy.Rule(word)
		header.Value = r.argument(join(path, word), value, header.Rule)
	}
	return value
}

// argument reads the argument of a rule.
func (r *reader) argument(path string, node *yaml.Node, rule policy.Rule) string {
	if rule == policy.Allowlist {
		var origins []string
		list(&origins, filled.into).read(r, path, node)
		return strings.Join(origins, " ")
	}
	text := r.headerText(path, node)
	if rule.HasArgument() {
		return text
	}
	if text != "any" {
		r.report(node, "%s: found %s; want any", path, describe(node))
	}
	return ""
}

// headerText reads any scalar as it is written: no value is the empty text, and null is
// the origin null.
func (r *reader) headerText(path string, node *yaml.Node) string {
	if node.Kind == yaml.ScalarNode {
		return node.Value
	}
	return r.text(path, node)
}
