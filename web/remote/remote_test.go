package remote_test

import (
	"bufio"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"corslab/lab/wire"
	"corslab/web/remote"

	"github.com/google/go-cmp/cmp"
)

// asked is what a server received.
type asked struct {
	method, host, proto, body string
	headers                   http.Header
}

// recording returns a handler that records the request before it responds.
func recording(got *asked, respond http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // the test checks what arrived
		*got = asked{r.Method, r.Host, r.Proto, string(body), r.Header.Clone()}
		respond(w, r)
	})
}

// serve starts a server over HTTP/1.1.
func serve(t *testing.T, handler http.Handler) (url string) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func respond(t *testing.T, r wire.Request) wire.Response {
	t.Helper()
	got, err := remote.New(remote.Transport()).Respond(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestRespond_preflight checks that a preflight arrives unchanged, and that the
// response's lines come back, repeated ones in order.
func TestRespond_preflight(t *testing.T) {
	var got asked
	url := serve(t, recording(&got, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Date"] = nil
		w.Header()["Access-Control-Allow-Origin"] = []string{"http://page.example", "\xe9"}
		w.Header()["x-custom"] = []string{"1"}
		w.WriteHeader(http.StatusNoContent)
	}))
	response := respond(t, wire.Request{Method: "OPTIONS", URL: url + "/a%2Fb?c=d", Headers: wire.Lines(
		"Origin: http://page.example", "Access-Control-Request-Method: patch", "Access-Control-Request-Headers: x-token",
		"X-Twice: 1", "X-Twice: 2", "Cookie: a=1", "Host: api.example",
	)})
	want := wire.Response{Status: 204, Headers: wire.Lines("Access-Control-Allow-Origin: http://page.example", "Access-Control-Allow-Origin: \xe9", "X-Custom: 1")}
	response.Headers = response.Headers.Without("Connection")
	if diff := cmp.Diff(want.Headers, response.Headers); diff != "" || response.Status != 204 || response.Closed {
		t.Errorf("Respond() = %+v (-want +got):\n%s", response, diff)
	}
	wantHeaders := http.Header{
		"Origin": {"http://page.example"}, "Access-Control-Request-Method": {"patch"}, "Access-Control-Request-Headers": {"x-token"},
		"X-Twice": {"1", "2"}, "Cookie": {"a=1"}, "Connection": {"close"},
	}
	if diff := cmp.Diff(wantHeaders, got.headers); diff != "" || got.method != "OPTIONS" || got.host != "api.example" {
		t.Errorf("%s at %s arrived (-want +got):\n%s", got.method, got.host, diff)
	}
}

// TestRespond_body checks that a request's body is sent whole or not at all, and that a
// response's body may be endless.
func TestRespond_body(t *testing.T) {
	var got asked
	url := serve(t, recording(&got, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil { // until the client has gone
			if _, err := io.WriteString(w, "<script>"); err != nil {
				return
			}
		}
	}))
	response := respond(t, wire.Request{Method: "PUT", URL: url, Headers: wire.Lines("Content-Type: text/plain"), Body: []byte("hello"), Size: 5})
	if response.Status != 200 || response.Body.Len() != 0 || got.body != "hello" || got.headers.Get("Content-Type") != "text/plain" {
		t.Errorf("Respond() = %d with %d bytes, after %+v; want 200 with none after hello", response.Status, response.Body.Len(), got)
	}
	got = asked{}
	_, err := remote.New(remote.Transport()).Respond(t.Context(), wire.Request{Method: "PUT", URL: url, Body: []byte("hello"), Size: 9})
	if err == nil || !strings.HasSuffix(err.Error(), "found the first 5 of 9 bytes of a body; want all of it") || got.method != "" {
		t.Errorf("half a body: error %v, and %q arrived", err, got.method)
	}
}

// TestRespond_redirect checks that redirects aren't followed.
func TestRespond_redirect(t *testing.T) {
	requests := 0
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests++
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	for range 2 {
		if got := respond(t, wire.Request{Method: "GET", URL: url}); got.Status != 307 || got.Headers.Get("Location") != "/elsewhere" {
			t.Errorf("Respond() = %+v, want the redirect", got)
		}
	}
	if requests != 2 {
		t.Errorf("the server got %d requests, want 2", requests)
	}
}

