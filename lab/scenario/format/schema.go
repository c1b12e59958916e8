package format

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// schema is a JSON Schema (https://json-schema.org/draft/2020-12).
type schema map[string]any

// Keys lists the paths of all keys that a scenario file can have, sorted:
// "script.url", "goal[0].because". The keys in a header's row are not included.
func Keys() []string {
	paths := keysBelow(top, scenarioForm(new(scenario.Scenario)))
	slices.Sort(paths)
	return paths
}

func keysBelow(path string, f form) (all []string) {
	for _, k := range f.keys {
		at := join(path, k.name)
		all = append(append(all, at), keysBelow(at, k.form)...)
	}
	if f.element != nil {
		all = append(all, keysBelow(path+"[0]", f.element())...)
	}
	return all
}

// Schema returns a JSON Schema of the files. It asks describe for the description of
// each key by its path, as in [Keys]; "" means that there is none.
func Schema(describe func(path string) string) ([]byte, error) {
	whole, defined := scenarioForm(new(scenario.Scenario)).whole(top, describe), newDefinitions()
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

// whole is the schema of a form with its keys and elements.
func (f form) whole(path string, describe func(string) string) schema {
	s := f.schema()
	if f.keys != nil {
		properties := schema{}
		for _, k := range f.keys {
			at := join(path, k.name)
			value := k.form.whole(at, describe)
			if text := describe(at); text != "" {
				value["description"] = text
			}
			properties[k.name] = value
		}
		s["properties"], s["additionalProperties"] = properties, false
	}
	if f.element != nil {
		s["items"] = f.element().whole(path+"[0]", describe)
	}
	return s
}

func mappingSchema(keys []key) schema {
	s := schema{"type": "object"}
	needed := slices.DeleteFunc(slices.Clone(keys), func(k key) bool { return !k.required })
	if len(needed) > 0 {
		s["required"] = names(needed)
	}
	return s
}

// textSchema allows numbers and true and false, because YAML reads some texts as such.
func textSchema() schema { return schema{"type": []string{"string", "number", "boolean"}} }

func filledSchema() schema {
	s := textSchema()
	s["pattern"] = `\S`
	return s
}

// wordSchema allows what YAML makes of some words, too.
func wordSchema(words []string) schema {
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
	return schema{"enum": all}
}

// oneFact allows exactly one fact in a line of the goal.
func oneFact(keys []key) schema {
	var facts []schema
	for _, name := range names(keys) {
		if isFact(name) {
			facts = append(facts, schema{"required": []string{name}})
		}
	}
	return schema{"oneOf": facts}
}

// becauseBlocked wants a cause and a stage if the outcome is blocked, and refuses them
// otherwise.
func becauseBlocked() schema {
	return schema{
		"if":   schema{"properties": schema{"outcome": schema{"const": "blocked"}}},
		"then": schema{"required": []string{"cause", "stage"}},
		"else": schema{"properties": schema{"cause": false, "stage": false}},
	}
}

// byKind says which keys of a script need which kind.
func byKind(keys []key) schema {
	var rules []schema
	for _, name := range names(keys) {
		kinds := scenario.KindsWith(scenario.Input(name))
		if kinds == nil {
			continue
		}
		goes := schema{"properties": schema{"kind": schema{"enum": kinds}}}
		if !slices.Contains(kinds, scenario.KindFetch) {
			goes["required"] = []string{"kind"}
		}
		rules = append(rules, schema{"if": goes, "else": schema{"properties": schema{name: false}}})
	}
	return schema{"allOf": rules}
}

const tokenPattern = "^[0-9A-Za-z!#$%&'*+.^_`|~-]{1,128}$"

// headerRows is a list of headers.
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

// headerValues is a header's value: a text, a rule, or either of them switched off.
func headerValues() schema {
	off := schema{
		"type": "object", "required": []string{"off"}, "additionalProperties": false,
		"properties": schema{"off": schema{"anyOf": []schema{scalarSchema(), {"$ref": "#/$defs/rule"}}}},
	}
	return schema{"anyOf": []schema{scalarSchema(), {"$ref": "#/$defs/rule"}, off}}
}

func scalarSchema() schema {
	return schema{"type": []string{"string", "number", "boolean", "null"}, "maxLength": policy.MaxHeaderValue, "pattern": "^[^\\r\\n\\x00]*$"}
}

// rulesSchema is a value that the server computes.
func rulesSchema() schema {
	properties := schema{}
	for _, rule := range policy.Rules()[1:] {
		switch {
		case rule == policy.Allowlist:
			properties[string(rule)] = schema{"type": "array", "items": schema{"type": "string", "pattern": "\\S"}}
		case rule.HasArgument():
			properties[string(rule)] = textSchema()
		default:
			properties[string(rule)] = schema{"const": "any"}
		}
	}
	return schema{"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1, "maxProperties": 1}
}

// bodySchema is what a script can send.
func bodySchema() schema {
	properties := schema{}
	for _, kind := range scenario.BodyKinds() {
		properties[string(kind)] = textSchema()
	}
	properties["form"] = schema{"type": "object", "additionalProperties": textSchema()}
	return schema{"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1, "maxProperties": 1}
}

// urlSchema is a URL at one of the APIs.
func urlSchema() schema {
	return schema{"type": "string", "pattern": `^\{(` + strings.Join(origin.APINames(), "|") + `)\}` + strings.TrimPrefix(scenario.PathPattern(), "^")}
}
