package format

import (
	"encoding/json"
	"maps"
	"slices"
)

// definitions are the mappings that a schema needs several times. Each is written once,
// under the name of the key where it was found first.
type definitions struct {
	count map[string]int    // of each mapping, as JSON
	name  map[string]string // of the ones that are defined
	made  schema            // by name
}

func newDefinitions() *definitions {
	return &definitions{count: make(map[string]int), name: make(map[string]string), made: schema{}}
}

// asJSON is a schema as JSON without its own description, which depends on the key.
func asJSON(s schema) string {
	s = maps.Clone(s)
	delete(s, "description")
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // a schema holds only values that JSON has
	}
	return string(text)
}

// tally counts how often each mapping is in a schema.
func (d *definitions) tally(s schema) {
	if _, mapping := s["properties"]; mapping {
		d.count[asJSON(s)]++
	}
	mapped(s, "", func(_ string, value schema) schema {
		d.tally(value)
		return value
	})
}

// hoist returns the schema with references in place of the mappings that it has several
// times.
func (d *definitions) hoist(name string, s schema) schema {
	whole := asJSON(s)
	if d.count[whole] < 2 {
		return mapped(s, name, d.hoist)
	}
	if d.name[whole] == "" {
		for d.made[name] != nil {
			name += "_"
		}
		d.name[whole], d.made[name] = name, schema{}
		body := mapped(s, name, d.hoist)
		delete(body, "description")
		d.made[name] = body
	}
	reference := schema{"$ref": "#/$defs/" + d.name[whole]}
	if text, described := s["description"]; described {
		reference["description"] = text
	}
	return reference
}

// mapped returns a schema with each value of a mapping, and the elements of a list,
// replaced by what change makes of it. Elements have the name of their list.
func mapped(s schema, name string, change func(name string, value schema) schema) schema {
	changed := maps.Clone(s)
	if properties, ok := s["properties"].(schema); ok {
		all := maps.Clone(properties)
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			if value, ok := properties[name].(schema); ok {
				all[name] = change(name, value)
			}
		}
		changed["properties"] = all
	}
	if items, ok := s["items"].(schema); ok {
		changed["items"] = change(name, items)
	}
	return changed
}
