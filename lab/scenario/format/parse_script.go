package format

import (
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// script reads the request.
func (r *reader) script(place string, node *yaml.Node) scenario.Script {
	s := scenario.Script{Kind: scenario.KindFetch}
	keys := append(r.settings(&s, scenario.Setting.InFile),
		key{"url", true, func(place string, node *yaml.Node) { s.URL = r.url(place, node) }},
		key{"pinned", false, func(place string, node *yaml.Node) { s.Pinned = r.flag(place, node) }},
		key{"body", false, func(place string, node *yaml.Node) { s.Body, s.Stream = r.body(place, node) }},
	)
	r.mapping(place, node, keys...)
	r.grammar.byKind(place)
	if s.Kind != "" {
		s.Complete()
	}
	r.fits(place, node, s)
	return s
}

// parts reads the scripts that others run in one role.
func (r *reader) parts(place string, node *yaml.Node, role scenario.Role) []scenario.Sender {
	var parts []scenario.Sender
	r.rows(place, node, func(place string, node *yaml.Node) {
		parts = append(parts, scenario.Sender{Role: role, Script: r.script(place, node)})
	})
	return parts
}

// scriptChange reads the part of a script that a solution can change.
func (r *reader) scriptChange(place string, node *yaml.Node) scenario.Script {
	var s scenario.Script
	r.mapping(place, node, r.settings(&s, scenario.Setting.IsSettable)...)
	r.later = append(r.later, func(scenario *scenario.Scenario) { r.fits(place, node, scenario.Script.Merge(s)) })
	return s
}

// settings are the keys of the headers and of the settings that are wanted.
func (r *reader) settings(s *scenario.Script, wanted func(scenario.Setting) bool) []key {
	var keys []key
	for _, t := range scenario.Settings() {
		if !wanted(t) {
			continue
		}
		keys = append(keys, key{t.Name, false, func(place string, node *yaml.Node) {
			if known := t.Words(scenario.KindFetch); known != nil {
				t.Set(s, r.word(place, node, known))
			} else {
				t.Set(s, r.method(place, node))
			}
		}})
	}
	return append(keys, key{"headers", false, func(place string, node *yaml.Node) { s.Headers = r.headers(place, node, policy.Header.Check) }})
}

func (r *reader) method(place string, node *yaml.Node) string {
	method := r.text(place, node)
	r.grammar.pattern(place, tokenPattern)
	if isText(node) && policy.CheckName(method) != "" {
		r.report(node, "%s: found %s; want a method, such as PUT", place, describe(node))
	}
	return method
}

func (r *reader) headerName(place string, node *yaml.Node) string {
	name := r.text(place, node)
	r.grammar.pattern(place, tokenPattern)
	if isText(node) && policy.CheckName(name) != "" {
		r.report(node, "%s: found %s; want a header's name, such as X-Custom", place, describe(node))
	}
	return name
}

// url reads an address such as {api}/messages/0.
func (r *reader) url(place string, node *yaml.Node) string {
	url := r.text(place, node)
	if r.grammar.set(place, urls()) {
		return ""
	}
	wrong := ""
	for _, name := range origin.APINames() {
		path, found := strings.CutPrefix(url, "{"+name+"}")
		if found && scenario.IsPath(path) {
			return url
		}
		if found {
			wrong = scenario.BadSegment(path)
		}
	}
	switch {
	case wrong != "":
		r.report(node, "%s: found %s", place, wrong)
	case isText(node):
		r.report(node, "%s: found %s; want {api}, {api2} or {bank} and a path, such as {api}/messages/0", place, describe(node))
	}
	return ""
}

// body reads what is sent; stream is on if it goes as a stream.
func (r *reader) body(place string, node *yaml.Node) (body scenario.Body, stream scenario.Switch) {
	if r.grammar.set(place, bodiesSchema()) {
		return scenario.Body{}, ""
	}
	kind, value, ok := r.pair(place, node, `{text: "hello"}`)
	if !ok {
		return scenario.Body{}, ""
	}
	switch at, sends := place+"."+kind.Value, scenario.BodyKind(kind.Value); sends {
	case scenario.BodyText, scenario.BodyJSONBlob:
		return scenario.Body{Kind: sends, Text: r.text(at, value)}, ""
	case scenario.BodyStream:
		return scenario.Body{Kind: scenario.BodyText, Text: r.text(at, value)}, scenario.SwitchOn
	case scenario.BodyForm:
		return scenario.Body{Kind: sends, Form: r.form(at, value)}, ""
	}
	r.report(kind, "%s", phrase.UnknownKey(place, kind.Value, phrase.Words(scenario.BodyKinds())))
	return scenario.Body{}, ""
}

func (r *reader) form(place string, node *yaml.Node) [][]string {
	if node.Kind != yaml.MappingNode {
		r.report(node, "%s: found %s; want names and values, such as {text: hello}", place, describe(node))
		return nil
	}
	var fields [][]string
	for name, value := range pairs(node) {
		fields = append(fields, []string{r.text(place, name), r.text(join(place, name.Value), value)})
	}
	return fields
}
