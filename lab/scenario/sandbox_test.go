package scenario_test

import (
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
)

// TestScenario_Sandbox opens every file in the sandbox. It starts like the scenario,
// and its start can be submitted again.
func TestScenario_Sandbox(t *testing.T) {
	origins := scenariotest.Origins(t)
	for _, s := range []*scenario.Scenario{scenariotest.Minimal(), scenariotest.NullOrigin(), scenariotest.RoutesAndParts(), scenariotest.JSONBody(), scenariotest.EveryKey()} {
		sandbox := s.Sandbox()
		start, own := sandbox.Start(origins), s.Start(origins)
		if start.Shape == nil || own.Shape != nil {
			t.Errorf("%s: shape %v in the sandbox and %v in the scenario, want one in the sandbox only", s.ID, start.Shape, own.Shape)
		}
		shaped, taken, faults := sandbox.Open(start, origins)
		if diff := cmp.Diff(start, taken); diff != "" || len(faults) > 0 {
			t.Errorf("%s: taken otherwise than handed over (-want +got), faults %v:\n%s", s.ID, faults, diff)
		}
		if diff := cmp.Diff(sandbox.Script, shaped.Script); diff != "" {
			t.Errorf("%s: the script in its own shape (-want +got):\n%s", s.ID, diff)
		}
		if _, unshaped, faults := sandbox.Open(own, origins); len(faults) > 0 || unshaped.Shape == nil {
			t.Errorf("%s: a link to the scenario opens in the sandbox with faults %v, shape %v", s.ID, faults, unshaped.Shape)
		}
		if shaped.Solved(nil) {
			t.Errorf("%s: the sandbox is solved", s.ID)
		}
	}
}

