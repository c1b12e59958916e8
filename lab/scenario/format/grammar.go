package format

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// grammar is what a reader draws instead of reading a file: for each place what
// can stand there. So the schema of the format is what the reader really wants.
// A nil grammar draws nothing.
type grammar struct{ places map[string]schema }

// schema is a JSON Schema (https://json-schema.org/draft/2020-12).
type schema map[string]any

// Keys lists the places of all keys that a scenario file can have, sorted:
// "script.url", "goal[0].because". Those inside of a header's row are not among
// them.
func Keys() []string {
	var all []string
	for place, s := range drawn().places {
		for _, name := range s.keys() {
			all = append(all, join(place, name))
		}
	}
	return slices.Sorted(slices.Values(all))
}

// Schema returns a JSON Schema of the files. What describes a key is asked for
// by its place, as [Keys] has it; "" for nothing.
func Schema(describe func(place string) string) ([]byte, error) {
	whole, defined := drawn().build(top, describe), newDefinitions()
	defined.tally(whole)
	root := defined.hoist("", whole)
	defined.made["headers"], defined.made["value"], defined.made["rule"] = headerRows(), headerValues(), rulesSchema()
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A scenario of corslab"
	root["$defs"] = defined.made
	var src bytes.Buffer
	encoder := json.NewEncoder(&src)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(root)
	return src.Bytes(), err
}

// drawn goes through all keys without a file.
func drawn() *grammar {
	r := newReader("", "")
	r.grammar = &grammar{places: make(map[string]schema)}
	r.scenario(new(scenario.Scenario), new(yaml.Node))
	return r.grammar
}

// build makes one schema of a place and of all below it.
func (g *grammar) build(place string, describe func(string) string) schema {
	s := maps.Clone(g.places[place])
	if names := s.keys(); names != nil {
		properties := schema{}
		for _, name := range names {
			at := join(place, name)
			value := g.build(at, describe)
			if text := describe(at); text != "" {
				value["description"] = text
			}
			properties[name] = value
		}
		s["properties"], s["additionalProperties"] = properties, false
	}
	if s["type"] == "array" {
		s["items"] = g.build(place+"[0]", describe)
	}
	return s
}

// keys are the names that a mapping was drawn with, nil where it is none.
func (s schema) keys() []string {
	properties, _ := s["properties"].([]string)
	return properties
}

// set notes what can stand at a place, in the stead of what was noted there. It
// reports whether a grammar is drawn.
func (g *grammar) set(place string, s schema) bool {
	if g == nil {
		return false
	}
	g.places[place] = s
	return true
}

// add notes more about a place.
func (g *grammar) add(place string, s schema) {
	if g != nil {
		maps.Copy(g.places[place], s)
	}
}

// mapping draws a mapping and the values of all its keys.
func (g *grammar) mapping(place string, node *yaml.Node, keys []key) bool {
	if g == nil {
		return false
	}
	s := schema{"type": "object", "properties": names(keys)}
	required := slices.DeleteFunc(slices.Clone(keys), func(k key) bool { return !k.required })
	if len(required) > 0 {
		s["required"] = names(required)
	}
	g.places[place] = s
	for _, k := range keys {
		k.read(join(place, k.name), node)
	}
	return true
}

// list draws a list by its first element.
func (g *grammar) list(place string, node *yaml.Node, read func(place string, node *yaml.Node)) bool {
	if !g.set(place, schema{"type": "array"}) {
		return false
	}
	read(place+"[0]", node)
	return true
}

// text draws a text: YAML takes some for numbers and for true and false.
func (g *grammar) text(place string) bool {
	return g.set(place, schema{"type": []string{"string", "number", "boolean"}})
}

// word draws one of several words, of which YAML takes some for something else.
func (g *grammar) word(place string, words []string) bool {
	all := []any{}
	for _, word := range words {
		all = append(all, word)
		switch word {
		case "true", "false":
			all = append(all, word == "true")
		case "null":
			all = append(all, nil)
		}
	}
	return g.set(place, schema{"enum": all})
}

