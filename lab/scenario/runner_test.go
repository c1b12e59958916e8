package scenario_test

import (
	"slices"
	"testing"

	"corslab/lab/origin"
	"corslab/lab/scenario/format"
)

const withScripts = `corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
before: [{from: shop, in: window, url: "{api}/messages"}, {kind: img, url: "{api}/image.png"}]
also: [{kind: script, url: "{api}/script.js"}, {kind: module, url: "{api}/module.js"}]
attack: [{from: "null", kind: script, url: "{api}/script.js"}]
policy: {}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: blocked}]
solutions: [{}]
`

// TestRunners: scripts that load code from the API have a document of their own, even
// if their caller has another one.
func TestRunners(t *testing.T) {
	s, err := format.Parse("test.yaml", []byte(withScripts))
	if err != nil {
		t.Fatal(err)
	}
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range s.Runners() {
		at := r.Name() + " " + r.URL(o)
		if s.NeedsWindow(r) {
			at += " in a window"
		}
		got = append(got, at)
	}
	want := []string{
		"page http://localhost:8080/runner",
		"shop http://shop.app.localhost:8080/runner in a window",
		"page-script http://localhost:8080/runner/script",
		"null-script http://localhost:8080/runner/script",
	}
	if !slices.Equal(got, want) {
		t.Errorf("runners = %q, want %q", got, want)
	}
}
