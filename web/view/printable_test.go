package view_test

import (
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"
)

// TestPrintable checks that text from the network, or from the learner's browser,
// reaches the page without control and formatting characters.
func TestPrintable(t *testing.T) {
	const doing = "\x00\x07\x1b\u0085\u00ad\u200b\u202e\u2066"
	report := session.Report{Type: cors.ResponseType(doing), Headers: [][]string{{doing, doing}}, Body: doing, Error: doing}
	blocked := cors.Verdict{
		Outcome: cors.Blocked, Cause: cors.AllowOriginMismatch, Stage: cors.StageResponse, Console: doing,
		Steps: []cors.Step{{Found: doing, Expected: doing}},
	}
	for name, settled := range map[string]session.Settled{
		"blocked":  {Role: scenario.Main, Outcome: cors.Blocked, Report: report, Judged: session.Judged{Verdict: blocked, Others: []cors.Verdict{blocked}}},
		"readable": {Role: scenario.Main, Outcome: cors.Readable, Report: report, Judged: session.Judged{Verdict: cors.Verdict{Outcome: cors.Unknown, Missing: doing}}},
	} {
		var html strings.Builder
		if err := view.Settled(view.Lanes{APIs: []string{"http://localhost:8000"}}, session.Entry{Settled: &settled}).Render(t.Context(), &html); err != nil {
			t.Fatal(err)
		}
		if at := strings.IndexAny(html.String(), doing); at >= 0 {
			t.Errorf("%s: %q reaches the page", name, html.String()[max(at-60, 0):min(at+20, html.Len())])
		}
		if !strings.Contains(html.String(), "�") {
			t.Errorf("%s: nothing stands in their place", name)
		}
	}
}
