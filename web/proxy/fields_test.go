package proxy_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corslab/lab/fields"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/web/proxy"
)

// TestFields_bytes sends each byte that a header can carry through both proxies,
// in the request and in the response.
func TestFields_bytes(t *testing.T) {
	f := newFixture(t)
	parsed, attempt := f.current.Attempt()
	for b := range 0x100 {
		if fields.CheckValue(string(rune(b))) != "" {
			continue // the policy and the script can't hold it
		}
		attempt.Policy.Response.Headers = []policy.Header{{Name: "X-Custom", Value: "a" + string(rune(b)) + "b"}}
		f.current.Put(parsed, attempt)
		want := "a" + string([]byte{byte(b)}) + "b"
		for _, at := range []string{f.sameOrigin, f.cors} {
			response, _ := f.do("GET", at+"/api/messages", "", "X-Token", want)
			if got := response.Header.Get("X-Custom"); got != want || response.StatusCode != 200 {
				t.Errorf("byte 0x%02X at %s: %d and %q, want %q", b, at, response.StatusCode, got, want)
			}
			all := f.received()
			if got := all[len(all)-1].Request.Headers.Get("X-Token"); got != want {
				t.Errorf("byte 0x%02X at %s: the API gets %q, want %q", b, at, got, want)
			}
		}
	}
}

// hostile is the two proxies before a server that sends what it is told, as the
// API never would.
type hostile struct {
	sameOrigin, cors *httptest.Server
	headers          http.Header // of its responses
	body             string
	asked            []*http.Request
}

func newHostile(t testing.TB) *hostile {
	t.Helper()
	h := &hostile{headers: http.Header{}}
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked = append(h.asked, r)
		for name, values := range h.headers {
			w.Header()[name] = values
		}
		_, _ = io.WriteString(w, h.body)
	}))
	origins, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := format.Parse("test.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	sessions := session.NewStore(origins, time.Now, session.DefaultBounds())
	if _, err := sessions.Open("", sid, parsed, parsed.Start(origins), session.Position{}); err != nil {
		t.Fatal(err)
	}
	proxies := proxy.New(sessions, origins, upstream.Listener.Addr().String(), slog.New(slog.DiscardHandler))
	h.sameOrigin, h.cors = httptest.NewServer(proxies.SameOrigin()), httptest.NewServer(proxies.CORS())
	for _, server := range []*httptest.Server{upstream, h.sameOrigin, h.cors} {
		t.Cleanup(server.Close)
	}
	return h
}

// TestFields_refused: no proxy hands on a field that the lab refuses, and none
// that belongs to one connection in the request.
func TestFields_refused(t *testing.T) {
	h := newHostile(t)
	for _, row := range fields.Rows() {
		framing := row.Name == "Content-Length" || row.Name == "Transfer-Encoding" || row.Name == "Trailer"
		if row.Verdict != fields.Refused || framing { // Go writes these itself, whatever it is told
			continue
		}
		h.headers = http.Header{http.CanonicalHeaderKey(row.Name): {"x-forbidden"}}
		for _, url := range []string{h.sameOrigin.URL + "/proxy/" + sid + "/1/api/messages", h.cors.URL + "/" + sid + "/1/proxy/api/messages"} {
			h.asked = nil
			request, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
			if err != nil {
				t.Fatal(err)
			}
			if row.HopByHop && row.Name != "Connection" && row.Name != "Close" {
				request.Header.Set(row.Name, "x-forbidden")
			}
			response, err := http.DefaultTransport.RoundTrip(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if got := response.Header.Get(row.Name); got == "x-forbidden" {
				t.Errorf("%s hands on %s", url, row.Name)
			}
			if len(h.asked) != 1 || h.asked[0].Header.Get(row.Name) == "x-forbidden" {
				t.Errorf("%s asks %d times, with %s of the browser's", url, len(h.asked), row.Name)
			}
		}
	}
}

// FuzzProxies: whatever is asked and whatever the server behind says, a proxy
// does not panic, asks no one but that server, only for the session's own paths,
// and hands on no field that the lab refuses.
func FuzzProxies(f *testing.F) {
	f.Add("GET", "api/messages", "X-Token", "1", "X-Custom", "a", "body")
	f.Add("POST", "../../page/sessions", "Host", "evil.example", "Location", "//evil.example/", "")
	f.Add("CONNECT", "api/%2e%2e/%2e%2e/x", "Connection", "X-Token", "Clear-Site-Data", `"*"`, "x")
	f.Add("get", "api//evil.example/", "Te", "trailers", "Refresh", "0;url=/", "")
	f.Add("PUT", "bank/messages?a=b&c=%zz", "Transfer-Encoding", "chunked", "Set-Cookie", "a=1; Path=/", "x")
	f.Add("GET", "api/\x00", "A\nB", "\r\n", "Location", "http://[::1", "\x00")
	h := newHostile(f)
	f.Fuzz(func(t *testing.T, method, path, name, value, sent, sentValue, body string) {
		for _, at := range []string{h.sameOrigin.URL + "/proxy/" + sid + "/1/", h.cors.URL + "/" + sid + "/1/proxy/"} {
			h.asked, h.headers, h.body = nil, http.Header{http.CanonicalHeaderKey(sent): {sentValue}}, body
			request, err := http.NewRequestWithContext(t.Context(), method, at+path, strings.NewReader(body))
			if err != nil || strings.HasPrefix(path, "\\") {
				return
			}
			request.Header.Set(name, value)
			response, err := http.DefaultTransport.RoundTrip(request)
			if err != nil {
				continue // Go's client sends no such request
			}
			_ = response.Body.Close()
			for _, asked := range h.asked {
				if !strings.HasPrefix(asked.RequestURI, "/"+sid+"/1/") || !strings.HasPrefix(asked.Header.Get("Via"), "1.1 corslab-") {
					t.Errorf("%s %q asks for %s", method, path, asked.RequestURI)
				}
			}
			checkHandedOn(t, response, fmt.Sprintf("%s %q", method, path))
		}
	})
}

// checkHandedOn fails where a response has a field that the lab refuses, but for
// those that Go's own server wrote to the proxy's client.
func checkHandedOn(t *testing.T, response *http.Response, what string) {
	t.Helper()
	for name := range response.Header {
		if row := fields.Lookup(name); row.Verdict == fields.Refused && name != "Content-Length" && name != "Connection" {
			t.Errorf("%s: the proxy hands on %s", what, name)
		}
	}
	for _, line := range response.Header["Set-Cookie"] {
		if cookie := fields.ParseCookie(line); !strings.HasPrefix(cookie.Path, "/proxy/"+sid+"/") {
			t.Errorf("%s: the proxy sets %q", what, line)
		}
	}
}
