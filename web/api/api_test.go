package api_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"corslab/lab/backend"
	"corslab/lab/inert"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/api"

	"github.com/google/go-cmp/cmp"
)

const (
	sid  = "abcdefghijklmnop"
	file = `corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/messages"}
policy: {}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`
)

// fixture is an API origin on a real connection, with one session.
type fixture struct {
	t       *testing.T
	url     string
	current *session.Session
	origins origin.Set
	test    *scenario.Scenario
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
	server := httptest.NewServer(api.New(sessions, origins, http.NotFoundHandler(), slog.New(slog.DiscardHandler)))
	t.Cleanup(server.Close)
	return &fixture{t: t, url: server.URL, current: current, origins: origins, test: parsed}
}

// setReply sets the policy's actual response.
func (f *fixture) setReply(status int, headers ...policy.Header) {
	f.t.Helper()
	attempt, faults := f.test.Take(scenario.Attempt{Policy: policy.Policy{
		Preflight: policy.Reply{Status: 204},
		Response:  policy.Reply{Status: status, Headers: headers},
	}}, f.origins)
	if len(faults) > 0 {
		f.t.Fatal(faults)
	}
	f.current.Put(f.test, attempt)
}

func (f *fixture) do(method, path string, body io.Reader, header http.Header) (*http.Response, string) {
	f.t.Helper()
	request, err := http.NewRequest(method, f.url+path, body)
	if err != nil {
		f.t.Fatal(err)
	}
	request.Host = "localhost:8000"
	for name, values := range header {
		request.Header[name] = values
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		f.t.Fatal(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return response, string(read)
}

// newest returns the newest entry of the journal.
func (f *fixture) newest() session.Entry {
	f.t.Helper()
	entries, _ := f.current.Entries(0)
	if len(entries) == 0 {
		f.t.Fatal("the journal is empty")
	}
	return entries[len(entries)-1]
}

// TestResponse checks that the response is exactly what the policy says.
func TestResponse(t *testing.T) {
	for name, test := range map[string]struct {
		status  int
		headers []policy.Header
		want    http.Header
	}{
		"nothing": {200, nil, http.Header{}},
		"a header": {
			201,
			[]policy.Header{{Name: "Access-Control-Allow-Origin", Value: "*"}},
			http.Header{"Access-Control-Allow-Origin": {"*"}},
		},
		"a header that is off": {
			404,
			[]policy.Header{{Name: "Access-Control-Allow-Origin", Value: "*", Off: true}},
			http.Header{},
		},
		"a repeated header stays repeated": {
			500,
			[]policy.Header{{Name: "access-control-allow-origin", Value: "http://a"}, {Name: "Access-Control-Allow-Origin", Value: "http://b"}},
			http.Header{"Access-Control-Allow-Origin": {"http://a", "http://b"}},
		},
		"an empty value":        {200, []policy.Header{{Name: "Access-Control-Allow-Origin"}}, http.Header{"Access-Control-Allow-Origin": {""}}},
		"a byte above US-ASCII": {200, []policy.Header{{Name: "X-A", Value: "é"}}, http.Header{"X-A": {"\xe9"}}},
		"a placeholder":         {200, []policy.Header{{Name: "X-A", Value: "{page}"}}, http.Header{"X-A": {"http://localhost:8080"}}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.setReply(test.status, test.headers...)
			response, _ := f.do("GET", "/"+sid+"/0/messages", nil, nil)
			if response.StatusCode != test.status {
				t.Errorf("status = %d, want %d", response.StatusCode, test.status)
			}
			got := response.Header.Clone()
			got.Del("Date")
			got.Del("Content-Length")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("headers (-want +got):\n%s", diff)
			}
		})
	}
}

// TestJournaled checks what the journal keeps about a request.
func TestJournaled(t *testing.T) {
	f := newFixture(t)
	body := strings.Repeat("x", backend.FirstBytes+1)
	f.do("PUT", "/"+sid+"/0/messages/0?q=1%2F2", strings.NewReader(body), http.Header{"X-Token": {"a", "b"}})
	got := f.newest().Received.Request
	if got.Method != "PUT" || got.URL != "http://localhost:8000/"+sid+"/0/messages/0?q=1%2F2" {
		t.Errorf("journalled %s %s", got.Method, got.URL)
	}
	if !slices.Equal(got.Headers.Values("X-Token"), []string{"a", "b"}) {
		t.Errorf("X-Token = %q, want both values", got.Headers.Values("X-Token"))
	}
	if len(got.Body) != backend.FirstBytes || got.Size != backend.FirstBytes+1 {
		t.Errorf("kept %d of %d bytes, want %d of %d", len(got.Body), got.Size, backend.FirstBytes, backend.FirstBytes+1)
	}
}

