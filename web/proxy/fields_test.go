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

// TestFields_bytes checks that both proxies pass on every byte that a header value can
// hold, in requests and responses.
func TestFields_bytes(t *testing.T) {
	f := newFixture(t)
	parsed, attempt := f.current.Attempt()
	for b := range 0x100 {
		if fields.CheckValue(string(rune(b))) != "" {
			continue // policies and scripts can't hold it
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

// hostile is the two proxies in front of a server that sends everything it is told to,
// unlike the API.
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

// TestFields_refused checks that the proxies pass on no field that the lab refuses, and
// no request field that applies to one connection only.
func TestFields_refused(t *testing.T) {
	h := newHostile(t)
	for _, row := range fields.Rows() {
		framing := row.Name == "Content-Length" || row.Name == "Transfer-Encoding" || row.Name == "Trailer"
		if row.Verdict != fields.Refused || framing { // Go writes the framing fields itself
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

// FuzzProxies checks that no request and no response can make a proxy panic, that a
// proxy sends requests only to its server and only for the session's own paths, and that
// it passes on no field that the lab refuses.
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
				continue // Go's client doesn't send such a request
			}
			_ = response.Body.Close()
			for _, asked := range h.asked {
				if !strings.HasPrefix(asked.RequestURI, "/"+sid+"/1/") || !strings.HasPrefix(asked.Header.Get("Via"), "1.1 corslab-") {
					t.Errorf("%s %q asks for %s", method, path, asked.RequestURI)
				}
			}
			checkPassedOn(t, response, fmt.Sprintf("%s %q", method, path))
		}
	})
}

// checkPassedOn fails the test if a response has a field that the lab refuses, except
// for those that Go's own server adds.
func checkPassedOn(t *testing.T, response *http.Response, what string) {
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
