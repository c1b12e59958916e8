package view_test

import (
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"
)

// TestSettled_run checks that the history describes how each run ended, and names a
// cause only if it is known.
func TestSettled_run(t *testing.T) {
	missing := cors.Verdict{Outcome: cors.Blocked, Cause: cors.AllowOriginMissing, Stage: cors.StageResponse, Steps: []cors.Step{{}}}
	readable := session.Judged{Verdict: cors.Verdict{Outcome: cors.Readable}, Compared: true}
	for name, test := range map[string]struct {
		settled session.Settled
		words   string
		cause   bool
	}{
		"blocked": {
			session.Settled{Outcome: cors.Blocked, Judged: session.Judged{Verdict: missing, Compared: true}}, "Blocked ", true,
		},
		"readable":        {session.Settled{Outcome: cors.Readable, Judged: readable}, "Readable ", false},
		"opaque":          {session.Settled{Outcome: cors.Opaque, Judged: readable}, "Opaque ", false},
		"opaque redirect": {session.Settled{Outcome: cors.OpaqueRedirect, Judged: readable}, "Opaque redirect ", false},
		"not as judged": {
			session.Settled{Outcome: cors.Blocked, Judged: session.Judged{Verdict: missing, Compared: true, Differs: []string{"outcome"}}},
			"Blocked, not as judged ", false,
		},
		"the runner gave up": {
			session.Settled{Outcome: cors.Blocked, Report: session.Report{Failed: session.FailedTime}, Judged: session.Judged{Verdict: missing}},
			"No answer in time ", false,
		},
		"the body broke off": {
			session.Settled{Outcome: cors.Blocked, Report: session.Report{Failed: session.FailedBody}, Judged: session.Judged{Verdict: missing}},
			"Body not readable ", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.settled.Role = scenario.Main
			var html strings.Builder
			if err := view.Settled(view.Lanes{APIs: []string{"http://localhost:8000"}}, session.Entry{Run: 7, Settled: &test.settled}).Render(t.Context(), &html); err != nil {
				t.Fatal(err)
			}
			_, run, _ := strings.Cut(html.String(), `id="run-7"`)
			_, result, _ := strings.Cut(run, `aria-hidden="true"></span> `)
			result, _, _ = strings.Cut(result, "</p>")
			want := test.words
			if test.cause {
				want += `<code class="run__cause">allow-origin-missing</code>`
			}
			if result != want {
				t.Errorf("the run ended with %q, want %q", result, want)
			}
		})
	}
}
