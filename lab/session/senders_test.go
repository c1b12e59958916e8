package session_test

import (
	"slices"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
)

const several = `corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
before: [{from: shop, url: "{api}/messages"}]
also: [{from: other, url: "{api}/messages"}]
attack: [{from: evil, url: "{api}/messages"}, {from: "null", url: "{api}/messages"}]
policy: {}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}, {other: readable}, {evil: blocked}]
solutions: [{}]
`

// TestSenders plays the senders of a run in order. Attackers send only if the rest of
// the goal holds. There are no facts about a caller that didn't send.
func TestSenders(t *testing.T) {
	readable := session.Report{Type: "cors", Status: 200}
	blocked := session.Report{Type: "error", Error: "TypeError"}
	for name, test := range map[string]struct {
		reports []session.Report
		callers []string
		held    []bool
	}{
		"it does not work for all": {
			[]session.Report{blocked, readable, blocked}, []string{"shop", "page", "other"}, []bool{true, false, false},
		},
		"it works, and is not safe": {
			[]session.Report{blocked, readable, readable, readable, readable}, []string{"shop", "page", "other", "evil", "null"}, []bool{true, true, false},
		},
		"it works and is safe": {
			[]session.Report{readable, readable, readable, blocked, blocked}, []string{"shop", "page", "other", "evil", "null"}, []bool{true, true, true},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := opened(t, several)
			run, more := s.Start(), true
			var callers []string
			for _, report := range test.reports {
				callers = append(callers, string(run.Call.Script.From))
				var err error
				if run, more, err = s.Settle(1, report, cors.Chromium); err != nil {
					t.Fatal(err)
				}
			}
			if more || !slices.Equal(callers, test.callers) {
				t.Errorf("there sent %q and others %v, want %q", callers, more, test.callers)
			}
			last := settledOf(t, s)
			var held []bool
			for _, line := range last.Goal {
				held = append(held, line.Held)
			}
			if !slices.Equal(held, test.held) || last.Solved == slices.Contains(held, false) {
				t.Errorf("goal %v, solved %v; want %v", held, last.Solved, test.held)
			}
			if _, _, err := s.Settle(1, readable, cors.Chromium); err == nil {
				t.Error("a run that is over takes another report")
			}
		})
	}
}

// TestSenders_entries: each call has its own entries, including the requests that
// arrive while it is open.
func TestSenders_entries(t *testing.T) {
	s := opened(t, several)
	run := s.Start()
	get := wire.Request{Method: "GET", URL: "/messages", Headers: wire.Lines("Cookie: a=1; b=2")}
	receive(s, run.Segment, get)
	if _, _, err := s.Settle(1, session.Report{Type: "cors"}, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	receive(s, run.Segment, get)

	var calls []int
	var roles []scenario.Role
	entries, _ := s.Entries(0)
	for _, e := range entries {
		calls = append(calls, e.Call)
		if e.Started != nil {
			roles = append(roles, e.Started.Role)
		}
	}
	if want := []int{1, 1, 1, 2, 2}; !slices.Equal(calls, want) {
		t.Errorf("the entries belong to the calls %v, want %v", calls, want)
	}
	if want := []scenario.Role{scenario.Before, scenario.Main}; !slices.Equal(roles, want) {
		t.Errorf("roles %q, want %q", roles, want)
	}
}
