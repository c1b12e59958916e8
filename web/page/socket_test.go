package page_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/page"

	"github.com/gorilla/websocket"
)

const patience = time.Minute

// dial opens the journal's socket as the page does.
func (f *fixture) dial(id string, after uint64, origin string) (*websocket.Conn, *http.Response, error) {
	return f.dialShowing(id, after, "", origin)
}

// dialShowing is dial for a page that names the revision that it shows.
func (f *fixture) dialShowing(id string, after uint64, revision, origin string) (*websocket.Conn, *http.Response, error) {
	url := "ws" + strings.TrimPrefix(f.url, "http") + "/sessions/" + id + "/journal?after=" + strconv.FormatUint(after, 10) + "&revision=" + revision
	return websocket.DefaultDialer.Dial(url, http.Header{"Origin": {origin}, "Host": {"localhost:8080"}})
}

func (f *fixture) open(id string, after uint64) *websocket.Conn {
	f.t.Helper()
	conn, response, err := f.dial(id, after, "http://localhost:8080")
	if err != nil {
		f.t.Fatalf("dial: %v (%v)", err, response)
	}
	f.t.Cleanup(func() { conn.Close() })
	return conn
}

type message struct {
	Seq  uint64
	Kind string
	Run  int
	HTML string
}

func read(t *testing.T, conn *websocket.Conn) message {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	_, encoded, err := conn.ReadMessage()
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	var m message
	if err := json.Unmarshal(encoded, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// readClose reads until the socket is closed and returns the close frame.
func readClose(t *testing.T, conn *websocket.Conn) *websocket.CloseError {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	for {
		_, _, err := conn.ReadMessage()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed
		}
		if err != nil {
			t.Fatalf("the socket ended without a close frame: %v", err)
		}
	}
}

func (f *fixture) session(id string) *session.Session {
	f.t.Helper()
	current, err := f.sessions.Get(id)
	if err != nil {
		f.t.Fatal(err)
	}
	return current
}

func get(target string) wire.Request {
	return wire.Request{Method: "GET", URL: target, Headers: wire.Lines("Origin: http://localhost:8080")}
}

// receive has a session's API respond to a request of a run. The request's URL is only a
// path.
func receive(s *session.Session, run int, r wire.Request) {
	r.URL = endpoint.URL{Scheme: "http", Host: "localhost:8000", Session: s.ID, Run: run, Rest: r.URL}.String()
	if _, err := s.Respond(context.Background(), r); err != nil {
		panic(err) // the URL is the session's
	}
}

func TestJournal(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.put(sid, "no-allow-origin")
	current := f.session(sid)
	current.Start()
	receive(current, 1, get("/messages"))

	conn := f.open(sid, 0)
	for i, want := range []string{"started", "received"} {
		if got := read(t, conn); got.Kind != want || got.Seq != uint64(i+1) || got.Run != 1 {
			t.Errorf("replayed entry %d = %+v, want %s of run 1", i+1, got, want)
		}
	}
	if _, _, err := current.Settle(1, session.Report{Type: "error", Error: "TypeError: Failed to fetch"}, cors.Chromium); err != nil {
		t.Fatal(err)
	}
	settled := read(t, conn)
	for _, part := range []string{`data-outcome="blocked"`, "TypeError: Failed to fetch", "The server did answer GET, with status 200", `id="goal"`, `data-cause="allow-origin-missing"`} {
		if !strings.Contains(settled.HTML, part) {
			t.Errorf("the settled run's markup lacks %q:\n%s", part, settled.HTML)
		}
	}

	later := f.open(sid, 2)
	if got := read(t, later); got.Seq != 3 {
		t.Errorf("first entry after 2 = %+v, want number 3", got)
	}
}

// TestJournal_hostile checks that hostile data in a request arrives as text.
func TestJournal_hostile(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.put(sid, "no-allow-origin")
	request := get("/messages?<img src=x onerror=alert(1)>")
	request.Headers.Add("X-<script>", "</li><script>alert(1)</script>")
	request.Body, request.Size = []byte("<script>\x00\xff"), 10
	receive(f.session(sid), 0, request)
	got := read(t, f.open(sid, 0)).HTML
	if strings.Contains(got, "<script") || strings.Contains(got, "<img") {
		t.Errorf("markup from data:\n%s", got)
	}
}

func TestJournal_gap(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.put(sid, "no-allow-origin")
	for range session.JournalSize + 10 {
		receive(f.session(sid), 0, get("/messages"))
	}
	conn := f.open(sid, 3)
	if got := read(t, conn); got.Kind != "gap" || got.Seq != 10 {
		t.Errorf("first message = %s %d, want a gap up to 10", got.Kind, got.Seq)
	}
	for want := uint64(11); want <= session.JournalSize+10; want++ {
		if got := read(t, conn); got.Seq != want {
			t.Fatalf("entry %d, want %d", got.Seq, want)
		}
	}
}

func TestJournal_foreignOrigin(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.put(sid, "no-allow-origin")
	for _, origin := range []string{"http://attacker.example", "http://localhost:8000", "http://127.0.0.1:8080", "null", ""} {
		_, response, err := f.dial(sid, 0, origin)
		if err == nil || response == nil || response.StatusCode != http.StatusForbidden {
			t.Errorf("dial from %q = %v, %v; want 403", origin, response, err)
		}
	}
}

func TestJournal_badFrames(t *testing.T) {
	masked := func(first byte, length byte, payload ...byte) []byte {
		return append([]byte{first, 0x80 | length, 0, 0, 0, 0}, payload...) // the mask is all zeros
	}
	for name, test := range map[string]struct {
		frame []byte
		code  int
	}{
		"a text message":       {masked(0x81, 2, 'h', 'i'), websocket.ClosePolicyViolation},
		"an unmasked frame":    {[]byte{0x81, 0x02, 'h', 'i'}, websocket.CloseProtocolError},
		"reserved bits":        {masked(0xF1, 0), websocket.CloseProtocolError},
		"an unknown opcode":    {masked(0x83, 0), websocket.CloseProtocolError},
		"a fragmented control": {masked(0x09, 0), websocket.CloseProtocolError},
		"a bare continuation":  {masked(0x80, 0), websocket.CloseProtocolError},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, page.DefaultLimits())
			f.put(sid, "no-allow-origin")
			bystander, conn := f.open(sid, 0), f.open(sid, 0)
			if _, err := conn.NetConn().Write(test.frame); err != nil {
				t.Fatal(err)
			}
			if got := readClose(t, conn); got.Code != test.code || got.Text == "" {
				t.Errorf("closed with %d %q, want %d and a reason", got.Code, got.Text, test.code)
			}
			receive(f.session(sid), 0, get("/messages"))
			if got := read(t, bystander); got.Seq != 1 {
				t.Errorf("another socket of the session got entry %d, want 1", got.Seq)
			}
		})
	}
}

