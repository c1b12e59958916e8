package scenario_test

import (
	"testing"

	"corslab/lab/scenario"
	"corslab/lab/scenario/scenariotest"
)

func TestCaller(t *testing.T) {
	o := scenariotest.Origins(t)
	for caller, want := range map[scenario.Caller][2]string{
		"page":  {"http://localhost:8080", "http://localhost:8080/runner"},
		"other": {"http://127.0.0.1:8080", "http://127.0.0.1:8080/runner"},
		"shop":  {"http://shop.app.localhost:8080", "http://shop.app.localhost:8080/runner"},
		"null":  {"null", "http://localhost:8080/runner"},
	} {
		if caller.Origin(o) != want[0] || caller.Runner(o) != want[1] {
			t.Errorf("%s: origin %q, runner %q, want %q", caller, caller.Origin(o), caller.Runner(o), want)
		}
	}
	for _, caller := range scenario.Callers() {
		if caller.Origin(o) == "" {
			t.Errorf("%s has no origin, so it can't run scripts", caller)
		}
	}
}
