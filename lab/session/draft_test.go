package session_test

import (
	"errors"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/session"

	"github.com/google/go-cmp/cmp"
)

// TestSession_Draft writes down how a run ended in Chromium, and in each engine that
// ends differently.
func TestSession_Draft(t *testing.T) {
	refused := session.Report{Type: "error", Error: "TypeError", Failed: session.FailedFetch}
	noHeader := scenario.End{Outcome: cors.Blocked, Cause: cors.HeaderNotAllowed, Stage: cors.StagePreflight}
	for name, test := range map[string]struct {
		edit   func(*scenario.Attempt)
		report session.Report
		want   scenario.Expect
		err    error
	}{
		"all end the same way": {
			edit:   func(*scenario.Attempt) {},
			report: refused,
			want:   scenario.Expect{End: scenario.End{Outcome: cors.Blocked, Cause: cors.MethodNotAllowed, Stage: cors.StagePreflight}, Sent: []string{"OPTIONS"}},
		},
		"Chromium ends differently": {
			edit: func(a *scenario.Attempt) {
				a.Script.Headers = append(a.Script.Headers, policy.Header{Name: "Save-Data", Value: "on", Own: true})
				a.Policy.Preflight.Headers = append(a.Policy.Preflight.Headers, policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT", Own: true})
			},
			report: refused,
			want: scenario.Expect{
				End:    scenario.End{Outcome: cors.Readable},
				Others: map[cors.Engine]scenario.End{"firefox": noHeader, "webkit": noHeader},
			},
		},
		"only Firefox ends differently": {
			edit: func(a *scenario.Attempt) {
				a.Script.Headers = append(a.Script.Headers, policy.Header{Name: "Content-Type", Value: "text/plain; a=b,c", Own: true})
				a.Policy.Preflight.Headers = append(a.Policy.Preflight.Headers, policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT", Own: true})
			},
			report: refused,
			want:   scenario.Expect{End: scenario.End{Outcome: cors.Readable}, Others: map[cors.Engine]scenario.End{"firefox": noHeader}},
		},
		"the browser differs from the verdict": {
			edit:   func(*scenario.Attempt) {},
			report: session.Report{Type: "cors", Status: 200},
			err:    session.ErrUnexplained,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
			sc, attempt := s.Attempt()
			test.edit(&attempt)
			s.Put(sc, attempt)
			run := s.Start()
			receive(s, run.Segment, preflight())
			if _, _, err := s.Settle(run.Number, test.report, cors.Firefox); err != nil {
				t.Fatal(err)
			}
			draft, err := s.Draft()
			if !errors.Is(err, test.err) {
				t.Fatalf("Draft() = %v, want %v", err, test.err)
			}
			if err != nil {
				return
			}
			if diff := cmp.Diff(test.want, draft.Expect); diff != "" {
				t.Errorf("expectations (-want +got):\n%s", diff)
			}
			if _, err := format.Write(draft); err != nil {
				t.Errorf("the draft cannot be written: %v", err)
			}
		})
	}
}

// TestSession_Draft_notSent: without a run, there is nothing to expect.
func TestSession_Draft_notSent(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	if _, err := s.Draft(); !errors.Is(err, session.ErrNotSent) {
		t.Errorf("before the first run: %v, want %v", err, session.ErrNotSent)
	}
	run := s.Start()
	receive(s, run.Segment, preflight())
	if _, _, err := s.Settle(run.Number, session.Report{Type: "error", Error: "TypeError", Failed: session.FailedFetch}, cors.Firefox); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Draft(); err != nil {
		t.Errorf("after it: %v", err)
	}
	sc, attempt := s.Attempt()
	attempt.Policy.Preflight.Status = 503
	s.Put(sc, attempt)
	if _, err := s.Draft(); !errors.Is(err, session.ErrNotSent) {
		t.Errorf("after an edit: %v, want %v", err, session.ErrNotSent)
	}
}
