package page_test

import (
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"testing"

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

// TestSockets: which socket is refused or closed when there are too many, and
// what its page is told.
func TestSockets(t *testing.T) {
	for name, test := range map[string]struct {
		all, each int
		open      []string // the clients that have one, in order
		next      string   // the client that opens one more
		loses     int      // which of them is closed: an index in open, or len(open) for the new one; -1 for none
		told      string
	}{
		"there is room":                      {4, 2, []string{"a", "a", "b"}, "b", -1, ""},
		"a client has all it may have":       {9, 2, []string{"a", "a", "b"}, "a", 3, "Your network address has as many open pages"},
		"full, and another has more":         {3, 3, []string{"b", "a", "a"}, "c", 1, "your network address has most of its open pages"},
		"full, and the client has most":      {3, 3, []string{"b", "a", "a"}, "a", 3, "as many open pages as it can serve"},
		"full, and all have the same":        {3, 3, []string{"a", "b", "c"}, "d", 3, "as many open pages as it can serve"},
		"a session is open too many times":   {99, 99, []string{"a", "a", "a", "a", "a", "a", "a", "a"}, "a", 8, "open too many times"},
		"one more client than there is room": {1, 1, []string{"a"}, "b", 1, "as many open pages as it can serve"},
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
				for i < len(test.open) && f.session(sid).Watchers() <= i { // not yet
					runtime.Gosched()
				}
			}
			if test.loses >= 0 {
				if got := closing(t, conns[test.loses]); got.Code != websocket.CloseTryAgainLater || !strings.Contains(got.Text, test.told) {
					t.Errorf("closed with %d %q, want %d and %q", got.Code, got.Text, websocket.CloseTryAgainLater, test.told)
				}
			}
			f.session(sid).Receive(0, get("/messages"))
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