func TestScenario_Open(t *testing.T) {
	origins := scenariotest.Origins(t)
	routes := []policy.Route{{Preflight: policy.Reply{Status: 204}, Response: policy.Reply{Status: 200}}}
	tests := map[string]struct {
		shape  func(*scenario.Attempt)
		check  func(*scenario.Scenario, scenario.Attempt) any
		want   any
		faults string
	}{
		"another kind gets its own words": {
			shape: func(a *scenario.Attempt) {
				a.Shape.Kind, a.Script.Method, a.Shape.Body, a.Shape.Text = "form", "PUT", "form", "to=eve\namount=100"
			},
			check: func(s *scenario.Scenario, a scenario.Attempt) any { return []any{a.Script.Method, s.Script.Body.Form} },
			want:  []any{"GET", [][]string{{"to", "eve"}, {"amount", "100"}}},
		},
		"a body that its kind cannot send is left out": {
			shape: func(a *scenario.Attempt) { a.Shape.Kind, a.Shape.Body = "img", "text" },
			check: func(s *scenario.Scenario, _ scenario.Attempt) any {
				return []any{s.Script.Body.Kind, s.Script.CrossOrigin}
			},
			want: []any{cors.BodyKind(""), scenario.CrossOriginNone},
		},
		"a route is offered the usual rows": {
			shape: func(a *scenario.Attempt) {
				a.Shape.Routes, a.Policy.Routes = []scenario.Address{{API: "api2", Path: "/messages"}}, routes
			},
			check: func(_ *scenario.Scenario, a scenario.Attempt) any {
				return []any{a.Policy.Routes[0].URL, len(a.Policy.Reply(policy.Group{Route: 1, Kind: policy.Preflight}).Headers)}
			},
			want: []any{origins.API2.String() + "/messages", 5},
		},
		"the offered origin is the caller's": {
			shape: func(a *scenario.Attempt) { a.Shape.From, a.Policy.Front = "evil", &policy.Front{} },
			check: func(_ *scenario.Scenario, a scenario.Attempt) any { return a.Policy.Front.Headers[0].Value },
			want:  origins.Evil.String(),
		},
		"an unknown kind": {
			shape: func(a *scenario.Attempt) { a.Shape.Kind = "telnet" }, faults: `shape.kind: "telnet" is unknown; want fetch, xhr,`,
		},
		"a path without a slash": {
			shape: func(a *scenario.Attempt) { a.Shape.URL.Path = "messages" }, faults: `shape.path: "messages" is no path; want one such as /messages/0`,
		},
		"an invalid path": {
			shape: func(a *scenario.Attempt) { a.Shape.URL.Path = "/%zz" }, faults: `shape.path: "/%zz" is no path`,
		},
		"a path that leads elsewhere": {
			shape: func(a *scenario.Attempt) { a.Shape.URL.Path = "/a/%2e%2e/../sessions" }, faults: `shape.path: "/a/%2e%2e/../sessions" is no path`,
		},
		"far too many routes": {
			shape: func(a *scenario.Attempt) {
				a.Shape.Routes = make([]scenario.Address, 100_000)
				a.Policy.Routes = make([]policy.Route, 100_000)
			},
			faults: "policy: found 100000 places and answers for 100000; want as many, and at most 8",
		},
		"an origin that isn't the API's": {
			shape: func(a *scenario.Attempt) { a.Shape.URL.API = "page" }, faults: `shape.api: "page" is unknown; want api, api2 or bank`,
		},
		"a long text": {
			shape: func(a *scenario.Attempt) { a.Shape.Text = strings.Repeat("a", scenario.MaxText+1) }, faults: "shape.text: it has 8193 bytes, at most 8192 are allowed",
		},
		"a route twice": {
			shape: func(a *scenario.Attempt) {
				a.Shape.Routes = []scenario.Address{{API: "api", Path: "/messages"}, {API: "api", Path: "/messages"}}
				a.Policy.Routes = append(routes, routes...)
			},
			faults: `route-2.path: "/messages" has a place already`,
		},
		"more addresses than routes": {
			shape: func(a *scenario.Attempt) { a.Shape.Routes = []scenario.Address{{API: "api", Path: "/messages"}} }, faults: "policy: found 1 places and answers for 0",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			sandbox := scenariotest.Minimal().Sandbox()
			submitted := sandbox.Start(origins)
			test.shape(&submitted)
			shaped, taken, faults := sandbox.Open(submitted, origins)
			if got := faults.String(); !strings.HasPrefix(got, test.faults) || (got == "") != (test.faults == "") {
				t.Fatalf("faults = %q, want %q", got, test.faults)
			}
			if test.check == nil {
				return
			}
			if diff := cmp.Diff(test.want, test.check(shaped, taken)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestScenario_Open_elsewhere(t *testing.T) {
	origins := scenariotest.Origins(t)
	submitted := scenariotest.Minimal().Start(origins)
	submitted.Shape = scenariotest.Minimal().Sandbox().Start(origins).Shape
	if _, _, faults := scenariotest.Minimal().Open(submitted, origins); !strings.Contains(faults.String(), "does not let it be changed") {
		t.Errorf("faults = %q, want that a scenario lets its shape not be changed", faults)
	}
}

// TestAttempt_Difference_shape compares two runs in the sandbox. One has one more
// route.
func TestAttempt_Difference_shape(t *testing.T) {
	origins := scenariotest.Origins(t)
	sandbox := scenariotest.Minimal().Sandbox()
	before := sandbox.Start(origins)
	submitted := sandbox.Start(origins)
	submitted.Shape.Kind, submitted.Shape.Routes = "xhr", []scenario.Address{{API: "api2", Path: "/messages"}}
	submitted.Policy.Routes = []policy.Route{{Preflight: policy.Reply{Status: 204}, Response: policy.Reply{Status: 503}}}
	_, after, faults := sandbox.Open(submitted, origins)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var got []string
	for _, e := range after.Difference(before) {
		got = append(got, e.Field.String()+e.Header)
	}
	for _, want := range []string{"shape.kind", "shape.routes", "response-1.status"} {
		if !strings.Contains(strings.Join(got, ", "), want) {
			t.Errorf("difference = %q, want in it %q", got, want)
		}
	}
	before.Difference(after) // the second one lacks a group of the first
}