func TestPreflight(t *testing.T) {
	f := newFixture(t)
	asking := http.Header{"Origin": {"http://localhost:8080"}, "Access-Control-Request-Method": {"patch"}, "Access-Control-Request-Headers": {"x-token"}}
	response, _ := f.do("OPTIONS", "/"+sid+"/0/messages/0", nil, asking)
	if response.StatusCode != 204 {
		t.Errorf("a preflight's status = %d, want 204", response.StatusCode)
	}
	if got, want := f.newest().Received.Asked, (&wire.Asked{Method: "patch", Headers: "x-token"}); !cmp.Equal(got, want) {
		t.Errorf("Asked = %v, want %v", got, want)
	}
	for name, header := range map[string]http.Header{
		"without Origin":                        {"Access-Control-Request-Method": {"PUT"}},
		"without Access-Control-Request-Method": {"Origin": {"http://localhost:8080"}},
	} {
		if response, _ := f.do("OPTIONS", "/"+sid+"/0/messages/0", nil, header); response.StatusCode != 200 {
			t.Errorf("OPTIONS %s: status = %d, want 200: it is no preflight", name, response.StatusCode)
		}
	}
}

// TestAnyMethod checks that every method reaches the API.
func TestAnyMethod(t *testing.T) {
	f := newFixture(t)
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "patch", "DELETE", "QUERY", "EGG"} {
		if response, _ := f.do(method, "/"+sid+"/0/messages", nil, nil); response.StatusCode != 200 {
			t.Errorf("%s: status = %d, want 200", method, response.StatusCode)
		}
		if got := f.newest().Received.Request.Method; got != method {
			t.Errorf("journalled method %q, want %q", got, method)
		}
	}
}

// TestLargeBody checks that the browser can read the refusal of a body of ten megabytes,
// and that other requests don't suffer.
func TestLargeBody(t *testing.T) {
	f := newFixture(t)
	f.setReply(200, policy.Header{Name: "Access-Control-Allow-Origin", Value: "*"})
	response, body := f.do("POST", "/"+sid+"/0/messages", bytes.NewReader(make([]byte, 10<<20)), nil)
	if response.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(body, "at most 1048576") {
		t.Errorf("answer = %d %s, want 413 and the bound", response.StatusCode, body)
	}
	if got := response.Header.Get("Access-Control-Allow-Origin"); got != "*" {
		t.Errorf("Access-Control-Allow-Origin = %q, want the policy's, so that the script can read the refusal", got)
	}
	entry := f.newest().Received
	if entry.Request.Size != 10<<20 || len(entry.Request.Body) != backend.FirstBytes || entry.Effect != "" {
		t.Errorf("journalled %d bytes, kept %d, effect %q", entry.Request.Size, len(entry.Request.Body), entry.Effect)
	}
	if response, _ := f.do("GET", "/"+sid+"/0/messages", nil, nil); response.StatusCode != 200 {
		t.Errorf("the next request's status = %d, want 200", response.StatusCode)
	}
}

// TestByHand checks that requests that no browser would send are journaled too.
func TestByHand(t *testing.T) {
	f := newFixture(t)
	for path, target := range map[string]string{
		"/" + sid:                  "/",
		"/" + sid + "/":            "/",
		"/" + sid + "/7":           "/",
		"/" + sid + "/messages":    "/messages",
		"/" + sid + "/x/messages":  "/x/messages",
		"/" + sid + "/0/messages/": "/messages/",
	} {
		f.do("GET", path, nil, nil)
		if got := f.newest().Received.Endpoint().Brief(); got != target {
			t.Errorf("GET %s is journalled as %s, want %s", path, got, target)
		}
	}
	f.do("POST", "/"+sid+"/0/messages", struct{ io.Reader }{strings.NewReader("x")}, nil)
	if got := f.newest().Received.Request.Headers.Get("Transfer-Encoding"); got != "chunked" {
		t.Errorf("Transfer-Encoding = %q, want chunked", got)
	}
}

func TestRefused(t *testing.T) {
	f := newFixture(t)
	for name, test := range map[string]struct {
		path, host string
		status     int
		holds      string
	}{
		"no session in the path": {"/", "localhost:8000", 404, "/SESSION/RUN/messages"},
		"unknown session":        {"/aaaaaaaaaaaaaaaa/0/messages", "localhost:8000", 404, "no session here"},
		"the path of a proxy":    {"/proxy/" + sid + "/1/api/messages", "localhost:8000", 404, "no session here"},
		"foreign host":           {"/" + sid + "/0/messages", "attacker.example", 421, `unknown host \"attacker.example\"`},
		"page's host":            {"/" + sid + "/0/messages", "localhost:8080", 421, "unknown host"},
		"control route":          {"/sessions/" + sid + "/runs", "localhost:8000", 404, ""},
	} {
		t.Run(name, func(t *testing.T) {
			request, err := http.NewRequest("GET", f.url+test.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Host = test.host
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != test.status || !strings.Contains(inert.Plain(string(body)), test.holds) {
				t.Errorf("answer = %d %s, want %d with %q", response.StatusCode, body, test.status, test.holds)
			}
		})
	}
	if entries, _ := f.current.Entries(0); len(entries) > 0 {
		t.Errorf("the session's journal has %d entries, want none", len(entries))
	}
}
