package session_test

import (
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
)

// noon is the starting time of the cache tests.
var noon = time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC)

// played opens a session with the given script and policy, on a clock that the
// test sets, and plays a run in it.
func played(t *testing.T, script, policy string, requests ...wire.Request) (s *session.Session, clock *time.Time) {
	t.Helper()
	parsed, err := format.Parse("test.yaml", []byte(`corslab: 1
title: Test
track: Test
story: Test
script: {`+script+`}
policy: {`+policy+`}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`))
	if err != nil {
		t.Fatal(err)
	}
	clock = new(noon)
	s, err = session.NewStore(origins(t), func() time.Time { return *clock }, session.DefaultBounds()).Open("", sid, parsed, parsed.Start(origins(t)), session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	run := s.Start()
	for _, r := range requests {
		receive(s, run.Segment, r)
	}
	if _, _, err := s.Settle(run.Number, session.Report{Type: "cors", Status: 200}, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	return s, clock
}

// TestCaches: the browser's two caches and the shared cache remember one run.
func TestCaches(t *testing.T) {
	const (
		putting = `method: PUT, url: "{api}/messages/0"`
		getting = `url: "{api}/messages"`
		allowed = `preflight: {status: 204, headers: [{Access-Control-Allow-Origin: "{page}"}, {Access-Control-Allow-Methods: PUT}`
		read    = `response: {headers: [{Access-Control-Allow-Origin: "{page}"}`
	)
	get := wire.Request{Method: "GET", URL: "/messages", Headers: wire.Lines("Origin: " + page)}
	ofPut := func(r cors.Remembered) []cors.Remembered {
		r.Origin, r.URL, r.Methods, r.Expires = page, "http://localhost:8000/messages/0", []string{"PUT"}, noon.Add(r.Age)
		return []cors.Remembered{r}
	}
	ofGet := func(k session.CachedResponse) []session.CachedResponse {
		k.URL = "http://localhost:8000/messages"
		return []session.CachedResponse{k}
	}
	varied := [][2]string{{"Origin", page}}
	for name, test := range map[string]struct {
		script, policy string
		requests       []wire.Request
		want           session.Caches
	}{
		"nothing": {getting, read + "]}", []wire.Request{get}, session.Caches{}},
		"a preflight for an hour": {
			putting, allowed + ", {Access-Control-Max-Age: 3600}]}",
			[]wire.Request{preflight(), put("a")},
			session.Caches{Preflights: ofPut(cors.Remembered{Age: time.Hour, Named: true})},
		},
		"a preflight without an age":              {putting, allowed + "]}", []wire.Request{preflight(), put("a")}, session.Caches{}},
		"a preflight that must not be remembered": {putting, allowed + ", {Access-Control-Max-Age: 0}]}", []wire.Request{preflight(), put("a")}, session.Caches{}},
		"a preflight at the URL of the next run": {
			putting + ", pinned: true", allowed + "]}",
			[]wire.Request{preflight(), put("a")},
			session.Caches{Lasts: true, Preflights: ofPut(cors.Remembered{Age: 5 * time.Second})},
		},
		"a response in the browser": {
			getting, read + ", {Cache-Control: max-age=60}]}",
			[]wire.Request{get},
			session.Caches{Browser: ofGet(session.CachedResponse{Until: noon.Add(time.Minute)})},
		},
		"a response that varies": {
			getting, read + ", {Cache-Control: 'private, max-age=60'}, {Vary: origin}]}",
			[]wire.Request{get},
			session.Caches{Browser: ofGet(session.CachedResponse{Varied: varied, Until: noon.Add(time.Minute)})},
		},
		"a response with Vary: *":     {getting, read + ", {Cache-Control: max-age=60}, {Vary: '*'}]}", []wire.Request{get}, session.Caches{}},
		"a response not to be stored": {getting, read + ", {Cache-Control: 'max-age=60, no-store'}]}", []wire.Request{get}, session.Caches{}},
		"a response to revalidate":    {getting, read + ", {Cache-Control: 'no-cache, max-age=60'}]}", []wire.Request{get}, session.Caches{}},
		"a response replaced by a write": {
			getting, read + ", {Cache-Control: max-age=60}]}", []wire.Request{get, {Method: "POST", URL: "/messages"}}, session.Caches{},
		},
		"a response in a shared cache": {
			getting, "cache: vary, " + read + ", {Vary: Origin}]}",
			[]wire.Request{get},
			session.Caches{Shared: ofGet(session.CachedResponse{Varied: varied, Seq: 2})},
		},
		"a response in a blind cache": {
			getting, "cache: blind, " + read + ", {Vary: Origin}]}",
			[]wire.Request{get},
			session.Caches{Shared: ofGet(session.CachedResponse{Seq: 2})},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := played(t, test.script, test.policy, test.requests...)
			test.want.Now, test.want.Engine = noon, cors.Chromium
			if diff := cmp.Diff(test.want, s.Caches()); diff != "" {
				t.Errorf("Caches() (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCaches_gone: cached responses disappear when they expire, with Reset, and with
// the next run if that uses another URL.
func TestCaches_gone(t *testing.T) {
	const (
		script = `method: PUT, url: "{api}/messages/0"`
		policy = `preflight: {status: 204, headers: [{Access-Control-Allow-Origin: "{page}"}, {Access-Control-Allow-Methods: PUT}, {Access-Control-Max-Age: 60}]}`
	)
	for name, test := range map[string]struct {
		script string
		then   func(s *session.Session, clock *time.Time)
		gone   bool
	}{
		"a second before its time":     {script, func(_ *session.Session, clock *time.Time) { *clock = clock.Add(59 * time.Second) }, false},
		"in time":                      {script, func(_ *session.Session, clock *time.Time) { *clock = clock.Add(time.Minute) }, true},
		"the next run":                 {script, func(s *session.Session, _ *time.Time) { s.Start() }, true},
		"the next run at the same URL": {script + ", pinned: true", func(s *session.Session, _ *time.Time) { s.Start() }, false},
		"Reset":                        {script + ", pinned: true", func(s *session.Session, _ *time.Time) { s.Reset() }, true},
		"a run after Reset":            {script + ", pinned: true", func(s *session.Session, _ *time.Time) { s.Reset(); s.Start() }, true},
	} {
		t.Run(name, func(t *testing.T) {
			s, clock := played(t, test.script, policy, preflight(), put("a"))
			if s.Caches().Empty() {
				t.Fatal("nothing is remembered at first")
			}
			test.then(s, clock)
			if gone := s.Caches().Empty(); gone != test.gone {
				t.Errorf("gone: %t, want %t; %+v", gone, test.gone, s.Caches())
			}
		})
	}
}
