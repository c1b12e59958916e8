package session_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"corslab/lab/scenario"
	"corslab/lab/session"
)

func TestOpen(t *testing.T) {
	store := session.NewStore(origins(t), time.Now, session.DefaultBounds())
	first := open(t, store, false)
	first.Start()
	if second := open(t, store, false); second != first {
		t.Error("Open() of a session that is there made another")
	}
	if got := first.Position(); got.Run != 1 {
		t.Errorf("runs = %d, want the 1 from before", got.Run)
	}
	if _, err := store.Get("aaaaaaaaaaaaaaaa"); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("Get() of an unknown session = %v, want ErrNotFound", err)
	}
	for _, id := range []string{"", "short", "ABCDEFGHIJKLMNOP", "abcdefghijklmno/", "abcdefghijklmnopqrstuvwxyzabcdefgh"} {
		if _, err := store.Open("", id, &scenario.Scenario{}, scenario.Attempt{}, session.Position{}); !errors.Is(err, session.ErrID) {
			t.Errorf("Open(%q) = %v, want ErrID", id, err)
		}
	}
}

// TestOpen_afterRestart continues the numbers from the page's position.
func TestOpen_afterRestart(t *testing.T) {
	s, err := session.NewStore(origins(t), time.Now, session.DefaultBounds()).Open("", sid, &scenario.Scenario{}, scenario.Attempt{}, session.Position{Seq: 41, Run: 7})
	if err != nil {
		t.Fatal(err)
	}
	if run := s.Start(); run.Number != 8 {
		t.Errorf("the next run is %d, want 8", run.Number)
	}
	entries, _ := s.Entries(41)
	if len(entries) != 1 || entries[0].Seq != 42 {
		t.Errorf("entries after 41 = %v, want number 42", entries)
	}
}

func TestExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := session.NewStore(origins(t), time.Now, session.DefaultBounds())
		s := open(t, store, false)
		release := s.Watch()
		time.Sleep(2 * session.IdleTime)
		if got, _ := store.Expire(); got != 0 {
			t.Errorf("%d sessions expired under the eyes of a page, want none", got)
		}
		release()
		time.Sleep(session.IdleTime - time.Second)
		if got, _ := store.Expire(); got != 0 {
			t.Errorf("%d sessions expired too early", got)
		}
		time.Sleep(time.Second)
		if got, _ := store.Expire(); got != 1 {
			t.Errorf("%d sessions expired, want 1", got)
		}
		if _, err := store.Get(sid); !errors.Is(err, session.ErrNotFound) {
			t.Errorf("Get() of the expired session = %v, want ErrNotFound", err)
		}
	})
}

// class returns a store with small bounds, and a clock that the test sets.
func class(t *testing.T, bounds session.Bounds) (store *session.Store, clock *time.Time) {
	t.Helper()
	clock = new(noon)
	return session.NewStore(origins(t), func() time.Time { return *clock }, bounds), clock
}

// openNth opens the n-th session of a client, a second after the previous one.
func openNth(store *session.Store, clock *time.Time, client string, n int) (*session.Session, error) {
	*clock = clock.Add(time.Second)
	return store.Open(session.Client(client), fmt.Sprintf("%s%015d", client, n), &scenario.Scenario{}, scenario.Attempt{}, session.Position{})
}

// TestOpen_perClient: a client is refused if it has open pages in all the sessions that
// it is allowed. Other clients aren't affected. A closed page makes room.
func TestOpen_perClient(t *testing.T) {
	bounds := session.Bounds{Sessions: 100, PerClient: 3, NewPerMinute: 60, Journals: 1 << 20}
	store, clock := class(t, bounds)
	var leave []func()
	for n := range bounds.PerClient {
		s, err := openNth(store, clock, "a", n)
		if err != nil {
			t.Fatal(err)
		}
		leave = append(leave, s.Watch())
	}
	if _, err := openNth(store, clock, "a", 9); !errors.Is(err, session.ErrClientFull) {
		t.Errorf("a session too many = %v, want ErrClientFull", err)
	}
	if _, err := openNth(store, clock, "a", 0); err != nil {
		t.Errorf("a session that the client has = %v, want it", err)
	}
	if _, err := openNth(store, clock, "b", 0); err != nil {
		t.Errorf("another client's session = %v, want it", err)
	}
	leave[1]()
	if _, err := openNth(store, clock, "a", 9); err != nil {
		t.Errorf("a session after a page was closed = %v, want it", err)
	}
	if _, err := store.Get(fmt.Sprintf("a%015d", 1)); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("the session of that page = %v, want that it's gone", err)
	}
}

// TestOpen_perMinute: a client that has opened all the sessions it is allowed in a
// minute must wait. Other clients don't.
func TestOpen_perMinute(t *testing.T) {
	bounds := session.Bounds{Sessions: 100, PerClient: 100, NewPerMinute: 6, Journals: 1 << 20}
	store, clock := class(t, bounds)
	made := func(client string, from int) (n int) {
		for err := error(nil); err == nil; n++ {
			_, err = store.Open(session.Client(client), fmt.Sprintf("%s%015d", client, from+n), &scenario.Scenario{}, scenario.Attempt{}, session.Position{})
			if err != nil && !errors.Is(err, session.ErrTooFast) {
				t.Fatal(err)
			}
		}
		return n - 1
	}
	if got := made("a", 0); got != 6 {
		t.Errorf("%d sessions at once, want 6", got)
	}
	if got := made("b", 0); got != 6 {
		t.Errorf("%d sessions of another client, want 6", got)
	}
	*clock = clock.Add(20 * time.Second)
	if got := made("a", 10); got != 2 {
		t.Errorf("%d sessions after 20 seconds, want 2", got)
	}
	*clock = clock.Add(time.Hour)
	store.Expire()
	if got := made("a", 20); got != 6 {
		t.Errorf("%d sessions after an hour, want 6", got)
	}
}

