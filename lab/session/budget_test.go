package session_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// play makes a run with a request and a report of that many bytes each.
func play(t *testing.T, s *session.Session, bytes int) (number int) {
	t.Helper()
	run := s.Start()
	request := put(strings.Repeat("x", min(bytes, backend.FirstBytes)))
	request.Headers.Add("X-Large", strings.Repeat("x", bytes))
	receive(s, run.Segment, request)
	report := session.Report{Type: "cors", Status: 200, Headers: [][]string{{"x-large", "y"}}, Body: strings.Repeat("y", bytes)}
	if _, _, err := s.Settle(run.Number, report, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	return run.Number
}

// left describes the runs in a session's journal, oldest first: whole, light (without
// bodies) or short (long texts are cut).
func left(s *session.Session) string {
	var runs []string
	var at int
	entries, _ := s.Entries(0)
	for _, e := range entries {
		if e.Settled == nil {
			continue
		}
		word := "whole"
		if e.Settled.Cut.Texts {
			word = "short"
		} else if e.Settled.Cut.Bodies {
			word = "light"
		}
		if at++; len(runs) > 0 && strings.HasSuffix(runs[len(runs)-1], word) {
			var n int
			_, _ = fmt.Sscanf(runs[len(runs)-1], "%d", &n)
			runs = runs[:len(runs)-1]
			word = fmt.Sprintf("%d %s", n+1, word)
		} else {
			word = "1 " + word
		}
		runs = append(runs, word)
	}
	return strings.Join(runs, ", ")
}

// TestBudget: a session above its share loses the least important parts first, and
// keeps its last run.
func TestBudget(t *testing.T) {
	const kB = 1 << 10
	for name, test := range map[string]struct {
		budget int64
		runs   []int // bytes of each run
		want   string
	}{
		"within the budget nothing is dropped":           {2 << 20, repeated(5, kB), "5 whole"},
		"the runs before the last ten lose their bodies": {340 * kB, repeated(15, 4*kB), "3 light, 10 whole"},
		"then those runs are dropped":                    {280 * kB, repeated(15, 4*kB), "10 whole"},
		"then those of the last ten lose their bodies":   {240 * kB, repeated(15, 4*kB), "5 light, 5 whole"},
		"then those are dropped too":                     {100 * kB, repeated(15, 4*kB), "3 light, 1 whole"},
		"the last run stays whole beyond the budget":     {kB, repeated(15, 4*kB), "1 whole"},
		"the last run loses its bodies if it is large":   {kB, repeated(3, 50*kB), "1 light"},
	} {
		t.Run(name, func(t *testing.T) {
			bounds := session.DefaultBounds()
			bounds.Journals = test.budget
			store, _ := class(t, bounds)
			s := open(t, store, false)
			for _, bytes := range test.runs {
				play(t, s, bytes)
			}
			if got := left(s); got != test.want {
				t.Errorf("left: %s; want %s", got, test.want)
			}
			if counted, recounted := s.Counted(); counted != recounted || counted != store.Used() {
				t.Errorf("the session counts for %d bytes, its entries for %d, and all sessions for %d", counted, recounted, store.Used())
			}
		})
	}
}

func repeated(n, bytes int) (all []int) {
	for range n {
		all = append(all, bytes)
	}
	return all
}

// TestBudget_shares: if all sessions together use too much, only the one above its
// share is trimmed, no matter which session makes the next entry.
func TestBudget_shares(t *testing.T) {
	bounds := session.DefaultBounds()
	bounds.Journals = 600 << 10
	store, clock := class(t, bounds)
	large, small := joined(t, store, 0), joined(t, store, 1)
	for range 10 {
		play(t, large, 8<<10)
	}
	if got := left(large); got != "10 whole" {
		t.Errorf("alone it has %s, want 10 whole", got)
	}
	for range 3 {
		play(t, small, 8<<10)
	}
	for n := range 4 {
		play(t, joined(t, store, 2+n), 8<<10)
	}
	if counted, share := countedBy(large), bounds.Journals/6; counted > share+share/2 {
		t.Errorf("it keeps %d bytes where its share is %d", counted, share)
	}
	if got := left(small); got != "3 whole" {
		t.Errorf("the session below its share has %s, want 3 whole", got)
	}
	if used := store.Used(); used > bounds.Journals {
		t.Errorf("all keep %d bytes, want at most %d", used, bounds.Journals)
	}
	*clock = clock.Add(session.IdleTime)
	if dropped, freed := store.Expire(); dropped != 6 || freed == 0 || store.Used() != 0 || store.Live() != 0 {
		t.Errorf("%d sessions expired, %d are live and keep %d bytes; want 6, none and none", dropped, store.Live(), store.Used())
	}
	again := joined(t, store, 0)
	for range 10 {
		play(t, again, 8<<10)
	}
	if got := left(again); got != "10 whole" {
		t.Errorf("when the others are gone it has %s, want 10 whole", got)
	}
}

// joined opens the n-th session of a class, at the start of the usual scenario.
func joined(t *testing.T, store *session.Store, n int) *session.Session {
	t.Helper()
	found, attempt := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false).Attempt()
	s, err := store.Open("a", fmt.Sprintf("session%09d", n), found, attempt, session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func countedBy(s *session.Session) int64 {
	counted, _ := s.Counted()
	return counted
}

// TestBudget_lastRun: even the most hostile last run costs little, keeps its settled
// entry, and says what was cut.
func TestBudget_lastRun(t *testing.T) {
	bounds := session.DefaultBounds()
	bounds.Journals = 1
	store, _ := class(t, bounds)
	s := open(t, store, false)
	found, attempt := s.Attempt()
	for range policy.MaxHeaders {
		attempt.Policy.Response.Headers = append(attempt.Policy.Response.Headers, policy.Header{Name: "X-Row", Value: strings.Repeat("r", 700)})
	}
	s.Put(found, attempt)
	run := s.Start()
	for range 3 * session.JournalSize {
		request := put(strings.Repeat("x", backend.FirstBytes))
		request.Headers.Add("X-Large", strings.Repeat("x", 60<<10))
		receive(s, run.Segment, request)
	}
	if _, _, err := s.Settle(run.Number, session.Report{Type: "cors", Status: 200, Body: strings.Repeat("y", 60<<10)}, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	total, entries := 0, entriesOf(s)
	for _, e := range entries {
		total += session.SizeOf(e)
		if e.Received != nil && !(e.Received.Cut.Bodies && e.Received.Cut.Texts) {
			t.Errorf("entry %d doesn't say that it is cut: %+v", e.Seq, e.Received.Cut)
		}
	}
	if total > session.LastRunBytes {
		t.Errorf("the run costs %d bytes, want at most %d", total, session.LastRunBytes)
	}
	last := entries[len(entries)-1]
	if last.Settled == nil || !last.Settled.Cut.Bodies || len(last.Settled.Change.Attempt.Policy.Response.Headers) < policy.MaxHeaders {
		t.Errorf("the last entry is %+v, want the run's end with its attempt", last)
	}
}

func entriesOf(s *session.Session) []session.Entry {
	entries, _ := s.Entries(0)
	return entries
}

// TestRespond_headers: a client may send more headers than the journal stores.
func TestRespond_headers(t *testing.T) {
	for name, headers := range map[string]wire.Headers{
		"one long value":   repeatedLines(1, strings.Repeat("x", 60<<10)),
		"many lines":       repeatedLines(1000, "x"),
		"many long values": repeatedLines(15, strings.Repeat("x", 4<<10)),
		"a long name":      wire.Lines(strings.Repeat("x", 60<<10) + ": x"),
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
			request := put("x")
			request.Headers = headers
			receive(s, 0, request)
			e := entriesOf(s)[0]
			if size := session.SizeOf(e); size > 24<<10 || !e.Received.Cut.Texts {
				t.Errorf("the entry costs %d bytes and says %+v, want at most 24 kB and that it is cut", size, e.Received.Cut)
			}
		})
	}
}

func repeatedLines(n int, value string) (lines wire.Headers) {
	for range n {
		lines.Add("X-Large", value)
	}
	return lines
}

// TestBudget_many: the count stays right when many sessions open, work, are trimmed and
// close at the same time.
func TestBudget_many(t *testing.T) {
	bounds := session.Bounds{Sessions: 8, PerClient: 20, NewPerMinute: 1 << 20, Journals: 100 << 10}
	store := session.NewStore(origins(t), time.Now, bounds)
	found, attempt := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false).Attempt()
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for n := range 40 {
				s, err := store.Open(session.Client(fmt.Sprint(worker%3)), fmt.Sprintf("session%09d", (worker+n)%12), found, attempt, session.Position{})
				if err != nil {
					t.Error(err)
					return
				}
				run := s.Start()
				receive(s, run.Segment, put(strings.Repeat("x", 4<<10)))
				_, _, _ = s.Settle(run.Number, session.Report{Type: "cors", Status: 200}, cors.Chromium) // another worker may have started one
				s.Entries(0)
				store.Expire()
			}
		})
	}
	all.Wait()
	var total, live int64
	for n := range 12 {
		if s, err := store.Get(fmt.Sprintf("session%09d", n)); err == nil {
			counted, recounted := s.Counted()
			if counted != recounted {
				t.Errorf("session %d counts for %d bytes, its entries for %d", n, counted, recounted)
			}
			total += counted
			if len(entriesOf(s)) > 0 {
				live++
			}
		}
	}
	if total != store.Used() || live != store.Live() {
		t.Errorf("%d bytes of %d live sessions are counted, want %d of %d", store.Used(), store.Live(), total, live)
	}
}

// TestReset_counted: a session no longer counts what a reset frees.
func TestReset_counted(t *testing.T) {
	s := open(t, session.NewStore(origins(t), time.Now, session.DefaultBounds()), false)
	found, attempt := s.Attempt()
	attempt.Policy.Cache = policy.CacheBlind
	s.Put(found, attempt)
	receive(s, 1, wire.Request{Method: "GET", URL: "/messages"})
	cached, _ := s.Counted()
	s.Reset()
	counted, recounted := s.Counted()
	if counted != recounted || counted >= cached {
		t.Errorf("the session counts for %d bytes, want the %d that it keeps, and less than the %d of before", counted, recounted, cached)
	}
}