// TestJournal_slow checks that the lab drops a page that doesn't read, and that the page
// gets every entry that is still kept, once and in order, when it returns.
func TestJournal_slow(t *testing.T) {
	limits := page.DefaultLimits()
	limits.Write = 100 * time.Millisecond
	f := newFixture(t, limits)
	f.put(sid, "no-allow-origin")
	current := f.session(sid)
	slow := f.open(sid, 0)
	if tcp, ok := slow.NetConn().(*net.TCPConn); ok {
		if err := tcp.SetReadBuffer(4 << 10); err != nil {
			t.Fatal(err)
		}
	}
	released := make(chan struct{})
	go func() {
		defer close(released)
		for current.Watchers() == 0 { // wait for the socket
			runtime.Gosched()
		}
		for current.Watchers() > 0 {
			request := get("/messages")
			request.Body, request.Size = []byte(strings.Repeat("x", backend.FirstBytes)), backend.FirstBytes
			receive(current, 0, request)
		}
	}()
	select {
	case <-released:
	case <-time.After(patience):
		t.Fatal("the slow page was not dropped")
	}
	last := current.Position().Seq
	back := f.open(sid, 0)
	want := last - session.JournalSize + 1
	if got := read(t, back); got.Kind != "gap" || got.Seq != want-1 {
		t.Errorf("first message = %s %d, want a gap up to %d", got.Kind, got.Seq, want-1)
	}
	for ; want <= last; want++ {
		if got := read(t, back); got.Seq != want {
			t.Fatalf("entry %d, want %d", got.Seq, want)
		}
	}
}

// TestJournal_quiet checks that a page that only responds to pings stays connected.
func TestJournal_quiet(t *testing.T) {
	limits := limitsOf(1, time.Second, 150*time.Millisecond)
	f := newFixture(t, limits)
	f.put(sid, "no-allow-origin")
	quiet := f.open(sid, 0)
	pong, pings := quiet.PingHandler(), 0
	quiet.SetPingHandler(func(data string) error {
		if pings++; pings == 10 {
			receive(f.session(sid), 0, get("/messages"))
		}
		return pong(data)
	})
	if got := read(t, quiet); got.Seq != 1 {
		t.Errorf("entry after ten pings = %d, want 1", got.Seq)
	}
}

// TestJournal_silent checks that a page that responds to no pings is dropped.
func TestJournal_silent(t *testing.T) {
	limits := limitsOf(1, 20*time.Millisecond, 20*time.Millisecond)
	f := newFixture(t, limits)
	f.put(sid, "no-allow-origin")
	silent := f.open(sid, 0)
	silent.SetPingHandler(func(string) error { return nil })
	if err := silent.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := silent.ReadMessage(); err == nil || errors.Is(err, net.ErrClosed) {
		t.Errorf("read = %v, want the end of the connection", err)
	} else if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
		t.Error("the silent page was not dropped")
	}
	receive(f.session(sid), 0, get("/messages"))
	for end := time.Now().Add(patience); ; {
		next := f.open(sid, 0)
		if _, _, err := next.ReadMessage(); err == nil {
			return // and ignores further pings
		}
		if time.Now().After(end) {
			t.Fatal("its place was not given back")
		}
	}
}

// limitsOf returns limits with these values.
func limitsOf(sockets int, write, ping time.Duration) page.Limits {
	limits := page.DefaultLimits()
	limits.Sockets, limits.Write, limits.Ping = sockets, write, ping
	return limits
}

// TestJournal_panic opens the socket of a session without a scenario, which only a bug
// could create. The socket must end, and the lab must go on.
func TestJournal_panic(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	current, err := f.sessions.Open("", "abcdefghijklmnop", nil, scenario.Attempt{}, session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	receive(current, 0, wire.Request{Method: "GET", URL: "/messages"})
	conn := f.open(current.ID, 0)
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := conn.ReadMessage(); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("read = %v, want that the socket is closed", err)
	}
	if status, _, _ := f.do(request{path: "/"}); status != http.StatusOK {
		t.Errorf("status of the next request = %d, want 200", status)
	}
}
