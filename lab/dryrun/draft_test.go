package dryrun

import (
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/scenarios"
)

// TestDraft sends once in the sandbox of every shipped scenario and saves it as a
// draft. The judge must agree with the draft. If there is a redirect, the author must
// still complete the solution, so the test ignores that remark.
func TestDraft(t *testing.T) {
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		t.Fatal(err)
	}
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range lib.All() {
		t.Run(s.ID, func(t *testing.T) { checkDraft(t, s.Sandbox(), o) })
	}
}

func checkDraft(t *testing.T, s *scenario.Scenario, o origin.Set) {
	attempt := s.Start(o)
	opened, err := session.NewStore(o, time.Now, session.DefaultBounds()).Open("", sessionID, s, attempt, session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	b := browser{session: opened, trial: trial{s, attempt, o, cors.Chromium}, jar: make(map[string]string)}
	if _, known := b.send(); !known {
		t.Skip("what comes of it cannot be known without a browser")
	}
	draft, err := opened.Draft()
	if err != nil {
		t.Fatal(err)
	}
	text, err := format.Write(draft)
	if err != nil {
		t.Fatal(err)
	}
	read, err := format.Parse("my-scenario.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	redirects := (&check{scenario: read, origins: o}).redirects()
	for _, remark := range Check(read, o) {
		if redirects && remark.Path == "solutions[0]" {
			continue
		}
		t.Errorf("%s\n%s", remark.Message, text)
	}
}
