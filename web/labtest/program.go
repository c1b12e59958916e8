package labtest

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"corslab/lab/origin"
)

// Program is another program on the learner's machine. Like many programs, it trusts
// everyone who has its cookie. A stranger's link or file must not reach it.
type Program struct {
	*httptest.Server

	mu    sync.Mutex
	asked []string // requests, except those of its own pages
}

// ProgramCookie is the cookie that the program sets.
const ProgramCookie = "signed_in=yes"

// StartProgram starts a program at an address such as "localhost:0" until the test ends.
func StartProgram(t testing.TB, addr string) *Program {
	t.Helper()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	p := &Program{}
	p.Server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: http.HandlerFunc(p.serve)}}
	p.Start()
	t.Cleanup(p.Close)
	host, _, _ := net.SplitHostPort(addr)
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	p.URL = origin.HTTP(host, port).String()
	return p
}

// serve lets the owner sign in at /sign-in, and at /cookies it shows the cookies that
// the browser still has. Every other request is an attack that got through.
func (p *Program) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch r.URL.Path {
	case "/favicon.ico":
	case "/sign-in":
		w.Header().Set("Set-Cookie", ProgramCookie+"; Path=/; HttpOnly; SameSite=Strict")
	case "/cookies":
		fmt.Fprint(w, r.Header.Get("Cookie"))
	default:
		p.mu.Lock()
		defer p.mu.Unlock()
		p.asked = append(p.asked, fmt.Sprintf("%s %s, cookies %q", r.Method, r.URL, r.Header.Get("Cookie")))
	}
}

// AskedAt lists the requests for a path.
func (p *Program) AskedAt(path string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(p.asked), func(line string) bool { return !strings.Contains(line, path) })
}
