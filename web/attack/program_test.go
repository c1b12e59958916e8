package attack_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// program is another program on this machine. It listens on a port of localhost and
// trusts everything from localhost, as many programs do.
type program struct {
	*httptest.Server

	mu    sync.Mutex
	asked []string // what came, but for what its own pages ask
}

// startProgram starts the other program.
func startProgram(t testing.TB) *program {
	t.Helper()
	p := &program{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.Server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: http.HandlerFunc(p.serve)}}
	p.Start()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	p.URL = "http://localhost:" + port
	t.Cleanup(p.Close)
	return p
}

const programCookie = "signed_in=yes"

// serve lets its owner sign in at /sign-in and shows at /cookies what the
// browser still has. Whatever else comes is an attack that got through.
func (p *program) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch r.URL.Path {
	case "/favicon.ico":
	case "/sign-in":
		w.Header().Set("Set-Cookie", programCookie+"; Path=/; HttpOnly; SameSite=Strict")
	case "/cookies":
		fmt.Fprint(w, r.Header.Get("Cookie"))
	default:
		p.mu.Lock()
		defer p.mu.Unlock()
		p.asked = append(p.asked, fmt.Sprintf("%s %s, cookies %q", r.Method, r.URL, r.Header.Get("Cookie")))
	}
}

// askedAt lists what came at a path.
func (p *program) askedAt(path string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(p.asked), func(line string) bool { return !strings.Contains(line, path) })
}
