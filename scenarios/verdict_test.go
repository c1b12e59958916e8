package scenarios_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/dryrun"
	"corslab/lab/endpoint"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// TestFiles_verdict compares what each file expects of its start with the judge's verdict,
// for every engine.
func TestFiles_verdict(t *testing.T) {
	for i, s := range shipped(t) {
		t.Run(s.ID, func(t *testing.T) {
			for _, engine := range cors.Engines() {
				want := s.Expect.For(engine)
				verdict := judge(t, fmt.Sprintf("abcdefghijklmn%03d", i), s, engine)
				if verdict.Outcome != want.Outcome || verdict.Cause != want.Cause || verdict.Stage != want.Stage {
					t.Errorf("judged for %s: %s, %q at %q; want %s, %q at %q", engine,
						verdict.Outcome, verdict.Cause, verdict.Stage, want.Outcome, want.Cause, want.Stage)
				}
				if want := s.Expect.Errors[engine]; want != "" && verdict.Error != want {
					t.Errorf("error name for %s = %q, want %q", engine, verdict.Error, want)
				}
			}
		})
	}
}

// TestREADME_judged checks that README.md's examples end as they say.
func TestREADME_judged(t *testing.T) {
	for i, example := range examples(t, readme(t)) {
		s, err := format.Parse("a.yaml", []byte(example))
		if err != nil {
			t.Fatal(err)
		}
		for _, remark := range dryrun.Check(s, origins(t)) {
			t.Errorf("file %d: %s", i+1, remark.Message)
		}
	}
}

// judge starts a first run and returns the verdict on the learner's call. The API doesn't
// receive that call, except through a shared cache, because the cache's response is known
// only once a request has been sent.
func judge(t *testing.T, id string, s *scenario.Scenario, engine cors.Engine) cors.Verdict {
	t.Helper()
	current, err := session.NewStore(origins(t), time.Now, session.DefaultBounds()).Open("", id, s, s.Start(origins(t)), session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	run := current.Start()
	for run.Call.Role != scenario.Main {
		arrive(t, current, run)
		run = settle(t, current, run, engine)
	}
	if s.Policy.Cache != "" {
		arrive(t, current, run)
	}
	settle(t, current, run, engine)
	entries, _ := current.Entries(0)
	at := slices.IndexFunc(entries, func(e session.Entry) bool { return e.Settled != nil && e.Settled.Role == scenario.Main })
	return entries[at].Settled.Judged.Verdict
}

// arrive makes the API receive a call's request, without a preflight.
func arrive(t *testing.T, current *session.Session, run session.Run) {
	t.Helper()
	if run.Call.Script.Via != endpoint.Direct {
		return // a proxy would receive it
	}
	request := wire.Request{Method: run.Call.Script.Method, URL: run.Call.URL}
	if run.Call.Script.Request().Mode == "cors" {
		request.Headers.Add("Origin", run.Call.Origin)
	}
	if _, err := current.Respond(t.Context(), request); err != nil {
		t.Fatal(err)
	}
}

func settle(t *testing.T, current *session.Session, run session.Run, engine cors.Engine) session.Run {
	t.Helper()
	next, _, err := current.Settle(run.Number, session.Report{Type: "error"}, engine)
	if err != nil {
		t.Fatal(err)
	}
	return next
}
