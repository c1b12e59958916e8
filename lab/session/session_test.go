package session_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/inert"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/session"

	"github.com/google/go-cmp/cmp"
)

const (
	sid  = "abcdefghijklmnop"
	page = "http://localhost:8080"
)

// open makes a session of a scenario that PUTs and may read the answer.
func open(t *testing.T, store *session.Store, pinned bool) *session.Session {
	t.Helper()
	src := fmt.Sprintf(`corslab: 1
title: Test
track: Test
story: Test
script: {method: PUT, url: "{api}/messages/0", pinned: %t}
policy:
  preflight: {headers: [{Access-Control-Allow-Origin: "{page}"}]}
  response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}
expect: {outcome: readable}
goal: [{page: readable}, {sent: [OPTIONS, PUT]}, {shows: [x-custom]}]
solutions: [{}]
`, pinned)
	parsed, err := format.Parse("test.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open("", sid, parsed, parsed.Start(origins(t)), session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func origins(t *testing.T) scenario.Origins {
	t.Helper()
	o, err := scenario.NewOrigins("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func preflight() session.Request {
	return session.Request{Method: "OPTIONS", Target: "/messages/0", Headers: map[string][]string{
		"Origin": {page}, "Access-Control-Request-Method": {"PUT"},
	}}
}

func put(text string) session.Request {
	return session.Request{Method: "PUT", Target: "/messages/0", Headers: map[string][]string{"Origin": {page}}, Body: []byte(text), Size: int64(len(text))}
}

func settledOf(t *testing.T, s *session.Session) session.Settled {
	t.Helper()
	entries, _ := s.Entries(0)
	for i := len(entries) - 1; i >= 0; i-- {
		if entries[i].Settled != nil {
			return *entries[i].Settled
		}
	}
	t.Fatal("no run is settled")
	return session.Settled{}
}

func TestRun(t *testing.T) {
	for name, test := range map[string]struct {
		requests  []session.Request
		report    session.Report
		outcome   cors.Outcome
		neverSent []session.NeverSent
		held      []bool
	}{
		"preflight and request pass": {
			requests: []session.Request{preflight(), put("a")},
			report:   session.Report{Type: "cors", Status: 200, Headers: [][]string{{"x-custom", "1"}}},
			outcome:  cors.Readable,
			held:     []bool{true, true, true},
		},
		"the preflight ends it": {
			requests:  []session.Request{preflight()},
			report:    session.Report{Type: "error", Error: "TypeError"},
			outcome:   cors.Blocked,
			neverSent: []session.NeverSent{{Method: "PUT", Preflight: 2}},
			held:      []bool{false, false, false},
		},
		"the answer is withheld": {
			requests: []session.Request{preflight(), put("a")},
			report:   session.Report{Type: "error", Error: "TypeError"},
			outcome:  cors.Blocked,
			held:     []bool{false, true, false},
		},
		"nothing is sent": {
			report:    session.Report{Type: "error", Error: "TypeError"},
			outcome:   cors.Blocked,
			neverSent: []session.NeverSent{{Method: "PUT"}},
			held:      []bool{false, false, false},
		},
		"an opaque answer": {
			requests: []session.Request{put("a")},
			report:   session.Report{Type: "opaque"},
			outcome:  cors.Opaque,
			held:     []bool{false, false, false},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
			run := s.Start()
			for _, request := range test.requests {
				s.Receive(run.Segment, request)
			}
			if _, _, err := s.Settle(run.Number, test.report, cors.Chromium); err != nil {
				t.Fatal(err)
			}
			got := settledOf(t, s)
			if got.Outcome != test.outcome {
				t.Errorf("outcome = %q, want %q", got.Outcome, test.outcome)
			}
			if diff := cmp.Diff(test.neverSent, got.NeverSent); diff != "" {
				t.Errorf("never sent (-want +got):\n%s", diff)
			}
			var held []bool
			for _, line := range got.Goal {
				held = append(held, line.Held)
			}
			if diff := cmp.Diff(test.held, held); diff != "" {
				t.Errorf("goal (-want +got):\n%s", diff)
			}
		})
	}
}

// A proxy asks in its own name: what only a browser says stays behind.
func TestOnward(t *testing.T) {
	from := map[string][]string{
		"Origin": {page}, "Referer": {page + "/"}, "Sec-Fetch-Site": {"same-site"}, "Access-Control-Request-Method": {"PUT"},
		"Cookie": {"a=1"}, "X-Token": {"1", "2"}, "Via": {"1.1 office"},
	}
	for via, want := range map[scenario.Via]map[string][]string{
		scenario.ViaSameOrigin: {"Cookie": {"a=1"}, "X-Token": {"1", "2"}, "Via": {"1.1 corslab-same-origin"}},
		scenario.ViaCORS:       {"X-Token": {"1", "2"}, "Via": {"1.1 corslab-cors"}},
	} {
		if diff := cmp.Diff(want, session.Onward(from, via)); diff != "" {
			t.Errorf("Onward(%s) (-want +got):\n%s", via, diff)
		}
	}
	if len(from) != 7 {
		t.Errorf("Onward() changes what it is given: %v", from)
	}
}

// TestPermit ties a request to the preflight that asked for it, and to no
// other.
func TestPermit(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	first := s.Start()
	s.Receive(first.Segment, preflight())
	second := s.Start()
	s.Receive(second.Segment, preflight())
	s.Receive(second.Segment, session.Request{Method: "GET", Target: "/messages/0"})
	s.Receive(second.Segment, put("a"))
	s.Receive(second.Segment, put("b"))
	var permits []uint64
	entries, _ := s.Entries(0)
	for _, e := range entries {
		if e.Received != nil && e.Received.Asked == nil {
			permits = append(permits, e.Received.Permit)
		}
	}
	if diff := cmp.Diff([]uint64{0, 4, 0}, permits); diff != "" {
		t.Errorf("permits (-want +got):\n%s", diff)
	}
}

func TestSettle_refused(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	if _, _, err := s.Settle(1, session.Report{Type: "cors"}, cors.Chromium); !errors.Is(err, session.ErrRun) {
		t.Errorf("Settle() before a run = %v, want ErrRun", err)
	}
	run := s.Start()
	for name, test := range map[string]struct {
		report session.Report
		want   string
	}{
		"unknown type":     {session.Report{Type: "fine"}, `type: found "fine"; want basic, cors, opaque, opaqueredirect or error`},
		"long body":        {session.Report{Type: "cors", Body: strings.Repeat("x", 65<<10)}, "found 66564 bytes of text; want at most 65536"},
		"half a header":    {session.Report{Type: "cors", Headers: [][]string{{"x", "1"}, {"x"}}}, "headers[1]: found 1 parts; want a name and a value"},
		"too many headers": {session.Report{Type: "cors", Headers: slices.Repeat([][]string{{"", ""}}, 257)}, "headers: found 257; want at most 256"},
		"unknown failure":  {session.Report{Type: "error", Failed: "it"}, `failed: found "it"; want fetch, body, time or nothing`},
		"status below 0":   {session.Report{Type: "cors", Status: -1}, "status: found -1; want 0 to 999"},
		"status of 1000":   {session.Report{Type: "cors", Status: 1000}, "status: found 1000; want 0 to 999"},
		"negative time":    {session.Report{Type: "cors", Elapsed: -0.5}, "elapsed: found -0.5; want a number of milliseconds, 0 or more"},
		"infinite time":    {session.Report{Type: "cors", Elapsed: math.Inf(1)}, "elapsed: found +Inf; want a number of milliseconds, 0 or more"},
		"no time":          {session.Report{Type: "cors", Elapsed: math.NaN()}, "elapsed: found NaN; want a number of milliseconds, 0 or more"},
	} {
		_, _, err := s.Settle(run.Number, test.report, cors.Chromium)
		if !errors.Is(err, session.ErrReport) || !strings.HasSuffix(err.Error(), ": "+test.want) {
			t.Errorf("Settle() with %s = %v, want ErrReport: %s", name, err, test.want)
		}
	}
	if _, _, err := s.Settle(run.Number, session.Report{Type: "cors"}, cors.Chromium); err != nil {
		t.Errorf("Settle() = %v", err)
	}
	if _, _, err := s.Settle(run.Number, session.Report{Type: "cors"}, cors.Chromium); !errors.Is(err, session.ErrRun) {
		t.Errorf("Settle() twice = %v, want ErrRun", err)
	}
}

// TestSettle_noted: no more is remembered of a run than scripts can send.
func TestSettle_noted(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	run := s.Start()
	long := strings.Repeat("x", 60<<10)
	target, method, asked := preflight(), put("a"), preflight()
	target.Target, method.Method = "/"+long, long
	asked.Headers["Access-Control-Request-Method"] = []string{long}
	for _, request := range []session.Request{target, method, asked} {
		s.Receive(run.Segment, request)
	}
	if _, _, err := s.Settle(run.Number, session.Report{Type: "error"}, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	settled := settledOf(t, s)
	for _, sent := range settled.Sent {
		if len(sent.Method) == len(long) {
			t.Error("the long method is remembered")
		}
	}
	if len(settled.NeverSent) != 0 {
		t.Errorf("%d preflights wait for their requests, want none of the long ones", len(settled.NeverSent))
	}
}

func TestPinned(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), true)
	first, second := s.Start(), s.Start()
	if first.Segment != second.Segment {
		t.Errorf("segments %d and %d, want one URL for both runs", first.Segment, second.Segment)
	}
	s.Receive(second.Segment, put("a"))
	if _, _, err := s.Settle(second.Number, session.Report{Type: "cors"}, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	if got := settledOf(t, s).Sent; len(got) != 1 {
		t.Errorf("the second run has %d requests, want the 1 that came while it was open", len(got))
	}
	s.Reset()
	if third := s.Start(); third.Segment == first.Segment {
		t.Errorf("segment after Reset = %d, want a fresh one", third.Segment)
	}
}

// TestByHand keeps what someone sends by hand out of the runs.
func TestByHand(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	run := s.Start()
	for _, segment := range []int{0, -1, 99} {
		s.Receive(segment, put("x"))
	}
	if _, _, err := s.Settle(run.Number, session.Report{Type: "cors"}, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	if got := settledOf(t, s).Sent; len(got) != 0 {
		t.Errorf("the run has %d requests, want none", len(got))
	}
}

func TestMessages(t *testing.T) {
	request := func(method, target, contentType, body string) session.Request {
		return session.Request{Method: method, Target: target, Headers: map[string][]string{"Content-Type": {contentType}}, Body: []byte(body), Size: int64(len(body))}
	}
	for name, test := range map[string]struct {
		request      session.Request
		body, effect string
	}{
		"GET the list":      {request("GET", "/messages", "", ""), `[{"id":0,"text":"Hello"},{"id":1,"text":"Is anybody there?"}]`, ""},
		"GET one":           {request("GET", "/messages/1", "", ""), `{"id":1,"text":"Is anybody there?"}`, ""},
		"GET one, queried":  {request("GET", "/messages/1?a=b", "", ""), `{"id":1,"text":"Is anybody there?"}`, ""},
		"GET none":          {request("GET", "/messages/9", "", ""), `{"error":"there is no /messages/9"}`, ""},
		"GET below a path":  {request("GET", "/v2/messages/1", "", ""), `{"id":1,"text":"Is anybody there?"}`, ""},
		"POST below a path": {request("POST", "/v2/messages", "", "new"), `{"id":2,"text":"new"}`, `message 2 was added: "new"`},
		"GET elsewhere":     {request("GET", "/secret", "", ""), `{"error":"there is no /secret"}`, ""},
		"PUT text":          {request("PUT", "/messages/0", "text/plain", "new"), `{"id":0,"text":"new"}`, `message 0 is now "new"`},
		"PATCH JSON":        {request("PATCH", "/messages/0", "application/json", `{"text":"new"}`), `{"id":0,"text":"new"}`, `message 0 is now "new"`},
		"patch is no PATCH": {request("patch", "/messages/0", "", "new"), `{"id":0,"text":"Hello"}`, ""},
		"POST a form":       {request("POST", "/messages", "application/x-www-form-urlencoded;charset=UTF-8", "text=a+b"), `{"id":2,"text":"a b"}`, `message 2 was added: "a b"`},
		"POST to one":       {request("POST", "/messages/0", "", "x"), `{"id":0,"text":"Hello"}`, ""},
		"DELETE":            {request("DELETE", "/messages/0", "", ""), `[{"id":1,"text":"Is anybody there?"}]`, "message 0 is gone"},
		"bytes, not text":   {request("PUT", "/messages/0", "", "\xff"), `{"id":0,"text":"�"}`, `message 0 is now "�"`},
		"too much text":     {request("PUT", "/messages/0", "", strings.Repeat("é", 150)), `{"id":0,"text":"` + strings.Repeat("é", 100) + `"}`, `message 0 is now "` + strings.Repeat("é", 100) + `"`},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
			reply := s.Receive(0, test.request)
			if got := strings.TrimSpace(inert.Plain(reply.Body.String())); got != test.body {
				t.Errorf("body = %s, want %s", got, test.body)
			}
			entries, _ := s.Entries(0)
			if got := entries[0].Received.Effect; got != test.effect {
				t.Errorf("effect = %q, want %q", got, test.effect)
			}
		})
	}
}

