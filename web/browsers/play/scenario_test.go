package play_test

import (
	"testing"

	"corslab/web/browsers/play"
)

// TestProblem checks that each problem reads as one line.
func TestProblem(t *testing.T) {
	for want, problem := range map[string]play.Problem{
		"solution 2: it solves; the file says that it does not (solutions[1])": {
			Where: "solution 2", At: "solutions[1]", Found: "it solves", Expected: "the file says that it does not",
		},
		"start: it could not be played: the page says: no (expect)": {
			Where: "start", At: "expect", Found: "it could not be played: the page\n  says: no",
		},
		"run 3: the page has the verdict for firefox; the browser is webkit": {
			Where: "run 3", Found: "the page has the verdict for firefox", Expected: "the browser is webkit",
		},
	} {
		if got := problem.String(); got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
	}
}