// TestOpen_full: if the lab is full, the client with the most sessions loses one: first
// a session that no page watches, the least recently used first.
func TestOpen_full(t *testing.T) {
	for name, test := range map[string]struct {
		has     map[string]int // sessions by client, opened in the order of their names
		watched string         // the sessions that pages watch, as client and number
		opens   string         // the client that opens one more
		gone    string         // the session that makes room; empty for ErrFull
	}{
		"the oldest of the largest client":                      {map[string]int{"a": 1, "b": 3}, "", "c", "b0"},
		"not a watched one":                                     {map[string]int{"a": 1, "b": 3}, "b0", "c", "b1"},
		"all are watched":                                       {map[string]int{"a": 1, "b": 3}, "a0 b0 b1 b2", "c", "b0"},
		"a small client's unwatched one stays":                  {map[string]int{"a": 1, "b": 3}, "b0 b1 b2", "c", "b0"},
		"the largest client opens one itself":                   {map[string]int{"a": 1, "b": 3}, "b0", "b", "b1"},
		"the largest client, all of whose sessions are watched": {map[string]int{"a": 1, "b": 3}, "b0 b1 b2", "b", ""},
		"every client has one":                                  {map[string]int{"a": 1, "b": 1, "c": 1, "d": 1}, "a0 c0", "e", "b0"},
		"every client has one, and all are watched":             {map[string]int{"a": 1, "b": 1, "c": 1, "d": 1}, "a0 b0 c0 d0", "e", ""},
		"one client alone, and all are watched":                 {map[string]int{"a": 4}, "a0 a1 a2 a3", "a", ""},
		"one client alone has an unwatched session":             {map[string]int{"a": 4}, "a0 a1 a3", "a", "a2"},
	} {
		t.Run(name, func(t *testing.T) {
			store, clock := class(t, session.Bounds{Sessions: 4, PerClient: 10, NewPerMinute: 100, Journals: 1 << 20})
			all := make(map[string]*session.Session)
			for _, client := range []string{"a", "b", "c", "d"} {
				for n := range test.has[client] {
					s, err := openNth(store, clock, client, n)
					if err != nil {
						t.Fatal(err)
					}
					all[fmt.Sprint(client, n)] = s
				}
			}
			for watched := range strings.FieldsSeq(test.watched) {
				*clock = clock.Add(time.Second)
				defer all[watched].Watch()()
			}
			_, err := openNth(store, clock, test.opens, 9)
			if full := errors.Is(err, session.ErrFull); full != (test.gone == "") || !full && err != nil {
				t.Errorf("Open() = %v", err)
			}
			for name, s := range all {
				_, err := store.Get(s.ID)
				if gone := errors.Is(err, session.ErrNotFound); gone != (name == test.gone) {
					t.Errorf("session %s is gone: %t", name, gone)
				}
				select {
				case <-s.Ended():
					if name != test.gone {
						t.Errorf("session %s has ended", name)
					}
				default:
					if name == test.gone {
						t.Errorf("those who follow session %s aren't told that it has ended", name)
					}
				}
			}
		})
	}
}

// TestExpire_closed: a session whose page is closed frees its journal within minutes,
// and continues its numbers when the page comes back.
func TestExpire_closed(t *testing.T) {
	bounds := session.DefaultBounds()
	store, clock := class(t, bounds)
	s := open(t, store, false)
	empty := store.Used()
	leave := s.Watch()
	for range 5 {
		run := s.Start()
		receive(s, run.Segment, put("x"))
	}
	*clock = clock.Add(time.Hour)
	store.Expire()
	if entries, _ := s.Entries(0); len(entries) != 10 {
		t.Errorf("%d entries under the eyes of a page, want 10", len(entries))
	}
	leave()
	*clock = clock.Add(session.ClosedTime - time.Second)
	store.Expire()
	if entries, _ := s.Entries(0); len(entries) != 10 {
		t.Errorf("%d entries while the page may be reloading, want 10", len(entries))
	}
	*clock = clock.Add(time.Second)
	if _, freed := store.Expire(); freed == 0 {
		t.Error("nothing was freed")
	}
	if entries, _ := s.Entries(0); len(entries) != 0 || store.Live() != 0 {
		t.Errorf("%d entries of %d live sessions after the page was closed, want none", len(entries), store.Live())
	}
	if run := s.Start(); run.Number != 6 {
		t.Errorf("the next run is %d, want 6", run.Number)
	}
	if entries, _ := s.Entries(0); len(entries) != 1 || entries[0].Seq != 11 {
		t.Errorf("entries = %v, want number 11", entries)
	}
	*clock = clock.Add(session.IdleTime)
	if dropped, _ := store.Expire(); dropped != 1 || store.Used() != 0 || empty == 0 {
		t.Errorf("%d sessions expired and %d bytes are kept, want 1 and none", dropped, store.Used())
	}
}
