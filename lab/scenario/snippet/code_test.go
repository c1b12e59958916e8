package snippet_test

import (
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/snippet"

	"github.com/google/go-cmp/cmp"
)

func TestScript_JavaScript(t *testing.T) {
	plain := scenario.Script{Kind: scenario.KindFetch, Method: "GET", Mode: "cors", Credentials: "same-origin", Redirect: "follow"}
	with := func(change func(*scenario.Script)) scenario.Script {
		s := plain
		change(&s)
		return s
	}
	text := func(text string) scenario.Script {
		return with(func(s *scenario.Script) { s.Body = scenario.Body{Kind: "text", Text: text} })
	}
	body := func(code string) string {
		return "const response = await fetch(\"http://a.test/\", {\n  body: " + code + ",\n})\n"
	}
	tests := map[string]struct {
		script scenario.Script
		url    string
		want   string
	}{
		"defaults are not written": {plain, "http://a.test/messages", "const response = await fetch(\"http://a.test/messages\")\n"},
		"every option, in order": {
			scenario.Script{
				Kind: scenario.KindFetch, Method: "PUT", Mode: "same-origin", Credentials: "include", Redirect: "manual",
				Headers: []policy.Header{{Name: "X-Token", Value: "abcd1234"}},
				Body:    scenario.Body{Kind: "text", Text: "hello"},
			},
			"http://a.test/",
			strings.Join([]string{
				`const response = await fetch("http://a.test/", {`,
				`  method: "PUT",`,
				`  mode: "same-origin",`,
				`  credentials: "include",`,
				`  redirect: "manual",`,
				`  headers: [`,
				`    ["X-Token", "abcd1234"],`,
				`  ],`,
				`  body: "hello",`,
				`})`,
				``,
			}, "\n"),
		},
		"methods as they are written": {
			with(func(s *scenario.Script) { s.Method = "get" }), "http://a.test/",
			"const response = await fetch(\"http://a.test/\", {\n  method: \"get\",\n})\n",
		},
		"repeated headers stay, rows that are off or unnamed do not": {
			with(func(s *scenario.Script) {
				s.Headers = []policy.Header{
					{Name: "X-A", Value: "1"}, {Name: "X-B", Value: "off", Off: true}, {Name: "x-a", Value: ""}, {Value: "draft", Own: true}, {Name: "X-A", Value: "1"},
				}
			}), "http://a.test/",
			"const response = await fetch(\"http://a.test/\", {\n  headers: [\n    [\"X-A\", \"1\"],\n    [\"x-a\", \"\"],\n    [\"X-A\", \"1\"],\n  ],\n})\n",
		},
		"only headers that are off": {
			with(func(s *scenario.Script) { s.Headers = []policy.Header{{Name: "X-A", Off: true}} }), "http://a.test/",
			"const response = await fetch(\"http://a.test/\")\n",
		},
		"a form": {
			with(func(s *scenario.Script) {
				s.Body = scenario.Body{Kind: "form", Form: [][]string{{"text", `say "hi"`}, {"text", "it's"}}}
			}), "http://a.test/",
			body(`new URLSearchParams([["text", 'say "hi"'], ["text", "it's"]])`),
		},
		"an empty form":                      {with(func(s *scenario.Script) { s.Body = scenario.Body{Kind: "form"} }), "http://a.test/", body(`new URLSearchParams([])`)},
		"an empty text":                      {text(""), "http://a.test/", body(`""`)},
		"JSON is in single quotes":           {text(`{"text":"hello"}`), "http://a.test/", body(`'{"text":"hello"}'`)},
		"both quotes":                        {text(`"it's"`), "http://a.test/", body(`"\"it's\""`)},
		"a backslash":                        {text(`C:\new`), "http://a.test/", body(`"C:\\new"`)},
		"a backslash and double quotes":      {text(`"\`), "http://a.test/", body(`"\"\\"`)},
		"new lines":                          {text("\"a\r\nb\""), "http://a.test/", body(`"\"a\r\nb\""`)},
		"other invisible characters":         {text("\x00\t\x7f\u200b"), "http://a.test/", body("\"\\u0000\\t\x7f\u200b\"")},
		"line separators":                    {text("a\u2028b\u2029c"), "http://a.test/", body(`"a\u2028b\u2029c"`)},
		"line separators with double quotes": {text("\"\u2028\""), "http://a.test/", body(`"\"\u2028\""`)},
		"an end tag is unchanged, because markup is escaped elsewhere": {text(`</script><!-- & -->`), "http://a.test/", body(`"</script><!-- & -->"`)},
		"an end tag with double quotes":                                {text(`<a href="x">`), "http://a.test/", body(`'<a href="x">'`)},
		"a template's marks":                                           {text("`${x}`"), "http://a.test/", body("\"`${x}`\"")},
		"letters beyond ASCII":                                         {text("Grüße, 世界 🌍"), "http://a.test/", body(`"Grüße, 世界 🌍"`)},
		"the URL is quoted too":                                        {plain, `http://a.test/?a="b"\`, "const response = await fetch(\"http://a.test/?a=\\\"b\\\"\\\\\")\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			want := test.want + "console.log(response.status, await response.text())\n"
			if diff := cmp.Diff(want, snippet.JavaScript(test.script, test.url)); diff != "" {
				t.Errorf("JavaScript() gives other code (-want +got):\n%s", diff)
			}
		})
	}
}
