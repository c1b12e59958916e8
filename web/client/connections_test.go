package client_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"corslab/web/client"
)

const patience = time.Minute

// lab starts a server whose connections are counted. A request to /wait ends with the
// test. The channel receives once for each connection that becomes idle.
func lab(t *testing.T, proxies client.Proxies, each, all int) (addr string, idle <-chan struct{}) {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	connections := client.NewConnections(proxies, each, all)
	becameIdle := make(chan struct{}, 99)
	state := func(conn net.Conn, state http.ConnState) {
		if connections.State(conn, state); state == http.StateIdle {
			becameIdle <- struct{}{}
		}
	}
	server := &http.Server{ConnState: state, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wait" {
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}
	})}
	served := make(chan error, 1)
	go func() { served <- server.Serve(connections.Listener(ln)) }()
	t.Cleanup(func() {
		_ = server.Close()
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return ln.Addr().String(), becameIdle
}

// connected opens a connection from an address of this machine and brings it into a
// state: new, half a header, busy, or idle.
func connected(t *testing.T, addr, ip, word string) net.Conn {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(ip)}}
	conn, err := dialer.Dial("tcp4", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	text := map[string]string{"new": "", "half": "GET / HTTP/1.1\r\nHo", "busy": "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n", "idle": "GET / HTTP/1.1\r\nHost: x\r\n\r\n"}[word]
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	if word == "busy" || word == "idle" {
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || word == "idle" && response.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v", ip, err)
		}
	}
	return conn
}

// TestConnections checks which connection is refused or closed when there are too many.
func TestConnections(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has 127.0.0.2 without further ado")
	}
	const a, b, c = "127.0.0.2", "127.0.0.3", "127.0.0.4"
	type opened struct{ ip, word string }
	trusted := client.Proxies{netip.MustParsePrefix(a + "/32")}
	for name, test := range map[string]struct {
		proxies   client.Proxies
		each, all int
		open      []opened
		next      string
		loses     int    // an index in open; len(open) for the new one, -1 for none
		response  string // to the new one
	}{
		"there is room":                              {nil, 2, 9, []opened{{a, "busy"}}, a, -1, ""},
		"a client has all it may have":               {nil, 2, 9, []opened{{a, "busy"}, {a, "half"}}, a, 2, "too many connections to this lab"},
		"but one of its own is idle":                 {nil, 2, 9, []opened{{a, "busy"}, {a, "idle"}}, a, 1, ""},
		"another client has all it may have":         {nil, 2, 9, []opened{{a, "busy"}, {a, "busy"}}, b, -1, ""},
		"a trusted proxy has more":                   {trusted, 2, 9, []opened{{a, "busy"}, {a, "busy"}}, a, -1, ""},
		"full: the largest client loses an idle one": {nil, 9, 4, []opened{{b, "idle"}, {a, "busy"}, {a, "busy"}, {a, "idle"}}, c, 3, ""},
		"full: or a half-sent one":                   {nil, 9, 4, []opened{{b, "idle"}, {a, "busy"}, {a, "half"}, {a, "busy"}}, c, 2, ""},
		"full: or a new one":                         {nil, 9, 4, []opened{{b, "idle"}, {a, "busy"}, {a, "new"}, {a, "busy"}}, c, 2, ""},
		"full: or its oldest":                        {nil, 9, 4, []opened{{b, "idle"}, {a, "busy"}, {a, "busy"}, {a, "busy"}}, c, 1, ""},
		"full: the largest client wants one more":    {nil, 9, 4, []opened{{b, "idle"}, {a, "busy"}, {a, "busy"}, {a, "busy"}}, a, 4, "accept any more connections right now"},
		"full: and has a half-sent one":              {nil, 9, 4, []opened{{b, "idle"}, {a, "busy"}, {a, "half"}, {a, "busy"}}, a, 2, ""},
		"full: all have the same":                    {nil, 9, 2, []opened{{a, "busy"}, {b, "busy"}}, c, 2, "accept any more connections right now"},
		"full: a trusted proxy counts":               {trusted, 2, 4, []opened{{b, "busy"}, {a, "busy"}, {a, "busy"}, {a, "idle"}}, c, 3, ""},
	} {
		t.Run(name, func(t *testing.T) {
			addr, idle := lab(t, test.proxies, test.each, test.all)
			var conns []net.Conn
			for _, o := range test.open {
				conns = append(conns, connected(t, addr, o.ip, o.word))
				if o.word == "idle" {
					<-idle
				}
			}
			word := "idle"
			if test.loses == len(test.open) {
				word = "new"
			}
			conns = append(conns, connected(t, addr, test.next, word))
			if test.loses < 0 {
				return
			}
			said, err := io.ReadAll(conns[test.loses])
			if errors.Is(err, os.ErrDeadlineExceeded) || test.response != "" && (!strings.HasPrefix(string(said), "HTTP/1.1 429 ") || !strings.Contains(string(said), test.response)) {
				t.Errorf("it was told %q and %v, want its end and %q", said, err, test.response)
			}
			for i, conn := range conns {
				if i == test.loses {
					continue
				}
				_ = conn.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
				if _, err := io.ReadAll(conn); !errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("connection %d ended too: %v", i, err)
				}
			}
		})
	}
}

// TestSlots checks that a client's requests wait when it has too many in progress, and
// that other clients' don't.
func TestSlots(t *testing.T) {
	slots := client.NewSlots(client.Proxies{netip.MustParsePrefix("127.0.0.0/8")}, 2, 5)
	entered, release := make(chan string, 99), make(chan struct{})
	handler := slots.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		entered <- r.Header.Get("X-Forwarded-For")
		<-release
	}), func(r *http.Request) bool { return r.Method == "PUT" })
	ask := func(method, ip string) {
		go handler.ServeHTTP(nil, &http.Request{Method: method, RemoteAddr: "127.0.0.1:1", Header: http.Header{"X-Forwarded-For": {ip}}})
	}
	for range 50 {
		ask("PUT", "198.51.100.1")
	}
	for range 2 {
		<-entered
	}
	ask("PUT", "198.51.100.2")
	ask("GET", "198.51.100.1") // a kind of request that doesn't wait
	got := []string{<-entered, <-entered}
	if got[0] == got[1] {
		t.Errorf("entered: %v, want one of the other client and one that needn't wait", got)
	}
	close(release)
	for range 48 {
		<-entered
	}
}
