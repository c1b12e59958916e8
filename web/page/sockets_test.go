package page_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/session"
	"corslab/scenarios"
	"corslab/web/page"

	"github.com/gorilla/websocket"
)

// from opens a session's socket as the page of a client behind the proxy does.
func (f *fixture) from(client, id string) *websocket.Conn {
	f.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(f.url, "http")+"/sessions/"+id+"/journal?after=0", http.Header{
		"Origin": {"http://localhost:8080"}, "Host": {"localhost:8080"}, "X-Forwarded-For": {client},
	})
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { conn.Close() })
	return conn
}

// TestSockets checks which socket is refused or closed when there are too many, and what
// its page is told.
func TestSockets(t *testing.T) {
	for name, test := range map[string]struct {
		all, each int
		open      []string // the clients that have one, in order
		next      string   // the client that opens one more
		loses     int      // which of them is closed: an index in open, or len(open) for the new one; -1 for none
		reason    string
	}{
		"there is room":                      {4, 2, []string{"a", "a", "b"}, "b", -1, ""},
		"a client has all it may have":       {9, 2, []string{"a", "a", "b"}, "a", 3, "your network address has too many pages of this lab open"},
		"full, and another has more":         {3, 3, []string{"b", "a", "a"}, "c", 1, "your network address has the most pages open"},
		"full, and the client has most":      {3, 3, []string{"b", "a", "a"}, "a", 3, "any more pages right now"},
		"full, and all have the same":        {3, 3, []string{"a", "b", "c"}, "d", 3, "any more pages right now"},
		"a session is open too many times":   {99, 99, []string{"a", "a", "a", "a", "a", "a", "a", "a"}, "a", 8, "open too many times"},
		"one more client than there is room": {1, 1, []string{"a"}, "b", 1, "any more pages right now"},
	} {
		t.Run(name, func(t *testing.T) {
			limits := page.DefaultLimits()
			limits.Sockets, limits.PerClient = test.all, test.each
			limits.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
			f := newFixture(t, limits)
			f.put(sid, "no-allow-origin")
			address := func(client string) string { return "198.51.100." + string('1'+client[0]-'a') }
			var conns []*websocket.Conn
			for i, client := range append(test.open, test.next) {
				conns = append(conns, f.from(address(client), sid))
				for i < len(test.open) && f.session(sid).Watchers() <= i { // wait for the socket
					runtime.Gosched()
				}
			}
			if test.loses >= 0 {
				if got := readClose(t, conns[test.loses]); got.Code != websocket.CloseTryAgainLater || !strings.Contains(got.Text, test.reason) {
					t.Errorf("closed with %d %q, want %d and %q", got.Code, got.Text, websocket.CloseTryAgainLater, test.reason)
				}
			}
			receive(f.session(sid), 0, get("/messages"))
			for i, conn := range conns {
				if i == test.loses {
					continue
				}
				if got := read(t, conn); got.Seq != 1 {
					t.Errorf("socket %d got entry %d, want 1", i, got.Seq)
				}
			}
		})
	}
}

// bounded returns a fixture with a store of these bounds, and the clock that it runs on.
func bounded(t *testing.T, bounds session.Bounds) (f *fixture, clock *atomic.Int64) {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		t.Fatal(err)
	}
	origins, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	clock = new(atomic.Int64)
	store := session.NewStore(origins, func() time.Time { return time.Unix(clock.Load(), 0) }, bounds)
	limits := page.DefaultLimits()
	limits.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	return newFixtureOf(t, lib, store, nil, limits), clock
}

