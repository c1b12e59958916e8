package format

import (
	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// scriptForm is a request.
func scriptForm(s *scenario.Script) form {
	keys := append(settingKeys(s, scenario.Setting.InFile),
		required("url", url.into(&s.URL)),
		optional("pinned", flag.into(&s.Pinned)),
		optional("body", bodyForm(s)),
	)
	return mapping(keys...).and(func() schema { return byKind(keys) }).
		first(func() { s.Kind = scenario.KindFetch }).
		then(func(r *reader, path string, node *yaml.Node) {
			if s.Kind != "" {
				s.Complete()
			}
			r.fits(path, node, *s)
		})
}

// scriptChangeForm is the part of a script that a solution can change.
func scriptChangeForm(s *scenario.Script) form {
	keys := settingKeys(s, scenario.Setting.IsSettable)
	return mapping(keys...).then(func(r *reader, path string, node *yaml.Node) {
		r.later = append(r.later, func(scenario *scenario.Scenario) { r.fits(path, node, scenario.Script.Merge(*s)) })
	})
}

// settingKeys are the keys of the wanted settings, and of the headers.
func settingKeys(s *scenario.Script, wanted func(scenario.Setting) bool) []key {
	var keys []key
	for _, setting := range scenario.Settings() {
		if !wanted(setting) {
			continue
		}
		value := method
		if known := setting.Words(scenario.KindFetch); known != nil {
			value = word(known)
		}
		keys = append(keys, optional(string(setting.Name), value.to(func(word string) { setting.Set(s, word) })))
	}
	return append(keys, optional("headers", sendable.into(&s.Headers)))
}

// bodyForm is what a script sends.
func bodyForm(s *scenario.Script) form {
	return form{schema: bodySchema, read: func(r *reader, path string, node *yaml.Node) {
		s.Body, s.Stream = r.body(path, node)
	}}
}

// body reads what is sent. Stream is on if it is sent as a stream.
func (r *reader) body(path string, node *yaml.Node) (body scenario.Body, stream scenario.Switch) {
	kind, value, ok := r.pair(path, node, `{text: "hello"}`)
	if !ok {
		return scenario.Body{}, ""
	}
	switch at, sends := path+"."+kind.Value, cors.BodyKind(kind.Value); sends {
	case cors.TextBody, cors.JSONBlobBody:
		return scenario.Body{Kind: sends, Text: r.text(at, value)}, ""
	case cors.StreamBody:
		return scenario.Body{Kind: cors.TextBody, Text: r.text(at, value)}, scenario.SwitchOn
	case cors.FormBody:
		return scenario.Body{Kind: sends, Form: r.fields(at, value)}, ""
	}
	r.report(kind, "%s", phrase.UnknownKey(path, kind.Value, phrase.Words(scenario.BodyKinds())))
	return scenario.Body{}, ""
}

// fields reads the names and values of a form's fields, in order.
func (r *reader) fields(path string, node *yaml.Node) [][]string {
	if node.Kind != yaml.MappingNode {
		r.report(node, "%s: found %s; want names and values, such as {text: hello}", path, describe(node))
		return nil
	}
	var fields [][]string
	for name, value := range pairs(node) {
		fields = append(fields, []string{r.text(path, name), r.text(join(path, name.Value), value)})
	}
	return fields
}
