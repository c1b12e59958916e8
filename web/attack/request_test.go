package attack_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// TestRequests sends each request to a lab on one machine and to a lab on a network. The
// page origin's response must not have a CORS header, and the session must not change.
func TestRequests(t *testing.T) {
	for _, addr := range addresses() {
		t.Run(addr, func(t *testing.T) {
			l := startLab(t, addr)
			l.open(t)
			each(t, "request", func(t *testing.T, a attack) {
				to := "{page}"
				if a.To != "" {
					to = a.To
				}
				lines := make([]string, len(a.Lines))
				for i, line := range a.Lines {
					lines[i] = l.expand(line, "http://localhost:9")
				}
				before := l.attempt(t)
				got := l.raw(t, l.expand(to, ""), l.expand(a.Request, ""), lines, l.expand(a.Body, ""))
				a.check(t, got, l)
				if after := l.attempt(t); after != before {
					t.Errorf("the session was set to\n%s\nfrom\n%s", after, before)
				}
			})
		})
	}
}

func (a attack) check(t *testing.T, got response, l lab) {
	t.Helper()
	if !slices.Contains(a.Status, got.status) {
		t.Errorf("status %d and %.200q, want one of %v", got.status, got.body, a.Status)
	}
	for _, name := range a.Lacks {
		if found := got.header.Values(name); len(found) > 0 {
			t.Errorf("the response has %s: %q", name, found)
		}
	}
	for _, line := range a.Holds {
		name, value, _ := strings.Cut(l.expand(line, ""), ": ")
		if found := got.header.Get(name); found != value {
			t.Errorf("the response has %s: %q, want %q", name, found, value)
		}
	}
	if to := a.To; to == "" || strings.HasPrefix(to, "{page") {
		for name := range got.header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("the page origin sends %s: %q", name, got.header[name])
			}
		}
	}
}

// open makes the session that is attacked.
func (l lab) open(t testing.TB) {
	t.Helper()
	status, result := l.control(t, "PUT", "/sessions/"+sid, map[string]any{"scenario": "sandbox"})
	if status != http.StatusOK || result["error"] != nil {
		t.Fatalf("PUT /sessions/%s = %d %v", sid, status, result["error"])
	}
}

// attempt returns what is in force in the session, by a response of the API.
func (l lab) attempt(t testing.TB) string {
	t.Helper()
	got := l.raw(t, l.Origins.API.String(), "GET /"+sid+"/0/messages", []string{"Origin: " + l.Origins.Page.String()}, "")
	got.header.Del("Date")
	var lines []string
	for name, values := range got.header {
		lines = append(lines, name+": "+strings.Join(values, ", "))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n\n" + got.body
}

// TestSockets opens sockets as pages do that must not have one.
func TestSockets(t *testing.T) {
	for _, addr := range addresses() {
		t.Run(addr, func(t *testing.T) {
			l := startLab(t, addr)
			l.open(t)
			each(t, "socket", func(t *testing.T, a attack) {
				header := http.Header{}
				for _, line := range a.Lines {
					name, value, _ := strings.Cut(l.expand(line, "http://localhost:9"), ": ")
					header.Set(name, value)
				}
				url := "ws" + strings.TrimPrefix(l.Origins.Page.String(), "http") + l.expand(a.Socket, "")
				conn, got, err := websocket.DefaultDialer.Dial(url, header)
				if err == nil {
					conn.Close()
					t.Fatal("the socket is open")
				}
				if got == nil || !slices.Contains(a.Status, got.StatusCode) {
					t.Errorf("%v (%v), want one of %v", err, got, a.Status)
				}
			})
		})
	}
}
