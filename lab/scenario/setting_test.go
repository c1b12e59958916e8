package scenario_test

import (
	"strings"
	"testing"

	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"
	"corslab/lab/scenario/snippet"
)

// TestReferrerPolicy follows one setting through all the code that handles settings.
func TestReferrerPolicy(t *testing.T) {
	o := scenariotest.Origins(t)
	s := parsed(t, "script: {method: POST, mode: no-cors, url: \"{api}/messages\", referrer_policy: no-referrer}", "change: [script.referrer_policy]")
	if got := snippet.JavaScript(s.Script, "http://a.test/"); !strings.Contains(got, `referrerPolicy: "no-referrer"`) {
		t.Errorf("JavaScript() = %s, want it with the policy", got)
	}
	if got := snippet.Curl(s.Script, "http://a.test/", "http://b.test"); !strings.Contains(got, "Origin: null") {
		t.Errorf("Curl() = %s, want it with Origin: null", got)
	}
	file, err := format.Write(s)
	if err != nil || !strings.Contains(string(file), "referrer_policy: no-referrer") {
		t.Errorf("Write() = %s, %v, want a file with the policy", file, err)
	}

	submitted := s.Start(o)
	submitted.Script.ReferrerPolicy = "strict-origin-when-cross-origin"
	attempt, faults := s.Take(submitted, o)
	if len(faults) > 0 || attempt.Script.Request().ReferrerPolicy != "strict-origin-when-cross-origin" {
		t.Errorf("Take() = %+v, %v, want the usual policy in force", attempt.Script, faults)
	}
	if edits := attempt.Difference(s.Start(o)); len(edits) != 1 || edits[0].Field.String() != "script.referrer_policy" || *edits[0].Was != "no-referrer" {
		t.Errorf("Difference() = %+v, want a change of the referrer policy", edits)
	}
	read, err := scenario.ReadLink(scenario.WriteLink(attempt, o), o)
	if err != nil || read.Script.ReferrerPolicy != attempt.Script.ReferrerPolicy {
		t.Errorf("ReadLink() = %+v, %v, want the policy", read.Script, err)
	}
	submitted.Script.ReferrerPolicy = "never"
	if _, faults := s.Take(submitted, o); !strings.Contains(faults.At(field("script.referrer_policy")), "want strict-origin-when-cross-origin, no-referrer,") {
		t.Errorf("Take() finds %v, want a fault that lists the policies", faults)
	}
}

// A setting that a kind doesn't have is refused in a file, and ignored in a sandbox.
func TestReferrerPolicy_kinds(t *testing.T) {
	for _, kind := range scenario.Kinds() {
		want := strings.Contains("fetch img canvas script module", string(kind))
		s := scenario.Script{Kind: kind, ReferrerPolicy: "no-referrer"}
		if got := s.Has("referrer_policy"); got != want {
			t.Errorf("Has() of %s = %t, want %t", kind, got, want)
		}
		if got := len(s.Options()) > 0; got != want {
			t.Errorf("Options() of %s has the policy: %t, want %t", kind, got, want)
		}
	}
}

// parsed is a small scenario with additional lines.
func parsed(t *testing.T, lines ...string) *scenario.Scenario {
	t.Helper()
	s, err := format.Parse("small.yaml", []byte(`corslab: 1
title: Small
track: Test
story: A story.
policy: {}
expect: {outcome: opaque}
goal: [{page: opaque}]
solutions: [{}]
`+strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
