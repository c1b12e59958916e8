package session_test

import (
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// opened opens a session of the scenario in src.
func opened(t *testing.T, src string) *session.Session {
	t.Helper()
	parsed, err := format.Parse("test.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.NewStore(origins(t), time.Now, session.DefaultBounds()).Open("", sid, parsed, parsed.Start(origins(t)), session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// redirecting is a scenario whose API redirects.
func redirecting(to string) string {
	return `corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
policy: {response: {status: 302, headers: [{Access-Control-Allow-Origin: "*"}, {Location: "` + to + `"}]}}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`
}

// TestRedirect_nowhere: a redirect to an address without a server is predicted in all
// engines. The log doesn't have to show requests that no server can receive.
func TestRedirect_nowhere(t *testing.T) {
	for _, to := range []string{"{closed}/", "http://api.invalid/", "https://api.invalid:8443/"} {
		s := opened(t, redirecting(to))
		run := s.Start()
		receive(s, run.Segment, wire.Request{Method: "GET", URL: "/messages", Headers: wire.Lines("Origin: " + page)})
		if _, _, err := s.Settle(run.Number, session.Report{Type: "error"}, cors.Chromium); err != nil {
			t.Fatal(err)
		}
		judged := settledOf(t, s).Judged
		for _, v := range append(judged.Others, judged.Verdict) {
			if v.Outcome != cors.Blocked || v.Cause != cors.NoResponse || len(v.Wire) != 1 {
				t.Errorf("%s in %s: %s, %s and %v, want it blocked for no response after one request", to, v.Engine, v.Outcome, v.Cause, v.Wire)
			}
		}
		if !judged.Compared || len(judged.Differs) > 0 {
			t.Errorf("%s: compared %t, differs %q", to, judged.Compared, judged.Differs)
		}
	}
}

// TestRedirect_closed: the origin that is closed is the same in capitals, as a proxy's
// response can have it.
func TestRedirect_closed(t *testing.T) {
	o := origins(t)
	o.Closed = origin.HTTP("localhost", "9")
	parsed, err := format.Parse("test.yaml", []byte(strings.Replace(redirecting("/"), `/messages"`, `/messages", via: same-origin`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	for location, nowhere := range map[string]bool{"http://localhost:9/x": true, "http://LOCALHOST:9/x": true, "http://localhost:90/x": false} {
		s, err := session.NewStore(o, time.Now, session.DefaultBounds()).Open("", sid, parsed, parsed.Start(o), session.Position{})
		if err != nil {
			t.Fatal(err)
		}
		run := s.Start()
		s.Relayed("same-origin", wire.Request{Method: "GET", URL: run.Call.URL}, wire.Response{Status: 302, Headers: wire.Lines("Location: " + location)})
		if _, _, err := s.Settle(run.Number, session.Report{Type: "error"}, cors.Chromium); err != nil {
			t.Fatal(err)
		}
		if got := settledOf(t, s).Judged.Verdict; (got.Cause == cors.NoResponse) != nowhere {
			t.Errorf("%s: %s, %q, want that nothing answers there: %t", location, got.Outcome, got.Cause, nowhere)
		}
	}
}

// TestPredict_proxied: through a proxy that adds CORS headers, every engine can read
// the response, with or without a preflight, although the API allows nobody.
func TestPredict_proxied(t *testing.T) {
	for via, want := range map[string]cors.Outcome{"cors": cors.Readable, "direct": cors.Blocked} {
		s := opened(t, `corslab: 1
title: Test
track: Test
story: Test
script: {method: PUT, url: "{api}/messages/0", headers: [{X-Token: "1"}], via: `+via+`}
policy: {}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`)
		s.Start()
		for _, engine := range cors.Engines() {
			if got := s.Predict(engine).Verdict; got.Outcome != want || len(got.Wire) != map[string]int{"cors": 2, "direct": 1}[via] {
				t.Errorf("%s in %s: %s after %d requests, want %s", via, engine, got.Outcome, len(got.Wire), want)
			}
		}
	}
}

// TestRespond_other: a session refuses a request of another session.
func TestRespond_other(t *testing.T) {
	s := opened(t, several)
	if _, err := s.Respond(t.Context(), wire.Request{Method: "GET", URL: "http://localhost:8000/zyxwvutsrqponmlk/1/messages"}); err == nil || s.Position().Seq != 0 {
		t.Errorf("Respond() error = %v, and the journal is at %d; want an error and nothing journaled", err, s.Position().Seq)
	}
}

// TestHops_elsewhere: the judge always gets a first hop, also for a URL that isn't one
// or that leads out of the session.
func TestHops_elsewhere(t *testing.T) {
	for _, url := range []string{"", "%zz", "http://localhost:8000/%zz", "http://localhost:8000/other/1/messages"} {
		hops := session.HopsAt(url)
		if len(hops) != 1 || hops[0].URL != url || hops[0].Response != nil {
			t.Errorf("the hops of %q are %+v, want one without a response", url, hops)
		}
	}
}
