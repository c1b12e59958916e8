package proxy_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"corslab/lab/backend"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/web/api"
	"corslab/web/proxy"
)

const (
	sid  = "abcdefghijklmnop"
	file = `corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
policy:
  response: {headers: [{X-Custom: a}, {Content-Security-Policy: "script-src *"}, {X-Content-Type-Options: sniff}, {Cross-Origin-Resource-Policy: cross-origin}, {Set-Cookie: a=1}, {Location: /messages/1}]}
  account: {}
  routes:
    - url: "{api}/closed"
      response: {close: true}
    - url: "{api}/elsewhere/messages"
      response: {status: 307}
    - url: "{api}/sign-in"
      response: {headers: [{Set-Cookie: a=1; Path=/; HttpOnly}, {Set-Cookie: b=2;path=/}, {Set-Cookie: c=3; Path=/messages; PATH = /v2}]}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`
)

// fixture is an API with the two proxies in front of it, each on real connections.
type fixture struct {
	t          *testing.T
	current    *session.Session
	origins    origin.Set
	sameOrigin string // URLs
	cors       string
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	origins, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := format.Parse("test.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	sessions := session.NewStore(origins, time.Now, session.DefaultBounds())
	current, err := sessions.Open("", sid, parsed, parsed.Start(origins), session.Position{})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	behind := httptest.NewServer(api.New(sessions, origins, http.NotFoundHandler(), log))
	proxies := proxy.New(sessions, origins, behind.Listener.Addr().String(), log)
	sameOrigin, cors := httptest.NewServer(proxies.SameOrigin()), httptest.NewServer(proxies.CORS())
	for _, server := range []*httptest.Server{behind, sameOrigin, cors} {
		t.Cleanup(server.Close)
	}
	return &fixture{t: t, current: current, origins: origins, sameOrigin: sameOrigin.URL + "/proxy/" + sid + "/1", cors: cors.URL + "/" + sid + "/1/proxy"}
}

// do sends a request. headers alternates between names and values.
func (f *fixture) do(method, url, body string, headers ...string) (*http.Response, string) {
	f.t.Helper()
	request, err := http.NewRequestWithContext(f.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		f.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return response, string(text)
}

// received lists the requests in the journal.
func (f *fixture) received() (all []session.Received) {
	entries, _ := f.current.Entries(0)
	for _, e := range entries {
		if e.Received != nil {
			all = append(all, *e.Received)
		}
	}
	return all
}

func TestSameOrigin(t *testing.T) {
	f := newFixture(t)
	response, body := f.do("POST", f.sameOrigin+"/api/messages?draft=yes", "hello",
		"Host", "localhost:8080", "Origin", "http://localhost:8080", "Cookie", "b=2", "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Dest", "empty", "X-Token", "1", "Connection", "close")
	if response.StatusCode != 200 || !strings.Contains(body, "hello") {
		t.Errorf("status %d and %s, want the message", response.StatusCode, body)
	}
	for name, want := range map[string]string{
		"X-Custom": "a", "Set-Cookie": "a=1; Path=/proxy/" + sid + "/", "Location": "/proxy/" + sid + "/1/api/messages/1",
		"Access-Control-Allow-Origin": "",
		"Content-Security-Policy":     "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff",
		"Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("the browser gets %s: %q, want %q", name, got, want)
		}
	}
	got := f.received()[0]
	if got.Via != "same-origin" || got.Endpoint().Key() != "localhost:8000/messages?draft=yes" || got.Effect == "" {
		t.Errorf("the API received %+v", got)
	}
	for name, want := range map[string]string{"Origin": "", "Sec-Fetch-Site": "", "Cookie": "b=2", "X-Token": "1", "Via": "1.1 corslab-same-origin"} {
		if got := got.Request.Headers.Get(name); got != want {
			t.Errorf("the API gets %s: %q, want %q", name, got, want)
		}
	}
}

// TestSameOrigin_foreign checks that a page of another origin gets nothing, and that its
// request isn't forwarded.
func TestSameOrigin_foreign(t *testing.T) {
	f := newFixture(t)
	for _, origin := range []string{"http://attacker.example", "null", "https://localhost:8080", "http://localhost:80800", "http://localhost:8000"} {
		response, body := f.do("POST", f.sameOrigin+"/api/messages", "hello", "Host", "localhost:8080", "Origin", origin)
		if response.StatusCode != http.StatusForbidden || strings.Contains(body, "hello") {
			t.Errorf("from %s: status %d and %s, want 403", origin, response.StatusCode, body)
		}
	}
	if got := f.received(); len(got) > 0 {
		t.Errorf("the API received %d requests, want none", len(got))
	}
}

// TestSameOrigin_signIn checks that the account's cookie works through the proxy.
func TestSameOrigin_signIn(t *testing.T) {
	f := newFixture(t)
	response, _ := f.do("GET", f.sameOrigin+"/api/login", "")
	if cookies := response.Header["Set-Cookie"]; len(cookies) != 2 || !strings.Contains(cookies[1], "; Path=/proxy/"+sid+"/;") {
		t.Errorf("Set-Cookie: %q, want the account's under the proxy's path", cookies)
	}
}

// TestSameOrigin_cookies checks that a cookie with a path is sent back through the
// proxy, however the path is written.
func TestSameOrigin_cookies(t *testing.T) {
	f := newFixture(t)
	response, _ := f.do("GET", f.sameOrigin+"/api/sign-in", "")
	path := "; Path=/proxy/" + sid
	want := []string{"a=1" + path + "/; HttpOnly", "b=2" + path + "/", "c=3" + path + "/v2"}
	if cookies := response.Header["Set-Cookie"]; !slices.Equal(cookies, want) {
		t.Errorf("Set-Cookie: %q, want %q", cookies, want)
	}
}

// TestProxies_location checks that each Location leads to the same API path through the
// proxy, or to the API itself. It must not lead to other addresses of the page's origin,
// such as the control routes.
func TestProxies_location(t *testing.T) {
	for location, want := range map[string]string{
		"/messages":                             "{proxy}/messages",
		"messages/1?a=b":                        "{proxy}/elsewhere/messages/1?a=b",
		"../messages":                           "{proxy}/messages",
		"?a":                                    "{proxy}/elsewhere/messages?a",
		"{api}/messages":                        "{proxy}/messages",
		"{page}/":                               "{page}/",
		"http://a.invalid/x":                    "http://a.invalid/x",
		"app://signed-in/":                      "app://signed-in/",
		"../../../sessions/aaaaaaaaaaaaaaaa":    "{api}/sessions/aaaaaaaaaaaaaaaa",
		"../../../../../sessions/aaaaaaaaaaaaa": "{api}/sessions/aaaaaaaaaaaaa",
		"%2e%2e/%2E%2e/.%2e/../../sessions/a":   "{api}/sessions/a",
		"/../../sessions/aaaaaaaaaaaaaaaa":      "{api}/sessions/aaaaaaaaaaaaaaaa",
		"/%2e%2e/%2e%2e/sessions/a":             "{api}/sessions/a",
		"/../../../aaaaaaaaaaaaaaaa/1/messages": "{api}/aaaaaaaaaaaaaaaa/1/messages",
		"../../../a?://":                        "{api}/a?://",
	} {
		f := newFixture(t)
		shown, attempt := f.current.Attempt()
		attempt.Policy.Routes[1].Response.Headers = []policy.Header{{Name: "Location", Value: f.origins.Expand(location)}}
		f.current.Put(shown, attempt)
		for at, proxied := range map[string]string{f.sameOrigin: "/proxy/" + sid + "/1/api", f.cors: "/" + sid + "/1/proxy/api"} {
			response, _ := f.do("POST", at+"/api/elsewhere/messages", "")
			got, want := response.Header.Get("Location"), strings.ReplaceAll(f.origins.Expand(want), "{proxy}", proxied)
			if got != want || response.StatusCode != 307 {
				t.Errorf("%s becomes %d %s, want %s", location, response.StatusCode, got, want)
			}
		}
	}
}

func TestCORS(t *testing.T) {
	f := newFixture(t)
	preflight, _ := f.do("OPTIONS", f.cors+"/api/messages/0", "", "Origin", "http://localhost:8080",
		"Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "x-token")
	response, _ := f.do("PUT", f.cors+"/api/messages/0", "hello", "Origin", "http://localhost:8080", "Cookie", "b=2", "X-Token", "1")
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "x-token",
	} {
		if got := preflight.Header.Get(name); got != want || preflight.StatusCode != 204 {
			t.Errorf("the preflight gets %d and %s: %q, want %q", preflight.StatusCode, name, got, want)
		}
	}
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*", "X-Custom": "a", "Set-Cookie": "",
		"Location": "/" + sid + "/1/proxy/api/messages/1", "Content-Security-Policy": "script-src *",
	} {
		if got := response.Header.Get(name); got != want || response.StatusCode != 200 {
			t.Errorf("the browser gets %d and %s: %q, want %q", response.StatusCode, name, got, want)
		}
	}
	all := f.received()
	if len(all) != 2 || !all[0].ByProxy || all[0].Asked == nil || all[1].ByProxy {
		t.Fatalf("the journal holds %+v, want the proxy's preflight and the API's request", all)
	}
	if got := all[1].Request.Headers; got.Has("Origin") || got.Has("Cookie") || got.Get("Via") != "1.1 corslab-cors" {
		t.Errorf("the API received %+v, want no origin and no cookie", got)
	}
}

