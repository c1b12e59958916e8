package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// One loopback address attacks the lab while another uses it.
const (
	attacker = "127.0.0.2"
	learners = "127.0.0.1"

	served   = 15 * time.Second // for each step of the learner, on a busy machine
	rounds   = 8                // pages that the learner opens
	warmUp   = 200              // requests from the attacker before the learner begins
	greed    = 4                // connections at a time for each kind of attack
	longBody = 500 << 10        // bytes of a control request; the bound is 512 KiB
)

// TestOneClientTakesEverything checks that the lab keeps serving a client that opens
// pages and starts runs while another client takes as much as it can, in every way at
// once. The lab runs in a separate process: with the usual limits, with low ones, and
// with too few descriptors for another browser.
func TestOneClientTakesEverything(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has 127.0.0.2 without any setup")
	}
	binary := buildCorslab(t)
	for name, command := range map[string]*exec.Cmd{
		"with the usual limits":  exec.Command(binary, "--page-addr", "localhost:0", "--api-addr", "localhost:0"),
		"with few of everything": exec.Command(binary, "--page-addr", "localhost:0", "--api-addr", "localhost:0", "--connections", "60", "--journal-budget", "1MiB"),
		"with 40 descriptors":    exec.Command("sh", "-c", `ulimit -n 40 && exec "$0" --page-addr localhost:0 --api-addr localhost:0`, binary),
	} {
		t.Run(name, func(t *testing.T) {
			p := startCommand(t, command)
			defer p.stop()
			a := startAttack(t, p)
			for a.requests.Load() < warmUp {
				runtime.Gosched()
			}
			for n := range rounds {
				playLearner(t, p, fmt.Sprintf("learner%016d", n))
			}
			before := a.requests.Load()
			a.stop()
			t.Logf("the attack made %d requests", before)
		})
	}
}

// from returns a dialer that connects from an address of this machine.
func from(ip string) *net.Dialer {
	return &net.Dialer{Timeout: served, LocalAddr: &net.TCPAddr{IP: net.ParseIP(ip)}}
}

func clientAt(ip string) *http.Client {
	return &http.Client{Timeout: served, Transport: &http.Transport{DialContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			return nil, err
		}
		return from(ip).DialContext(ctx, "tcp4", net.JoinHostPort("127.0.0.1", port))
	}}}
}

// playLearner opens a page and starts a run, the way a browser does.
func playLearner(t *testing.T, p *process, id string) {
	t.Helper()
	client := clientAt(learners)
	defer client.CloseIdleConnections()
	ask := func(method, url, body string, want int) string {
		t.Helper()
		began := time.Now()
		request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Origin", p.page)
		response, err := client.Do(request)
		if err != nil {
			t.Fatalf("%s %s: %v after %v", method, url, err, time.Since(began))
		}
		defer response.Body.Close()
		read, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != want {
			t.Fatalf("%s %s: %s %.200s %v after %v", method, url, response.Status, read, err, time.Since(began))
		}
		return string(read)
	}
	ask("GET", p.page+"/scenarios/put-not-allowed", "", http.StatusOK)
	session := p.page + "/sessions/" + id
	ask("PUT", session, `{"scenario":"put-not-allowed","seq":0,"run":0}`, http.StatusOK)

	dialer := websocket.Dialer{HandshakeTimeout: served, NetDialContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
		_, port, _ := net.SplitHostPort(addr)
		return from(learners).DialContext(ctx, "tcp4", net.JoinHostPort("127.0.0.1", port))
	}}
	socket, _, err := dialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(session, "http")+"/journal?after=0", http.Header{"Origin": {p.page}})
	if err != nil {
		t.Fatalf("open the socket of %s: %v", id, err)
	}
	defer socket.Close()

	ask("POST", session+"/runs", "", http.StatusCreated)
	ask("GET", p.api+"/"+id+"/1/messages", "", http.StatusOK)
	ask("POST", session+"/runs/1/outcome", `{"type":"error","error":"TypeError","failed":"fetch"}`, http.StatusNoContent)
	if err := socket.SetReadDeadline(time.Now().Add(served)); err != nil {
		t.Fatal(err)
	}
	for want := uint64(1); want <= 3; want++ {
		var got struct{ Seq uint64 }
		if _, read, err := socket.ReadMessage(); err != nil {
			t.Fatalf("entry %d of %s: %v", want, id, err)
		} else if err := json.Unmarshal(read, &got); err != nil || got.Seq != want {
			t.Fatalf("entry %d of %s: %s, %v", want, id, read, err)
		}
	}
}

