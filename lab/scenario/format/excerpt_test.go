package format

import (
	"strings"
	"testing"
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
			if got := excerpt(test.line, test.column); got != test.want {
				t.Errorf("excerpt() = %q, want %q", got, test.want)
			}
		})
	}
}
