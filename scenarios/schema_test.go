package scenarios_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corslab/lab/scenario/format"
	"corslab/scenarios"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

var update = flag.Bool("update", false, "rewrite scenario.schema.json")

const schemaFile = "scenario.schema.json"

// TestSchema checks that the schema is up to date. The code that reads files gives its
// structure, and README.md describes each key.
func TestSchema(t *testing.T) {
	known := documented(t)
	want, err := format.Schema(func(path string) string { return known[path] })
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale; run go generate ./scenarios", schemaFile)
	}
	if !*update && !bytes.Equal(scenarios.Schema, got) {
		t.Errorf("the embedded schema differs from %s", schemaFile)
	}
}

// TestSchema_valid checks that the schema accepts every file that can be read.
func TestSchema_valid(t *testing.T) {
	schema := compiled(t)
	for _, pattern := range []string{"[0-9]*.yaml", "../lab/scenario/format/testdata/ok/*", "../lab/scenario/format/testdata/written/*", "../web/e2e/testdata/kinds/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("Glob(%q) = %v, %v, want files", pattern, files, err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(instance(t, src)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	for i, example := range examples(t, readme(t)) {
		if err := schema.Validate(instance(t, []byte(example))); err != nil {
			t.Errorf("file %d of README.md: %v", i+1, err)
		}
	}
}

// TestSchema_invalid checks that both the schema and Parse reject common mistakes.
func TestSchema_invalid(t *testing.T) {
	schema := compiled(t)
	whole := examples(t, readme(t))[0]
	for name, change := range map[string][2]string{
		"a misspelled key":                {"track:", "trakc:"},
		"a missing key":                   {"title: My first scenario\n", ""},
		"another version":                 {"corslab: 1", "corslab: 2"},
		"a misspelled word":               {"allow-origin-missing", "allow-orign-missing"},
		"a cause, but nothing failed":     {"outcome: blocked", "outcome: readable"},
		"blocked without a cause":         {", cause: allow-origin-missing", ""},
		"an address without placeholder":  {"{api}/messages", "http://localhost:8000/messages"},
		"a placeholder that isn't an API": {"{api}/messages", "{page}/messages"},
		"a key of another kind":           {`{url: "{api}/messages"}`, `{kind: img, mode: cors, url: "{api}/image.png"}`},
		"a key that only some kinds have": {`{url: "{api}/messages"}`, `{url: "{api}/messages", crossorigin: anonymous}`},
		"an invalid status":               {"policy: {}", "policy: {response: {status: 99}}"},
		"headers as a mapping":            {"policy: {}", "policy: {response: {headers: {A: b}}}"},
		"an invalid header name":          {"policy: {}", "policy: {response: {headers: [{A b: c}]}}"},
		"a value of two lines":            {"policy: {}", `policy: {response: {headers: [{A: "b\r\nC: d"}]}}`},
		"two facts in one line":           {"[{page: readable}]", "[{page: readable, sent: [GET]}]"},
		"no goal":                         {"[{page: readable}]", "[]"},
		"an unknown rule":                 {"policy: {}", "policy: {response: {headers: [{A: {suffx: b}}]}}"},
		"a wrong answer without because":  {"solutions:", "wrong: [{}]\nsolutions:"},
	} {
		t.Run(name, func(t *testing.T) {
			src := strings.Replace(whole, change[0], change[1], 1)
			if src == whole {
				t.Fatalf("the first file doesn't contain %q", change[0])
			}
			if err := schema.Validate(instance(t, []byte(src))); err == nil {
				t.Errorf("the schema accepts this, want an error:\n%s", src)
			}
			if _, err := format.Parse("a.yaml", []byte(src)); err == nil {
				t.Errorf("Parse() accepts this, want an error:\n%s", src)
			}
		})
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(scenarios.Schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaFile, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// instance returns a file in the form in which editors validate it.
func instance(t *testing.T, src []byte) any {
	t.Helper()
	var document yaml.Node
	if err := yaml.Load(src, &document); err != nil {
		t.Fatal(err)
	}
	return value(t, document.Content[0])
}

func value(t *testing.T, node *yaml.Node) any {
	t.Helper()
	switch node.Kind {
	case yaml.MappingNode:
		object := make(map[string]any)
		for i := 0; i+1 < len(node.Content); i += 2 {
			object[node.Content[i].Value] = value(t, node.Content[i+1])
		}
		return object
	case yaml.SequenceNode:
		list := []any{}
		for _, element := range node.Content {
			list = append(list, value(t, element))
		}
		return list
	}
	switch node.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return node.Value == "true"
	case "!!int", "!!float":
		return json.Number(node.Value)
	}
	return node.Value
}