// attack is one client that takes all it can get.
type attack struct {
	p        *process
	requests atomic.Int64
	ctx      context.Context
	cancel   context.CancelFunc
	all      sync.WaitGroup
}

func startAttack(t *testing.T, p *process) *attack {
	a := &attack{p: p}
	a.ctx, a.cancel = context.WithCancel(t.Context())
	for _, way := range []func(n int){a.sessions, a.sockets, a.largeBodies, a.flood, a.hold, a.halfHeader, a.halfBody, a.relay} {
		for worker := range greed {
			a.all.Go(func() {
				for n := worker; a.ctx.Err() == nil; n += greed {
					way(n)
					a.requests.Add(1)
				}
			})
		}
	}
	return a
}

func (a *attack) stop() {
	a.cancel()
	a.all.Wait()
}

func (a *attack) id(n int) string { return fmt.Sprintf("attack%016d", n) }

// ask sends a request and reads the response. The attacker doesn't care what it gets.
func (a *attack) ask(method, url, body string) {
	client := clientAt(attacker)
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(a.ctx, method, url, strings.NewReader(body))
	if err != nil {
		return
	}
	request.Header.Set("Origin", a.p.page)
	if strings.HasPrefix(url, a.p.api) {
		request.Header.Set("X-Large", strings.Repeat("x", 30<<10))
	}
	if response, err := client.Do(request); err == nil {
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
	}
}

func (a *attack) sessions(n int) {
	a.ask("PUT", a.p.page+"/sessions/"+a.id(n), `{"scenario":"put-not-allowed","seq":0,"run":0}`)
}

func (a *attack) largeBodies(n int) {
	a.ask("PUT", a.p.page+"/sessions/"+a.id(n%7), `{"scenario":"`+strings.Repeat("x", longBody)+`"}`)
}

// flood sends a request to the API. Each one creates a large entry.
func (a *attack) flood(n int) {
	a.ask("POST", a.p.api+"/"+a.id(n%7)+"/0/messages", strings.Repeat("x", 100<<10))
}

func (a *attack) relay(n int) {
	a.ask("GET", a.p.page+"/proxy/"+a.id(n%7)+"/0/api/messages", "")
}

// sockets opens a socket and never reads from it.
func (a *attack) sockets(n int) {
	a.keep(fmt.Sprintf("GET /sessions/%s/journal?after=0 HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n", a.id(n%200), strings.TrimPrefix(a.p.page, "http://"), a.p.page))
}

func (a *attack) hold(int) { a.keep("") }

func (a *attack) halfHeader(int) { a.keep("GET / HTTP/1.1\r\nHost: ") }

func (a *attack) halfBody(n int) {
	a.keep(fmt.Sprintf("PUT /sessions/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n{", a.id(n%7), strings.TrimPrefix(a.p.page, "http://"), longBody))
}

// keep opens a connection, sends a text, and keeps the connection open until the attack
// is over or the lab closes it.
func (a *attack) keep(text string) {
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(a.p.page, "http://"))
	conn, err := from(attacker).DialContext(a.ctx, "tcp4", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return
	}
	_, _ = io.WriteString(conn, text)
	a.all.Go(func() {
		defer conn.Close()
		stop := context.AfterFunc(a.ctx, func() { _ = conn.Close() })
		defer stop()
		_, _ = io.Copy(io.Discard, conn)
	})
}
