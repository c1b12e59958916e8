package session_test

import (
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/session"
	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
)

func TestJudged(t *testing.T) {
	const refused = "TypeError: Failed to fetch"
	for name, test := range map[string]struct {
		requests []wire.Request
		report   session.Report
		cause    cors.Cause
		differs  []string
	}{
		"the browser does as judged": {
			requests: []wire.Request{preflight()},
			report:   session.Report{Type: "error", Error: refused, Failed: session.FailedFetch},
			cause:    cors.MethodNotAllowed,
		},
		"the browser lets a response through that should be blocked": {
			requests: []wire.Request{preflight(), put("a")},
			report:   session.Report{Type: "cors", Status: 200},
			cause:    cors.MethodNotAllowed,
			differs:  []string{"outcome: expected blocked, found readable", "requests: expected preflight, found preflight, PUT"},
		},
		"something else stops the request before it is sent": {
			report:  session.Report{Type: "error", Error: refused, Failed: session.FailedFetch},
			cause:   cors.MethodNotAllowed,
			differs: []string{"requests: expected preflight, found none"},
		},
		"the runner gives up": {
			report: session.Report{Type: "error", Failed: session.FailedTime},
			cause:  cors.MethodNotAllowed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
			run := s.Start()
			for _, request := range test.requests {
				receive(s, run.Segment, request)
			}
			if _, _, err := s.Settle(run.Number, test.report, cors.Firefox); err != nil {
				t.Fatal(err)
			}
			judged := settledOf(t, s).Judged
			if judged.Verdict.Engine != cors.Firefox || judged.Verdict.Cause != test.cause {
				t.Errorf("judged %s: %q, want %s: %q", judged.Verdict.Engine, judged.Verdict.Cause, cors.Firefox, test.cause)
			}
			if diff := cmp.Diff(test.differs, judged.Differs); diff != "" {
				t.Errorf("differs (-want +got):\n%s", diff)
			}
			var others []cors.Engine
			for _, other := range judged.Others {
				others = append(others, other.Engine)
			}
			if diff := cmp.Diff([]cors.Engine{cors.Chromium, cors.WebKit, cors.Standard}, others); diff != "" {
				t.Errorf("others (-want +got):\n%s", diff)
			}
		})
	}
}

// A browser that got no response may send the request again. That agrees with the
// verdict.
func TestJudged_repeated(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	sc, attempt := s.Attempt()
	attempt.Policy.Preflight.Headers = append(attempt.Policy.Preflight.Headers, policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT"})
	attempt.Policy.Response.Close = true
	s.Put(sc, attempt)
	run := s.Start()
	receive(s, run.Segment, preflight())
	for range 3 {
		receive(s, run.Segment, put("a"))
	}
	if _, _, err := s.Settle(run.Number, session.Report{Type: "error", Failed: session.FailedFetch}, cors.Firefox); err != nil {
		t.Fatal(err)
	}
	judged := settledOf(t, s).Judged
	if judged.Verdict.Cause != cors.NoResponse || len(judged.Differs) > 0 {
		t.Errorf("judged %q, and it differs: %q; want %q and no difference", judged.Verdict.Cause, judged.Differs, cors.NoResponse)
	}
}