// pattern draws a text that looks a certain way.
func (g *grammar) pattern(place, pattern string) {
	g.add(place, schema{"type": "string", "pattern": pattern})
}

// oneFact draws that a line of the goal says one thing.
func (g *grammar) oneFact(place string) {
	if g == nil {
		return
	}
	var facts []schema
	for _, name := range g.places[place].keys() {
		if name != "because" && name != "from" {
			facts = append(facts, schema{"required": []string{name}})
		}
	}
	g.add(place, schema{"oneOf": facts})
}

// becauseBlocked draws that an end has a cause and a stage where it is blocked,
// and only there.
func (g *grammar) becauseBlocked(place string) {
	why := []string{"cause", "stage"}
	g.add(place, schema{
		"if":   schema{"properties": schema{"outcome": schema{"const": "blocked"}}},
		"then": schema{"required": why},
		"else": schema{"properties": schema{"cause": false, "stage": false}},
	})
}

// byKind draws which keys of a script go with which kinds.
func (g *grammar) byKind(place string) {
	if g == nil {
		return
	}
	var rules []schema
	for _, name := range g.places[place].keys() {
		kinds := scenario.KindsWith(name)
		if kinds == nil {
			continue
		}
		goes := schema{"properties": schema{"kind": schema{"enum": kinds}}}
		if !slices.Contains(kinds, scenario.KindFetch) {
			goes["required"] = []string{"kind"}
		}
		rules = append(rules, schema{"if": goes, "else": schema{"properties": schema{name: false}}})
	}
	g.add(place, schema{"allOf": rules})
}

const tokenPattern = "^[0-9A-Za-z!#$%&'*+.^_`|~-]{1,128}$"

// headerRows are a list of headers.
func headerRows() schema {
	return schema{
		"type": "array", "maxItems": policy.MaxHeaders,
		"items": schema{
			"type": "object", "minProperties": 1, "maxProperties": 1,
			"propertyNames":        schema{"pattern": tokenPattern},
			"additionalProperties": schema{"$ref": "#/$defs/value"},
		},
	}
}

// headerValues are what can stand for a header's value.
func headerValues() schema {
	off := schema{
		"type": "object", "required": []string{"off"}, "additionalProperties": false,
		"properties": schema{"off": schema{"anyOf": []schema{scalar(), {"$ref": "#/$defs/rule"}}}},
	}
	return schema{"anyOf": []schema{scalar(), {"$ref": "#/$defs/rule"}, off}}
}

func scalar() schema {
	return schema{"type": []string{"string", "number", "boolean", "null"}, "maxLength": policy.MaxHeaderValue, "pattern": "^[^\\r\\n\\x00]*$"}
}

// rulesSchema has the values that are computed.
func rulesSchema() schema {
	properties := schema{}
	for _, rule := range policy.Rules()[1:] {
		switch {
		case rule == policy.Allowlist:
			properties[string(rule)] = schema{"type": "array", "items": schema{"type": "string", "pattern": "\\S"}}
		case rule.Argued():
			properties[string(rule)] = schema{"type": []string{"string", "number", "boolean"}}
		default:
			properties[string(rule)] = schema{"const": "any"}
		}
	}
	return schema{"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1, "maxProperties": 1}
}

// bodiesSchema has what a script can send.
func bodiesSchema() schema {
	text := schema{"type": []string{"string", "number", "boolean"}}
	properties := schema{}
	for _, kind := range scenario.BodyKinds() {
		properties[string(kind)] = text
	}
	properties["form"] = schema{"type": "object", "additionalProperties": text}
	return schema{"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1, "maxProperties": 1}
}

// urls are the addresses that a file can name.
func urls() schema {
	return schema{"type": "string", "pattern": `^\{(` + strings.Join(origin.APINames(), "|") + `)\}` + strings.TrimPrefix(scenario.PathPattern(), "^")}
}
