package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corslab/lab/scenario/format"
	"corslab/lab/session"
)

// openCached makes a session of a scenario with a shared cache that answers
// who asks with their own origin.
func openCached(t *testing.T, cache, headers string) *session.Session {
	t.Helper()
	parsed, err := format.Parse("test.yaml", []byte(`corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
policy: {cache: `+cache+`, response: {headers: [{Access-Control-Allow-Origin: {reflect: any}}`+headers+`]}}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`))
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.NewStore(origins(t), time.Now, session.DefaultBounds()).Open("", sid, parsed, parsed.Start(origins(t)), session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func manyNames(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("X-%d", i)
	}
	return strings.Join(names, ", ")
}

// TestSharedCache asks for one URL from one origin and then from another.
func TestSharedCache(t *testing.T) {
	for name, test := range map[string]struct {
		cache, headers string
		again          string // method of the second request
		hit            bool
	}{
		"without Vary":               {"vary", "", "GET", true},
		"with Vary":                  {"vary", ", {Vary: 'Accept, origin'}", "GET", false},
		"with Vary for all":          {"vary", ", {Vary: '*'}", "GET", false},
		"with Vary for one, often":   {"vary", ", {Vary: '" + strings.Repeat("Accept, ", 30) + "accept'}", "GET", true},
		"with Vary for very many":    {"vary", ", {Vary: '" + manyNames(21) + "'}", "GET", false},
		"with Vary for twenty":       {"vary", ", {Vary: '" + manyNames(20) + "'}", "GET", true},
		"blind, with Vary":           {"blind", ", {Vary: Origin}", "GET", true},
		"off":                        {"off", "", "GET", false},
		"an answer for one":          {"blind", ", {Cache-Control: 'max-age=60, Private'}", "GET", false},
		"an answer not to be stored": {"blind", ", {Cache-Control: no-store}", "GET", false},
		"an answer for some time":    {"blind", ", {Cache-Control: max-age=60}", "GET", true},
		"another method":             {"blind", "", "HEAD", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := openCached(t, test.cache, test.headers)
			ask(s, "GET", "/messages", "", "Origin", "http://one.example")
			got := ask(s, test.again, "/messages", "", "Origin", "http://two.example").Headers["Access-Control-Allow-Origin"][0]
			want := "http://two.example"
			if test.hit {
				want = "http://one.example"
			}
			if got != want {
				t.Errorf("the second answer allows %s, want %s", got, want)
			}
			entries, _ := s.Entries(0)
			if hit := entries[1].Received.Cached == entries[0].Seq; hit != test.hit {
				t.Errorf("journalled as given again: %t, want %t", hit, test.hit)
			}
		})
	}
}

// TestSharedCache_emptied: what is kept goes with a write, with Reset, and when
// the cache is set otherwise; another URL is not found at all.
func TestSharedCache_emptied(t *testing.T) {
	for name, test := range map[string]struct {
		between func(s *session.Session)
		kept    bool
	}{
		"nothing":        {func(*session.Session) {}, true},
		"a write":        {func(s *session.Session) { ask(s, "POST", "/messages", "x") }, false},
		"another's":      {func(s *session.Session) { ask(s, "POST", "/messages/1", "x") }, true},
		"a preflight":    {func(s *session.Session) { s.Receive(1, preflight()) }, true},
		"Reset":          {func(s *session.Session) { s.Reset() }, false},
		"another policy": {func(s *session.Session) { put, a := s.Attempt(); a.Policy.Response.Status = 404; s.Put(put, a) }, true},
		"another cache":  {func(s *session.Session) { put, a := s.Attempt(); a.Policy.Cache = "vary"; s.Put(put, a) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := openCached(t, "blind", "")
			ask(s, "GET", "/messages", "", "Origin", "http://one.example")
			test.between(s)
			got := ask(s, "GET", "/messages", "", "Origin", "http://two.example").Headers["Access-Control-Allow-Origin"][0]
			if kept := got == "http://one.example"; kept != test.kept {
				t.Errorf("still kept: %t, want %t", kept, test.kept)
			}
		})
	}
}

// TestSharedCache_errors: an answer that is no success is not kept.
func TestSharedCache_errors(t *testing.T) {
	s := openCached(t, "blind", "")
	sc, attempt := s.Attempt()
	attempt.Policy.Response.Status = 503
	s.Put(sc, attempt)
	ask(s, "GET", "/messages", "")
	attempt.Policy.Response.Status = 200
	s.Put(sc, attempt)
	if got := ask(s, "GET", "/messages", "").Status; got != 200 {
		t.Errorf("status %d after the fault is mended, want 200", got)
	}
}

// TestReset_kept: what a reset lets go no longer counts for the session.
func TestReset_kept(t *testing.T) {
	s := openCached(t, "blind", "")
	ask(s, "GET", "/messages", "")
	s.Reset()
	if kept, recounted := s.Kept(); kept != recounted {
		t.Errorf("the session counts for %d bytes, want the %d that it keeps", kept, recounted)
	}
}
