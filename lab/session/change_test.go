package session_test

import (
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/session"

	"github.com/google/go-cmp/cmp"
)

// TestChange makes runs with different policies. Each run has the policy that it was
// made with, and the difference from the last settled run.
func TestChange(t *testing.T) {
	store := session.NewStore(origins(t), time.Now, session.DefaultBounds())
	s := open(t, store, false)
	sc, start := s.Attempt()
	status := func(code int) scenario.Attempt {
		attempt := start
		attempt.Policy.Response.Status = code
		return attempt
	}
	settle := func(t *testing.T, run session.Run) session.Change {
		t.Helper()
		if _, _, err := s.Settle(run.Number, session.Report{Type: "error", Failed: session.FailedTime}, cors.Standard); err != nil {
			t.Fatal(err)
		}
		return settledOf(t, s).Change
	}
	want := func(t *testing.T, got session.Change, attempt scenario.Attempt, since int, was, is string) {
		t.Helper()
		change := session.Change{Attempt: attempt, Since: since}
		if was != is {
			change.Edits = []scenario.Edit{{Field: scenario.InReply(policy.Group{Kind: policy.Response}, scenario.InputStatus), Was: &was, Is: &is}}
		}
		if diff := cmp.Diff(change, got); diff != "" {
			t.Errorf("change (-want +got):\n%s", diff)
		}
	}

	want(t, settle(t, s.Start()), start, 0, "", "")

	s.Put(sc, status(404))
	s.Start() // run 2, which is never settled
	s.Put(sc, status(500))
	third := s.Start()
	s.Put(sc, status(503)) // while the run is in progress
	want(t, settle(t, third), status(500), 1, "200", "500")

	want(t, settle(t, s.Start()), status(503), 3, "500", "503")

	s.Put(sc, start)
	s.Reset()
	want(t, settle(t, s.Start()), start, 4, "503", "200")
}

// TestChange_edited starts with an attempt that is not the scenario's start.
func TestChange_edited(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	sc, attempt := s.Attempt()
	attempt.Policy.Preflight.Status = 418
	s.Put(sc, attempt)
	run := s.Start()
	if _, _, err := s.Settle(run.Number, session.Report{Type: "error", Failed: session.FailedTime}, cors.Standard); err != nil {
		t.Fatal(err)
	}
	if change := settledOf(t, s).Change; len(change.Edits) != 1 || change.Since != 0 || *change.Edits[0].Is != "418" {
		t.Errorf("change = %+v, want the status of the preflight since the scenario's start", change)
	}
}