// TestProxies_refuse checks that only a session's API can be reached.
func TestProxies_refuse(t *testing.T) {
	for name, test := range map[string]struct {
		cors    bool
		path    string
		headers []string
		body    string
		status  int
	}{
		"the page's origin":         {false, "/page/sessions", nil, "", 404},
		"another host":              {false, "/example.com/messages", nil, "", 404},
		"no API":                    {false, "", nil, "", 404},
		"another session":           {false, "/../../aaaaaaaaaaaaaaaa/1/api/messages", nil, "", 404},
		"another session, cors":     {true, "/../../../aaaaaaaaaaaaaaaa/1/proxy/api/messages", nil, "", 404},
		"a loop":                    {true, "/api/messages", []string{"Via", "1.1 corslab-cors"}, "", 508},
		"a loop in the end":         {false, "/api/messages", []string{"Via", "1.1 a, 1.1 corslab-cors"}, "", 508},
		"another origin's script":   {false, "/api/messages", []string{"Origin", "http://localhost:8081"}, "", 403},
		"a sandboxed frame":         {false, "/api/messages", []string{"Origin", "null"}, "", 403},
		"the origin over TLS":       {false, "/api/messages", []string{"Host", "localhost:8080", "Origin", "https://localhost:8080"}, "", 403},
		"a large body":              {false, "/api/messages", nil, strings.Repeat("x", backend.MaxBody+1), 413},
		"an API that hangs up":      {false, "/api/closed", nil, "", 502},
		"one that hangs up on cors": {true, "/api/closed", nil, "", 502},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			at := f.sameOrigin
			if test.cors {
				at = f.cors
			}
			response, _ := f.do("POST", at+test.path, test.body, test.headers...)
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
			if hung := test.status == 502; hung && len(f.received()) != 1 {
				t.Errorf("the API was asked %d times, want once", len(f.received()))
			}
			if readable := response.Header.Get("Access-Control-Allow-Origin") == "*"; readable != (test.cors && test.status == 502) {
				t.Errorf("everybody may read it: %t", readable)
			}
		})
	}
}