// TestPutSession_refused checks that a client that takes too much is told so, and that
// another client isn't affected.
func TestPutSession_refused(t *testing.T) {
	for name, test := range map[string]struct {
		bounds session.Bounds
		status int
		reason string
	}{
		"as many sessions as it may have":  {session.Bounds{Sessions: 9, PerClient: 2, NewPerMinute: 9, Journals: 1 << 20}, http.StatusTooManyRequests, "close some, then try again"},
		"as many in a minute as it may":    {session.Bounds{Sessions: 9, PerClient: 9, NewPerMinute: 2, Journals: 1 << 20}, http.StatusTooManyRequests, "try again in a few seconds"},
		"as many sessions as the lab has":  {session.Bounds{Sessions: 2, PerClient: 9, NewPerMinute: 9, Journals: 1 << 20}, http.StatusServiceUnavailable, "try again in a few minutes"},
		"and nothing of that kind happens": {session.Bounds{Sessions: 9, PerClient: 9, NewPerMinute: 9, Journals: 1 << 20}, http.StatusOK, "html"},
	} {
		t.Run(name, func(t *testing.T) {
			f, _ := bounded(t, test.bounds)
			open := func(client string, n int) (status int, header http.Header, body string) {
				return f.do(request{
					method: "PUT", path: fmt.Sprintf("/sessions/session%09d", n), body: `{"scenario":"no-allow-origin"}`,
					header: map[string]string{"X-Forwarded-For": client},
				})
			}
			for n := range 2 {
				if status, _, body := open("198.51.100.1", n); status != http.StatusOK {
					t.Fatalf("session %d: %d %s", n, status, body)
				}
				defer f.session(fmt.Sprintf("session%09d", n)).Watch()()
			}
			status, header, body := open("198.51.100.1", 2)
			if status != test.status || !strings.Contains(body, test.reason) {
				t.Errorf("one session more: %d %s; want %d and %q", status, body, test.status, test.reason)
			}
			if later := header.Get("Retry-After"); (later != "") != (test.status != http.StatusOK) {
				t.Errorf("Retry-After: %q", later)
			}
			if status, _, body := open("198.51.100.2", 3); status != http.StatusOK {
				t.Errorf("another client: %d %s", status, body)
			}
		})
	}
}

// TestJournal_emptied checks that a page that returns to a session whose journal was
// emptied is told so once, and then gets the new entries.
func TestJournal_emptied(t *testing.T) {
	f, clock := bounded(t, session.DefaultBounds())
	f.put(sid, "no-allow-origin")
	for range 3 {
		receive(f.session(sid), 0, get("/messages"))
	}
	clock.Add(int64(session.ClosedTime.Seconds()))
	f.sessions.Expire()
	conn := f.open(sid, 0)
	if got := read(t, conn); got.Kind != "gap" || got.Seq != 3 || !strings.Contains(got.HTML, "no longer keeps entries") {
		t.Errorf("first message = %+v, want a gap up to 3 that says so", got)
	}
	receive(f.session(sid), 0, get("/messages"))
	if got := read(t, conn); got.Kind != "received" || got.Seq != 4 {
		t.Errorf("second message = %s %d, want entry 4", got.Kind, got.Seq)
	}
	seen := f.open(sid, 4)
	receive(f.session(sid), 0, get("/messages"))
	if got := read(t, seen); got.Kind != "received" || got.Seq != 5 {
		t.Errorf("a page that has seen all got %s %d, want entry 5", got.Kind, got.Seq)
	}
}

// TestJournal_dropped checks that a page is told when the lab drops its session, so that
// it can open the session again.
func TestJournal_dropped(t *testing.T) {
	f, _ := bounded(t, session.Bounds{Sessions: 3, PerClient: 9, NewPerMinute: 9, Journals: 1 << 20})
	var conns []*websocket.Conn
	for n := range 3 {
		id := fmt.Sprintf("session%09d", n)
		f.put(id, "no-allow-origin")
		conns = append(conns, f.open(id, 0))
		for f.session(id).Watchers() == 0 { // wait for the socket
			runtime.Gosched()
		}
	}
	status, _, body := f.do(request{
		method: "PUT", path: "/sessions/" + sid, body: `{"scenario":"no-allow-origin"}`,
		header: map[string]string{"X-Forwarded-For": "198.51.100.1"},
	})
	if status != http.StatusOK {
		t.Fatalf("a client that has none: %d %s", status, body)
	}
	dropped := 0
	for n, conn := range conns {
		if _, err := f.sessions.Get(fmt.Sprintf("session%09d", n)); err == nil {
			continue
		}
		dropped++
		if got := readClose(t, conn); got.Code != websocket.CloseTryAgainLater || !strings.Contains(got.Text, "is opening it again") {
			t.Errorf("closed with %d %q, want %d and that the page is opening it again", got.Code, got.Text, websocket.CloseTryAgainLater)
		}
	}
	if dropped != 1 {
		t.Errorf("%d sessions were dropped, want 1", dropped)
	}
}
