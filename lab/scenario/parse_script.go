package scenario

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// script reads the request.
func (r *reader) script(place string, node *yaml.Node) Script {
	s := Script{Kind: KindFetch}
	keys := append(r.settings(&s, byLearner),
		key{"url", true, func(place string, node *yaml.Node) { s.URL = r.url(place, node) }},
		key{"pinned", false, func(place string, node *yaml.Node) { s.Pinned = r.flag(place, node) }},
		key{"body", false, func(place string, node *yaml.Node) { s.Body, s.Stream = r.body(place, node) }},
	)
	r.mapping(place, node, keys...)
	r.grammar.byKind(place)
	if s.Kind != "" {
		s.complete()
	}
	r.fits(place, node, s)
	return s
}

// parts reads the scripts that others run in one role.
func (r *reader) parts(place string, node *yaml.Node, role Role) []Part {
	var parts []Part
	r.rows(place, node, func(place string, node *yaml.Node) {
		parts = append(parts, Part{role, r.script(place, node)})
	})
	return parts
}

// scriptChange reads the part of a script that a solution can change.
func (r *reader) scriptChange(place string, node *yaml.Node) Script {
	var s Script
	r.mapping(place, node, r.settings(&s, byAuthor)...)
	r.later = append(r.later, func(scenario *Scenario) { r.fits(place, node, scenario.Script.merge(s)) })
	return s
}

// settings are the keys of the headers and of all settings but those of one stage.
func (r *reader) settings(s *Script, but settingStage) []key {
	var keys []key
	for _, t := range Settings() {
		if t.stage == but {
			continue
		}
		keys = append(keys, key{t.Name, false, func(place string, node *yaml.Node) {
			if known := t.Words(KindFetch); known != nil {
				t.Set(s, r.word(place, node, known))
			} else {
				t.Set(s, r.method(place, node))
			}
		}})
	}
	return append(keys, key{"headers", false, func(place string, node *yaml.Node) { s.Headers = r.headers(place, node, Header.check) }})
}

func (r *reader) method(place string, node *yaml.Node) string {
	method := r.text(place, node)
	r.grammar.pattern(place, tokenPattern)
	if isText(node) && checkName(method) != "" {
		r.report(node, "%s: found %s; want a method, such as PUT", place, describe(node))
	}
	return method
}

func (r *reader) headerName(place string, node *yaml.Node) string {
	name := r.text(place, node)
	r.grammar.pattern(place, tokenPattern)
	if isText(node) && checkName(name) != "" {
		r.report(node, "%s: found %s; want a header's name, such as X-Custom", place, describe(node))
	}
	return name
}

// apiPath is what may follow an API origin in a file: a path, and perhaps a query.
var apiPath = regexp.MustCompile(`^/[^\s#?{}]*(\?[^\s#]*)?$`)

// isPath reports whether a text can follow an API origin.
func isPath(text string) bool {
	_, err := url.Parse("http://api" + text)
	before, _, _ := strings.Cut(text, "?")
	return err == nil && apiPath.MatchString(text) && !strings.Contains(before, `\`) && badSegment(text) == ""
}

// badEscape is a % that no two hexadecimal digits follow.
var badEscape = regexp.MustCompile(`%([0-9A-Fa-f]?([^0-9A-Fa-f]|$))`)

// badSegment says what of a path would not arrive as it stands: an escape that
// is none, or a dot segment, which a browser takes out of a path before it
// sends it, and a server one that is escaped. It is "" where there is neither.
func badSegment(text string) string {
	path, _, _ := strings.Cut(text, "?")
	if found := badEscape.FindString(path); found != "" {
		return fmt.Sprintf("the escape %s, which is none; want two hexadecimal digits behind %%, or %%25 for the sign itself", brief(found))
	}
	for segment := range strings.SplitSeq(path, "/") {
		decoded, err := url.PathUnescape(segment)
		parts := strings.Split(decoded, "/")
		if err == nil && (slices.Contains(parts, ".") || slices.Contains(parts, "..")) {
			return fmt.Sprintf("the dot segment %s, which leads elsewhere; want the path that it leads to", brief(segment))
		}
	}
	return ""
}

// url reads an address such as {api}/messages/0.
func (r *reader) url(place string, node *yaml.Node) string {
	url := r.text(place, node)
	if r.grammar.set(place, urls()) {
		return ""
	}
	wrong := ""
	for _, name := range APINames() {
		path, found := strings.CutPrefix(url, "{"+name+"}")
		if found && isPath(path) {
			return url
		}
		if found {
			wrong = badSegment(path)
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
func (r *reader) body(place string, node *yaml.Node) (body Body, stream Switch) {
	if r.grammar.set(place, bodiesSchema()) {
		return Body{}, ""
	}
	kind, value, ok := r.pair(place, node, `{text: "hello"}`)
	if !ok {
		return Body{}, ""
	}
	switch at, sends := place+"."+kind.Value, BodyKind(kind.Value); sends {
	case BodyText, BodyJSONBlob:
		return Body{Kind: sends, Text: r.text(at, value)}, ""
	case BodyStream:
		return Body{Kind: BodyText, Text: r.text(at, value)}, SwitchOn
	case BodyForm:
		return Body{Kind: sends, Form: r.form(at, value)}, ""
	}
	r.report(kind, "%s", unknownKey(place, kind.Value, words(BodyKinds())))
	return Body{}, ""
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
