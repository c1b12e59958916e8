package view_test

import (
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"
)

// TestAnnounced checks the announcement for every way in which a run can end.
func TestAnnounced(t *testing.T) {
	get, img := scenario.Script{Kind: "fetch"}, scenario.Script{Kind: "img"}
	one, two := make([]session.Sent, 1), make([]session.Sent, 2)
	blockedFor := func(cause cors.Cause, stage cors.Stage) session.Judged {
		return session.Judged{Compared: true, Verdict: cors.Verdict{Outcome: cors.Blocked, Cause: cause, Stage: stage}}
	}
	for want, settled := range map[string]session.Settled{
		"Run 7: the script can read the answer. 1 request reached the server.": {
			Script: get, Outcome: cors.Readable, Sent: one,
		},
		"Run 7: the script can read the answer. 2 requests reached the server. The scenario is solved.": {
			Script: get, Outcome: cors.Readable, Sent: two, NewlySolved: true,
		},
		"Run 7: the page can read what came. 1 request reached the server.": {
			Script: img, Outcome: cors.Readable, Sent: one,
		},
		"Run 7: the answer is opaque. 1 request reached the server.": {
			Script: get, Outcome: cors.Opaque, Sent: one,
		},
		"Run 7: the answer is an opaque redirect. 1 request reached the server.": {
			Script: get, Outcome: cors.OpaqueRedirect, Sent: one,
		},
		"Run 7: no answer came in time. 1 request reached the server.": {
			Script: get, Outcome: cors.Blocked, Sent: one, Report: session.Report{Failed: session.FailedTime},
		},
		"Run 7: the body of the answer could not be read. 1 request reached the server.": {
			Script: get, Outcome: cors.Blocked, Sent: one, Report: session.Report{Failed: session.FailedBody},
		},
		"Run 7 was blocked. The answer to the preflight has no Access-Control-Allow-Origin, so no foreign origin may read it. 1 request reached the server.": {
			Script: get, Outcome: cors.Blocked, Sent: one, Judged: blockedFor(cors.AllowOriginMissing, cors.StagePreflight),
		},
		"Run 7 was blocked. A script must not use the methods CONNECT, TRACE and TRACK: it gets an exception, and nothing is sent. No request reached the server.": {
			Script: get, Outcome: cors.Blocked, Judged: blockedFor(cors.MethodForbidden, cors.StageRequest),
		},
		"Run 7 was blocked. 1 request reached the server. The judge expected otherwise.": {
			Script: get, Outcome: cors.Blocked, Sent: one,
			Judged: session.Judged{Compared: true, Differs: []string{"outcome: expected readable, found blocked"}},
		},
		"Run 7 was blocked, and not by CORS. 1 request reached the server.": {
			Script: img, Outcome: cors.Blocked, Sent: one, Judged: session.Judged{Beyond: "That is not CORS. What came is no image."},
		},
	} {
		if got := view.Announced(7, settled); got != want {
			t.Errorf("announced: %q\nwant:      %q", got, want)
		}
	}
}

// TestAnnounced_causes checks that every cause is announced in words, not by its name.
func TestAnnounced_causes(t *testing.T) {
	for _, cause := range cors.Causes() {
		for _, stage := range cause.Stages() {
			judged := session.Judged{Compared: true, Verdict: cors.Verdict{Outcome: cors.Blocked, Cause: cause, Stage: stage}}
			got := view.Announced(1, session.Settled{Outcome: cors.Blocked, Judged: judged})
			want := "Run 1 was blocked. " + cause.SummaryAt(stage) + " No request reached the server."
			if got != want || strings.Contains(string(cause), "-") && strings.Contains(got, string(cause)) {
				t.Errorf("%s at the stage %s is announced as %q, want %q", cause, stage, got, want)
			}
		}
	}
}
