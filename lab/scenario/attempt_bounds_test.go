package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/scenariotest"
)

// TestScenario_Open_excess submits more than an attempt can have. It is refused as a
// whole, and nothing of it is shown.
func TestScenario_Open_excess(t *testing.T) {
	rows := func(count int, value string) []policy.Header {
		return slices.Repeat([]policy.Header{{Name: "X-A", Value: value, Own: true}}, count)
	}
	for name, test := range map[string]struct {
		edit func(*scenario.Attempt)
		want string // "" if it is within the bounds
	}{
		"as many rows as are allowed": {func(a *scenario.Attempt) { spread(a, rows(12, "")) }, ""},
		"more rows than are allowed":  {func(a *scenario.Attempt) { spread(a, rows(13, "")) }, "found 207 header rows in total; want at most 200"},
		"more rows in one group":      {func(a *scenario.Attempt) { a.Policy.Response.Headers = rows(201, "") }, "found 286 header rows in total; want at most 200"},
		"as much text as is allowed":  {func(a *scenario.Attempt) { a.Policy.Response.Headers = rows(7, strings.Repeat("a", 4_000)) }, ""},
		"more text than is allowed": {
			func(a *scenario.Attempt) {
				a.Policy.Response.Headers = rows(8, strings.Repeat("a", policy.MaxHeaderValue))
			},
			"bytes of text in total; want at most 32768",
		},
		"text that JSON writes twice as long": {
			func(a *scenario.Attempt) {
				a.Policy.Response.Headers = rows(5, strings.Repeat(`"`, policy.MaxHeaderValue))
			},
			"bytes of text in total; want at most 32768",
		},
		"placeholders that expand to more": {
			func(a *scenario.Attempt) { a.Policy.Response.Headers = rows(10, strings.Repeat("{evil}", 170)) },
			"bytes of text in total; want at most 32768",
		},
		"a long text is the fault of its row": {
			func(a *scenario.Attempt) { a.Policy.Response.Headers = rows(1, strings.Repeat("a", 1<<20)) },
			"response:5: the value has 1048576 bytes",
		},
		"the text of the body": {
			func(a *scenario.Attempt) {
				a.Shape.Body, a.Shape.Text = "text", strings.Repeat("a", scenario.MaxText)
				a.Policy.Response.Headers = rows(6, strings.Repeat("a", policy.MaxHeaderValue))
			},
			"bytes of text in total; want at most 32768",
		},
	} {
		t.Run(name, func(t *testing.T) {
			attempt := sandboxAttempt(t)
			test.edit(&attempt)
			_, _, faults := scenariotest.Minimal().Sandbox().Open(attempt, scenariotest.Origins(t))
			if got := faults.String(); test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("faults = %.200q, want %q", got, test.want)
			}
			if whole := strings.Contains(test.want, " in total"); whole != (faults.At(field("attempt")) != "") {
				t.Errorf("faults %.200q, want one of the whole: %t", faults, whole)
			}
		})
	}
}

// spread gives nine groups the rows, and removes all others.
func spread(a *scenario.Attempt, rows []policy.Header) {
	a.Policy.Preflight.Headers, a.Policy.Response.Headers = nil, rows
	for i := range a.Policy.Routes {
		a.Policy.Routes[i].Preflight.Headers, a.Policy.Routes[i].Response.Headers = nil, rows
	}
}
