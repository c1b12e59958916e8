package view_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"corslab/lab/glossary"
	"corslab/lab/library"
	"corslab/web/view"
)

// TestLookUp compares the look-up page with testdata/NAME.html, for each kind of result.
func TestLookUp(t *testing.T) {
	for name, text := range map[string]string{
		"look-up":         "",
		"look-up-sure":    "Access to fetch at 'http://a.example/<b>' from origin 'null' has been blocked by CORS policy: Method <i>PUT</i> is not allowed by Access-Control-Allow-Methods in preflight response.",
		"look-up-several": "Preflight response is not successful. Status code: 302",
		"look-up-failed":  "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://a.example/. (Reason: CORS request did not succeed). Status code: (null).",
		"look-up-refused": "GET http://a.example/ net::ERR_CONNECTION_REFUSED",
		"look-up-file":    "Not allowed to load local resource: file:///x",
		"look-up-guess":   "wildcard </textarea><script>alert(1)</script> with credentials",
		"look-up-request": "TypeError: Failed to execute 'fetch' on 'Window': 'TRACE' HTTP method is unsupported.",
		"look-up-vague":   "net::ERR_FAILED",
		"look-up-outside": "net::ERR_BLOCKED_BY_ORB",
		"look-up-nothing": "\"><img src=x onerror=alert(1)>\x00\x80",
	} {
		t.Run(name, func(t *testing.T) {
			checkGolden(t, name, view.LookUp(lookUp(t, text)))
		})
	}
}

// TestLookUp_scenarios checks that the result lists the scenarios of the cause, those of
// the stage first.
func TestLookUp_scenarios(t *testing.T) {
	for text, want := range map[string][]string{
		"No 'Access-Control-Allow-Origin' header is present on the requested resource.": {"at-response", "at-preflight"},
		"PreflightMissingAllowOriginHeader":                                             {"at-preflight", "at-response"},
		"It does not have HTTP ok status.":                                              nil,
	} {
		var html strings.Builder
		if err := view.LookUp(lookUp(t, text)).Render(t.Context(), &html); err != nil {
			t.Fatal(err)
		}
		var got []string
		_, main, _ := strings.Cut(html.String(), "<main")
		for _, part := range strings.Split(main, `href="/scenarios/`)[1:] {
			id, _, _ := strings.Cut(part, `"`)
			got = append(got, id)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%q: scenarios = %v, want %v", text, got, want)
		}
	}
}

// lookUp returns the page for a text, with a library of two scenarios.
func lookUp(t *testing.T, text string) view.LookUpPage {
	t.Helper()
	const src = `corslab: 1
title: "<At> the %"
track: Test
story: Test
script: {method: PUT, url: "{api}/messages/0"}
policy: {response: {status: 200}}
expect: {outcome: blocked, cause: allow-origin-missing, stage: %}
goal: [{page: readable}]
solutions: [{}]
`
	files := fstest.MapFS{}
	for _, stage := range []string{"response", "preflight"} {
		number := map[string]string{"response": "1", "preflight": "2"}[stage]
		files[number+"-at-"+stage+".yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(src, "%", stage))}
	}
	lib, err := library.Load(library.Source{Name: "test", FS: files})
	if err != nil {
		t.Fatal(err)
	}
	g := glossary.New()
	return view.LookUpPage{Reading: g.LookUp(text), Glossary: g, Library: lib}
}
