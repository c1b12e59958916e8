package format_test

import (
	"testing"

	"corslab/lab/scenario/format"
)

func TestLocator_Problem(t *testing.T) {
	src := "goal: [{page: readable}, {sent: [GET]}]\nexpect:\n  outcome: blocked\nsolutions:\n  - policy: {}\n  - {}\n"
	for path, want := range map[string]string{
		"goal":               "a.yaml:1:7: message",
		"goal[1]":            "a.yaml:1:26: message",
		"goal[1].sent":       "a.yaml:1:33: message",
		"goal[10]":           "a.yaml:1:7: message",
		"expect.outcome":     "a.yaml:3:12: message",
		"expect.cause":       "a.yaml:3:3: message",
		"solutions[1]":       "a.yaml:6:5: message",
		"solutions[0].polic": "a.yaml:5:5: message",
		"elsewhere":          "a.yaml:1:1: message",
	} {
		if got := format.NewLocator("a.yaml", []byte(src)).Problem(path, "message").String(); got != want {
			t.Errorf("Problem(%s) = %s, want %s", path, got, want)
		}
	}
	if got, want := format.NewLocator("a.yaml", []byte("{")).Problem("goal", "message").String(), "a.yaml:1:1: message"; got != want {
		t.Errorf("Problem() in a file that isn't YAML = %s, want %s", got, want)
	}
}