// TestRespond_cookies checks that cookies aren't stored.
func TestRespond_cookies(t *testing.T) {
	var got asked
	url := serve(t, recording(&got, func(w http.ResponseWriter, _ *http.Request) { http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"}) }))
	remoteServer := remote.New(remote.Transport())
	for range 2 {
		if _, err := remoteServer.Respond(t.Context(), wire.Request{Method: "GET", URL: url}); err != nil {
			t.Fatal(err)
		}
		if got.headers.Get("Cookie") != "" {
			t.Errorf("the server got the cookie %q, want none", got.headers.Get("Cookie"))
		}
	}
}

// TestRespond_closed checks that a server that was reached but sends no valid response
// counts as one that closed the connection, and that the request isn't repeated.
func TestRespond_closed(t *testing.T) {
	for name, said := range map[string]string{
		"nothing":            "",
		"half a header":      "HTTP/1.1 200 OK\r\nX-Cust",
		"not HTTP":           "SSH-2.0-OpenSSH\r\n\r\n",
		"very large headers": "HTTP/1.1 200 OK\r\nX-Long: " + strings.Repeat("x", 1<<20) + "\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			url, stop := serveRaw(t, said)
			if got := respond(t, wire.Request{Method: "GET", URL: url}); !got.Closed || got.Status != 0 {
				t.Errorf("Respond() = %+v, want a closed connection", got)
			}
			if n := stop(); n != 1 {
				t.Errorf("the server got %d connections, want 1", n)
			}
		})
	}
}

// serveRaw starts a server that reads a request on each connection, sends something and
// closes the connection. stop ends it and returns the number of connections.
func serveRaw(t *testing.T, something string) (url string, stop func() (connections int)) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	counted := make(chan int, 1)
	go func() {
		connections := 0
		for {
			conn, err := ln.Accept()
			if err != nil {
				counted <- connections
				return
			}
			connections++
			_, _ = http.ReadRequest(bufio.NewReader(conn)) // any request
			_, _ = io.WriteString(conn, something)         // the client may be gone
			_ = conn.Close()
		}
	}()
	return "http://" + ln.Addr().String(), func() int {
		_ = ln.Close() // Accept returns the error
		return <-counted
	}
}

// TestRespond_unreached checks that a server that can't be reached doesn't count as one
// that closed the connection.
func TestRespond_unreached(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free := ln.Addr().String()
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // the handshake's errors are expected
	secure.StartTLS()
	t.Cleanup(secure.Close)
	for name, r := range map[string]wire.Request{
		"a port where nothing listens": {Method: "GET", URL: "http://" + free + "/"},
		"an unknown certificate":       {Method: "GET", URL: secure.URL},
		"no host":                      {Method: "GET", URL: "http:///x"},
		"another scheme":               {Method: "GET", URL: "ftp://a.example/"},
		"no URL":                       {Method: "GET", URL: "http://a b/"},
		"a method with a space":        {Method: "GET ME", URL: "http://" + free + "/"},
		"a header with a line end":     {Method: "GET", URL: "http://" + free + "/", Headers: wire.Headers{{Name: "X-A", Value: "a\r\nb"}}},
	} {
		if got, err := remote.New(remote.Transport()).Respond(t.Context(), r); err == nil {
			t.Errorf("%s: Respond() = %+v, want an error", name, got)
		}
	}
}

// TestRespond_context checks that the context bounds the time, even if the server keeps
// the connection waiting.
func TestRespond_context(t *testing.T) {
	errPatience := errors.New("the caller has no more patience")
	ctx, cancel := context.WithCancelCause(t.Context())
	released := make(chan struct{})
	url := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel(errPatience)
		<-r.Context().Done() // the client has gone
		close(released)
	}))
	if _, err := remote.New(remote.Transport()).Respond(ctx, wire.Request{Method: "GET", URL: url}); !errors.Is(err, errPatience) {
		t.Errorf("Respond() error = %v, want %v", err, errPatience)
	}
	<-released
}

// TestRespond_tls covers both versions of HTTP that a TLS server may choose.
func TestRespond_tls(t *testing.T) {
	for proto, http2 := range map[string]bool{"HTTP/1.1": false, "HTTP/2.0": true} {
		var got asked
		server := httptest.NewUnstartedServer(recording(&got, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == "DELETE" {
				panic(http.ErrAbortHandler)
			}
			w.Header().Set("Access-Control-Allow-Origin", "*")
		}))
		server.EnableHTTP2 = http2
		server.StartTLS()
		t.Cleanup(server.Close)
		transport := remote.Transport()
		roots := x509.NewCertPool()
		roots.AddCert(server.Certificate())
		transport.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
		transport.TLSClientConfig.RootCAs = roots
		remoteServer := remote.New(transport)
		response, err := remoteServer.Respond(t.Context(), wire.Request{Method: "GET", URL: server.URL, Headers: wire.Lines("Origin: null")})
		if err != nil || response.Status != 200 || response.Headers.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: Respond() = %+v, %v", proto, response, err)
		}
		if got.proto != proto || got.headers.Get("Origin") != "null" || got.headers.Get("User-Agent") != "" {
			t.Errorf("the server got %s with %v, want %s", got.proto, got.headers, proto)
		}
		if response, err := remoteServer.Respond(t.Context(), wire.Request{Method: "DELETE", URL: server.URL}); err != nil || !response.Closed {
			t.Errorf("%s, closed: Respond() = %+v, %v", proto, response, err)
		}
	}
}