// An answer that sends the caller elsewhere has not done what it was asked for.
func TestMessages_redirected(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	sc, attempt := s.Attempt()
	attempt.Policy.Response.Status = 307
	s.Put(sc, attempt)
	reply := s.Receive(0, put("new"))
	if got, want := strings.TrimSpace(inert.Plain(reply.Body.String())), `{"id":0,"text":"Hello"}`; got != want {
		t.Errorf("body = %s, want %s: a redirect writes nothing", got, want)
	}
}

// TestMessages_bounded writes more than is kept.
func TestMessages_bounded(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	for range 50 {
		s.Receive(0, session.Request{Method: "POST", Target: "/messages", Body: []byte("x")})
	}
	reply := s.Receive(0, session.Request{Method: "GET", Target: "/messages"})
	if got := strings.Count(inert.Plain(reply.Body.String()), `"id"`); got != 20 {
		t.Errorf("%d messages are kept, want 20", got)
	}
	for id := range 60 {
		s.Receive(0, session.Request{Method: "DELETE", Target: fmt.Sprintf("/messages/%d", id)})
	}
	for _, method := range []string{"GET", "POST", "DELETE", "PUT"} {
		s.Receive(0, session.Request{Method: method, Target: "/messages/0"})
	}
	s.Reset()
	if reply := s.Receive(0, session.Request{Method: "GET", Target: "/messages/0"}); !strings.Contains(inert.Plain(reply.Body.String()), "Hello") {
		t.Errorf("after Reset the first message is %s, want the one from the start", reply.Body)
	}
}
