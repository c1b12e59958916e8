package session_test

import (
	"errors"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/session"

	"github.com/google/go-cmp/cmp"
)

// TestSession_Draft writes down a run that the preflight ends, and nothing where
// there is no run of what is set.
func TestSession_Draft(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now), false)
	if _, err := s.Draft(); !errors.Is(err, session.ErrNotSent) {
		t.Errorf("before the first run: %v, want %v", err, session.ErrNotSent)
	}
	run := s.Start()
	s.Receive(run.Segment, preflight())
	if _, _, err := s.Settle(run.Number, session.Report{Type: "error", Error: "TypeError", Failed: session.FailedFetch}, cors.Firefox); err != nil {
		t.Fatal(err)
	}
	draft, err := s.Draft()
	if err != nil {
		t.Fatal(err)
	}
	want := scenario.Expect{Outcome: cors.Blocked, Cause: cors.MethodNotAllowed, Stage: cors.StagePreflight, Sent: []string{"OPTIONS"}}
	if diff := cmp.Diff(want, draft.Expect); diff != "" {
		t.Errorf("expectations (-want +got):\n%s", diff)
	}
	if _, err := scenario.Write(draft); err != nil {
		t.Errorf("the draft cannot be written: %v", err)
	}

	sc, attempt := s.Attempt()
	attempt.Policy.Preflight.Status = 503
	s.Put(sc, attempt)
	if _, err := s.Draft(); !errors.Is(err, session.ErrNotSent) {
		t.Errorf("after an edit: %v, want %v", err, session.ErrNotSent)
	}
}
