package scenario_test

import (
	"strings"
	"testing"

	"corslab/lab/scenario"
)

func TestExcerpt(t *testing.T) {
	tests := map[string]struct {
		line   string
		column int
		want   string
	}{
		"a line":                  {"bb: 2", 5, "bb: 2\n    ^"},
		"a line of Windows":       {"a: 1\r", 4, "a: 1\n   ^"},
		"letters of two bytes":    {"ä: ö", 4, "ä: ö\n   ^"},
		"the end of a line":       {"a: 1", 5, "a: 1\n    ^"},
		"behind the end":          {"a", 9, "a\n ^"},
		"a tab":                   {"\ta: 1", 2, " a: 1\n ^"},
		"a terminal's codes":      {"a: \x1b[31mred", 4, "a: \uFFFD[31mred\n   ^"},
		"other direction":         {"a: \u202Eb", 5, "a: \uFFFDb\n    ^"},
		"a long line":             {strings.Repeat("x", 500) + "y" + strings.Repeat("z", 500), 501, "…" + strings.Repeat("x", 60) + "y" + strings.Repeat("z", 59) + "…\n" + strings.Repeat(" ", 61) + "^"},
		"the start of a long one": {strings.Repeat("x", 500), 3, strings.Repeat("x", 120) + "…\n  ^"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := scenario.Excerpt(test.line, test.column); got != test.want {
				t.Errorf("Excerpt() = %q, want %q", got, test.want)
			}
		})
	}
}

func TestAt(t *testing.T) {
	src := "goal: [{page: readable}, {sent: [GET]}]\nexpect:\n  outcome: blocked\nsolutions:\n  - policy: {}\n  - {}\n"
	for place, want := range map[string]string{
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
		if got := scenario.At("a.yaml", []byte(src), place, "message").String(); got != want {
			t.Errorf("At(%s) = %s, want %s", place, got, want)
		}
	}
	if got, want := scenario.At("a.yaml", []byte("{"), "goal", "message").String(), "a.yaml:1:1: message"; got != want {
		t.Errorf("At() of what is no YAML = %s, want %s", got, want)
	}
}
