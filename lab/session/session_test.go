package session_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/lab/wire"

	"github.com/google/go-cmp/cmp"
)

const (
	sid  = "abcdefghijklmnop"
	page = "http://localhost:8080"
)

// open opens a session of a scenario that sends PUT and can read the response.
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

func origins(t *testing.T) origin.Set {
	t.Helper()
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func preflight() wire.Request {
	return wire.Request{Method: "OPTIONS", URL: "/messages/0", Headers: wire.Lines("Origin: "+page, "Access-Control-Request-Method: PUT")}
}

// receive sends a request of a run to the session's API. The request's URL is only a
// path.
func receive(s *session.Session, run int, r wire.Request) wire.Response {
	r.URL = endpoint.URL{Scheme: "http", Host: "localhost:8000", Session: s.ID, Run: run, Rest: r.URL}.String()
	response, err := s.Respond(context.Background(), r)
	if err != nil {
		panic(err) // can't fail: the URL belongs to the session
	}
	return response
}

func put(text string) wire.Request {
	return wire.Request{Method: "PUT", URL: "/messages/0", Headers: wire.Lines("Origin: " + page), Body: []byte(text), Size: int64(len(text))}
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
		requests  []wire.Request
		report    session.Report
		outcome   cors.Outcome
		neverSent []session.NeverSent
		held      []bool
	}{
		"preflight and request pass": {
			requests: []wire.Request{preflight(), put("a")},
			report:   session.Report{Type: "cors", Status: 200, Headers: [][]string{{"x-custom", "1"}}},
			outcome:  cors.Readable,
			held:     []bool{true, true, true},
		},
		"the preflight fails": {
			requests:  []wire.Request{preflight()},
			report:    session.Report{Type: "error", Error: "TypeError"},
			outcome:   cors.Blocked,
			neverSent: []session.NeverSent{{Method: "PUT", Preflight: 2}},
			held:      []bool{false, false, false},
		},
		"the response is withheld": {
			requests: []wire.Request{preflight(), put("a")},
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
		"an opaque response": {
			requests: []wire.Request{put("a")},
			report:   session.Report{Type: "opaque"},
			outcome:  cors.Opaque,
			held:     []bool{false, false, false},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
			run := s.Start()
			for _, request := range test.requests {
				receive(s, run.Segment, request)
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

// TestPermit links a request to the preflight that asked for it, and to no other.
func TestPermit(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	first := s.Start()
	receive(s, first.Segment, preflight())
	second := s.Start()
	receive(s, second.Segment, preflight())
	receive(s, second.Segment, wire.Request{Method: "GET", URL: "/messages/0"})
	receive(s, second.Segment, put("a"))
	receive(s, second.Segment, put("b"))
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
		"unknown type":             {session.Report{Type: "fine"}, `type: found "fine"; want basic, cors, opaque, opaqueredirect or error`},
		"long body":                {session.Report{Type: "cors", Body: strings.Repeat("x", 65<<10)}, "found 66564 bytes of text; want at most 65536"},
		"a header without a value": {session.Report{Type: "cors", Headers: [][]string{{"x", "1"}, {"x"}}}, "headers[1]: found 1 parts; want a name and a value"},
		"too many headers":         {session.Report{Type: "cors", Headers: slices.Repeat([][]string{{"", ""}}, 257)}, "headers: found 257; want at most 256"},
		"unknown failure":          {session.Report{Type: "error", Failed: "it"}, `failed: found "it"; want fetch, body, time or nothing`},
		"status below 0":           {session.Report{Type: "cors", Status: -1}, "status: found -1; want 0 to 999"},
		"status of 1000":           {session.Report{Type: "cors", Status: 1000}, "status: found 1000; want 0 to 999"},
		"negative time":            {session.Report{Type: "cors", Elapsed: -0.5}, "elapsed: found -0.5; want a number of milliseconds, 0 or more"},
		"infinite time":            {session.Report{Type: "cors", Elapsed: math.Inf(1)}, "elapsed: found +Inf; want a number of milliseconds, 0 or more"},
		"no time":                  {session.Report{Type: "cors", Elapsed: math.NaN()}, "elapsed: found NaN; want a number of milliseconds, 0 or more"},
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

// TestSettle_noted: a run remembers no more than scripts can send.
func TestSettle_noted(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	run := s.Start()
	long := strings.Repeat("x", 60<<10)
	target, method, asked := preflight(), put("a"), preflight()
	target.URL, method.Method = "/"+long, long
	asked.Headers = asked.Headers.With("Access-Control-Request-Method", long)
	for _, request := range []wire.Request{target, method, asked} {
		receive(s, run.Segment, request)
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
	receive(s, second.Segment, put("a"))
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

// TestByHand: requests that someone sends by hand don't belong to a run.
func TestByHand(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	run := s.Start()
	for _, segment := range []int{0, -1, 99} {
		receive(s, segment, put("x"))
	}
	if _, _, err := s.Settle(run.Number, session.Report{Type: "cors"}, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	if got := settledOf(t, s).Sent; len(got) != 0 {
		t.Errorf("the run has %d requests, want none", len(got))
	}
}
