package scenario

import "go.yaml.in/yaml/v4"

// policy reads both answers; the statuses stand where the file has none.
func (r *reader) policy(place string, node *yaml.Node, preflight, response int) Policy {
	p := Policy{Preflight: Answer{Status: preflight}, Response: Answer{Status: response}}
	r.mapping(place, node,
		key{"preflight", false, func(place string, node *yaml.Node) { r.answer(place, node, &p.Preflight) }},
		key{"response", false, func(place string, node *yaml.Node) { r.answer(place, node, &p.Response) }},
	)
	return p
}

func (r *reader) answer(place string, node *yaml.Node, a *Answer) {
	r.mapping(place, node,
		key{"status", false, func(place string, node *yaml.Node) { a.Status = r.number(place, node, 200, 599) }},
		key{"headers", false, func(place string, node *yaml.Node) {
			a.Headers = r.headers(place, node, Header.checkSettable)
		}},
	)
}

// headers reads a list of single pairs: {Name: value}, or {Name: {off: value}}
// for a row that stands there switched off.
func (r *reader) headers(place string, node *yaml.Node, check func(Header) string) []Header {
	var headers []Header
	r.list(place, node, func(place string, node *yaml.Node) {
		name, value, ok := r.pair(place, node, "{X-Token: abcd1234}")
		if !ok {
			return
		}
		header := Header{Name: name.Value}
		if value.Kind == yaml.MappingNode && barePlaceholder(value) == "" {
			r.mapping(join(place, name.Value), value, key{"off", true, func(place string, node *yaml.Node) {
				header.Value, header.Off, value = r.headerText(place, node), true, node
			}})
		} else {
			header.Value = r.headerText(join(place, name.Value), value)
		}
		if problem := check(header); problem != "" {
			at := name
			if problem == checkValue(header.Value) {
				at = value
			}
			r.report(at, "%s: %s", place, problem)
		}
		r.placeholders(join(place, name.Value), value, header.Value)
		headers = append(headers, header)
	})
	if len(headers) > MaxHeaders {
		r.report(node, "%s: found %d headers; at most %d are allowed", place, len(headers), MaxHeaders)
	}
	return headers
}

// headerText reads a header's value: any scalar as it is written. Nothing is
// the empty value, and null is the value null, which is an origin's name.
func (r *reader) headerText(place string, node *yaml.Node) string {
	if node.Kind == yaml.ScalarNode {
		return node.Value
	}
	return r.text(place, node)
}
