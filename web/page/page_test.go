package page_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/session"
	"corslab/scenarios"
	"corslab/web/page"
)

// fixture is a page origin on a real connection. Its origins have the usual ports,
// whatever port the test server has.
type fixture struct {
	t        *testing.T
	url      string
	sessions *session.Store
	current  *library.Current
	origins  origin.Set
}

func newFixture(t *testing.T, limits page.Limits) *fixture {
	t.Helper()
	return newFixtureWith(t, nil, limits)
}

// newFixtureWith returns a fixture that also serves components.
func newFixtureWith(t *testing.T, components http.Handler, limits page.Limits) *fixture {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		t.Fatal(err)
	}
	origins, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return newFixtureOf(t, lib, session.NewStore(origins, time.Now, session.DefaultBounds()), components, limits)
}

// newFixtureOf returns a fixture with a store of the test's own.
func newFixtureOf(t *testing.T, lib *library.Library, sessions *session.Store, components http.Handler, limits page.Limits) *fixture {
	t.Helper()
	current := library.NewCurrent(lib)
	server := httptest.NewServer(page.New(sessions, current, http.NotFoundHandler(), components, limits, slog.New(slog.DiscardHandler)))
	t.Cleanup(server.Close)
	return &fixture{t: t, url: server.URL, sessions: sessions, current: current, origins: sessions.Origins()}
}

// request is what a test sends. Empty fields get the usual values.
type request struct {
	method, path, host, body string
	header                   map[string]string
}

func (f *fixture) do(r request) (status int, header http.Header, body string) {
	f.t.Helper()
	if r.method == "" {
		r.method = "GET"
	}
	sent, err := http.NewRequest(r.method, f.url+r.path, strings.NewReader(r.body))
	if err != nil {
		f.t.Fatal(err)
	}
	sent.Host = "localhost:8080"
	if r.host != "" {
		sent.Host = r.host
	}
	if r.method != "GET" && r.method != "HEAD" { // as a browser does
		sent.Header.Set("Origin", f.origins.Page.String())
	}
	for name, value := range r.header {
		sent.Header.Set(name, value)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(sent)
	if err != nil {
		f.t.Fatal(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(read)
}

const sid = "abcdefghijklmnop"

// put creates a session at the scenario's start.
func (f *fixture) put(id, scenarioID string) {
	f.t.Helper()
	status, _, body := f.do(request{method: "PUT", path: "/sessions/" + id, body: `{"scenario":"` + scenarioID + `"}`})
	if status != http.StatusOK {
		f.t.Fatalf("PUT /sessions/%s = %d %s", id, status, body)
	}
}

func TestPages(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	for name, test := range map[string]struct {
		request
		status int
		holds  string // in the body or in Location
	}{
		"first page":             {request{path: "/"}, 200, `href="/scenarios/no-allow-origin"`},
		"first page, HEAD":       {request{method: "HEAD", path: "/"}, 200, ""},
		"scenario":               {request{path: "/scenarios/put-not-allowed"}, 200, "The preflight refuses PUT"},
		"unknown scenario":       {request{path: "/scenarios/none"}, 404, "There is no page at /scenarios/none"},
		"unknown path":           {request{path: "/%3Cscript%3E"}, 404, "&lt;script&gt;"},
		"script":                 {request{path: "/static/js/lab.js"}, 200, "import"},
		"unknown static file":    {request{path: "/static/none.js"}, 404, ""},
		"folder of static files": {request{path: "/static/js"}, 404, ""},
		"embed.go is not static": {request{path: "/static/embed.go"}, 404, ""},
		"runner":                 {request{path: "/runner"}, 200, `data-page-origin="http://localhost:8080"`},
		"runner for the attacker": {
			request{path: "/runner", host: "evil.app.localhost:8080"}, 200, `data-page-origin="http://localhost:8080"`,
		},
		"runner's script elsewhere": {request{path: "/static/js/runner.js", host: "127.0.0.1:8080"}, 200, "postMessage"},
		"first page elsewhere":      {request{path: "/", host: "127.0.0.1:8080"}, 302, "http://localhost:8080/"},
		"scenario elsewhere":        {request{path: "/scenarios/no-cors", host: "shop.app.localhost:8080"}, 404, ""},
		"control route elsewhere": {
			request{method: "PUT", path: "/sessions/" + sid, host: "127.0.0.1:8080", body: `{"scenario":"no-cors"}`}, 404, "",
		},
		"socket elsewhere": {request{path: "/sessions/" + sid + "/journal?after=0", host: "127.0.0.1:8080"}, 404, ""},
		"foreign host":     {request{path: "/", host: "attacker.example"}, 421, `unknown host \"attacker.example\"`},
		"foreign port":     {request{path: "/", host: "localhost:9999"}, 421, "http://localhost:8080"},
		"API's host":       {request{path: "/", host: "localhost:8000"}, 421, ""},
		"host in capitals": {request{path: "/", host: "LOCALHOST:8080"}, 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, body := f.do(test.request)
			if status != test.status {
				t.Errorf("status = %d, want %d", status, test.status)
			}
			if all := body + header.Get("Location"); !strings.Contains(all, test.holds) {
				t.Errorf("the answer lacks %q:\n%s", test.holds, all)
			}
		})
	}
}

func TestSecurityHeaders(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	for _, path := range []string{"/", "/scenarios/no-cors", "/scenarios/none", "/static/js/lab.js", "/sessions/" + sid + "/journal?after=0"} {
		_, header, _ := f.do(request{path: path})
		policy := header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "require-trusted-types-for 'script'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: Content-Security-Policy lacks %q: %s", path, part, policy)
			}
		}
		if strings.Contains(policy, "unsafe") {
			t.Errorf("%s: Content-Security-Policy allows too much: %s", path, policy)
		}
		if got := header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options = %q, want nosniff", path, got)
		}
	}
}

func TestControl(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.put(sid, "no-allow-origin")
	attempt := func(row string) string {
		return `{"scenario":"no-allow-origin","attempt":{"script":{},"policy":{"preflight":{"status":204,"headers":[]},"response":{"status":200,"headers":[` + row + `]}}}}`
	}
	for name, test := range map[string]struct {
		request
		status int
		holds  string
	}{
		"new attempt":          {request{method: "PUT", path: "/sessions/" + sid, body: attempt(`{"name":"Vary","value":"Origin"}`)}, 200, "html"},
		"unknown scenario":     {request{method: "PUT", path: "/sessions/" + sid, body: `{"scenario":"none"}`}, 404, `\"none\": no such scenario`},
		"session id too short": {request{method: "PUT", path: "/sessions/abc", body: `{"scenario":"no-cors"}`}, 400, "16 to 32 of a-z"},
		"not JSON":             {request{method: "PUT", path: "/sessions/" + sid, body: `scenario=no-cors`}, 400, "not the JSON"},
		"unknown key":          {request{method: "PUT", path: "/sessions/" + sid, body: `{"scenarios":"no-cors"}`}, 400, "not the JSON"},
		"two values":           {request{method: "PUT", path: "/sessions/" + sid, body: `{"scenario":"no-cors"} {}`}, 400, "not the JSON"},
		"negative position":    {request{method: "PUT", path: "/sessions/" + sid, body: `{"scenario":"no-cors","run":-1}`}, 400, "position"},
		"huge position":        {request{method: "PUT", path: "/sessions/" + sid, body: `{"scenario":"no-cors","seq":9007199254740993}`}, 400, "position"},
		"CR in a value":        {request{method: "PUT", path: "/sessions/" + sid, body: attempt(`{"name":"X-A","value":"a\rb"}`)}, 200, "carriage return (CR)"},
		"LF in a value":        {request{method: "PUT", path: "/sessions/" + sid, body: attempt(`{"name":"X-A","value":"a\nSet-Cookie: x=1"}`)}, 200, "line feed (LF)"},
		"NUL in a value":       {request{method: "PUT", path: "/sessions/" + sid, body: attempt(`{"name":"X-A","value":"\u0000"}`)}, 200, "a NUL"},
		"400 kB in a value": {
			request{method: "PUT", path: "/sessions/" + sid, body: attempt(`{"name":"X-A","value":"` + strings.Repeat("x", 400_000) + `"}`)},
			200,
			"the value has 400000 bytes, at most 4096",
		},
		"10 MB body": {request{method: "PUT", path: "/sessions/" + sid, body: attempt(`{"name":"X-A","value":"` + strings.Repeat("x", 10<<20) + `"}`)}, 413, "more than 524288 bytes"},
		"what the scenario fixes": {
			request{method: "PUT", path: "/sessions/" + sid, body: strings.Replace(attempt(""), `"script":{}`, `"script":{"mode":"no-cors"}`, 1)},
			200,
			"does not let it be changed",
		},
		"run of an unknown session":     {request{method: "POST", path: "/sessions/aaaaaaaaaaaaaaaa/runs"}, 404, "no such session"},
		"reset of an unknown session":   {request{method: "POST", path: "/sessions/aaaaaaaaaaaaaaaa/reset"}, 404, "no such session"},
		"outcome of an unknown session": {request{method: "POST", path: "/sessions/aaaaaaaaaaaaaaaa/runs/1/outcome", body: `{"type":"cors"}`}, 404, "no such session"},
		"journal of an unknown session": {request{path: "/sessions/aaaaaaaaaaaaaaaa/journal?after=0"}, 404, "no such session"},
		"outcome of no run":             {request{method: "POST", path: "/sessions/" + sid + "/runs/7/outcome", body: `{"type":"cors"}`}, 409, "no such open run"},
		"outcome of a run with a name":  {request{method: "POST", path: "/sessions/" + sid + "/runs/x/outcome", body: `{"type":"cors"}`}, 409, "no such open run"},
		"outcome of an unknown type":    {request{method: "POST", path: "/sessions/" + sid + "/runs/1/outcome", body: `{"type":"fine"}`}, 400, "want basic, cors"},
		"journal after nothing":         {request{path: "/sessions/" + sid + "/journal?after=x"}, 400, "number from 0"},
		"journal without a socket":      {request{path: "/sessions/" + sid + "/journal?after=0"}, 400, "Bad Request"},
		"cross-site POST": {
			request{method: "POST", path: "/sessions/" + sid + "/runs", header: map[string]string{"Origin": "http://attacker.example", "Sec-Fetch-Site": "cross-site"}}, 403, "cross-origin",
		},
		"POST from the API's origin": {
			request{method: "POST", path: "/sessions/" + sid + "/runs", header: map[string]string{"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-site"}}, 403, "cross-origin",
		},
		"cross-origin PUT of an old browser": {
			request{method: "PUT", path: "/sessions/" + sid, body: `{"scenario":"no-cors"}`, header: map[string]string{"Origin": "http://attacker.example"}}, 403, "cross-origin",
		},
		"POST without an origin, as over plain HTTP on a LAN": {
			request{method: "POST", path: "/sessions/" + sid + "/runs", header: map[string]string{"Origin": ""}}, 403, "cross-origin",
		},
		"POST without an origin that is called same-origin": {
			request{method: "POST", path: "/sessions/" + sid + "/runs", header: map[string]string{"Origin": "", "Sec-Fetch-Site": "same-origin"}}, 403, "cross-origin",
		},
		"POST that the user made by hand": {
			request{method: "POST", path: "/sessions/" + sid + "/runs", header: map[string]string{"Origin": "http://attacker.example", "Sec-Fetch-Site": "none"}}, 403, "cross-origin",
		},
		"POST from an opaque origin": {
			request{method: "POST", path: "/sessions/" + sid + "/runs", header: map[string]string{"Origin": "null"}}, 403, "cross-origin",
		},
		"POST from the page's host over TLS": {
			request{method: "POST", path: "/sessions/" + sid + "/runs", header: map[string]string{"Origin": "https://localhost:8080"}}, 403, "cross-origin",
		},
		"PUT from another origin of the lab": {
			request{method: "PUT", path: "/sessions/" + sid, body: `{"scenario":"no-cors"}`, header: map[string]string{"Origin": "http://127.0.0.1:8080"}}, 403, "cross-origin",
		},
		"same-origin POST": {
			request{method: "POST", path: "/sessions/" + sid + "/runs", header: map[string]string{"Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"}}, 201, `"run"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, body := f.do(test.request)
			if status != test.status || !strings.Contains(body, test.holds) {
				t.Errorf("answer = %d %.300s, want %d with %q", status, body, test.status, test.holds)
			}
		})
	}
}

// TestRefusedAttempt checks that a bad attempt changes nothing.
func TestRefusedAttempt(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.put(sid, "no-allow-origin")
	current, err := f.sessions.Get(sid)
	if err != nil {
		t.Fatal(err)
	}
	_, before := current.Attempt()
	bad := `{"scenario":"no-allow-origin","attempt":{"script":{},"policy":{"preflight":{"status":204,"headers":[]},"response":{"status":999,"headers":[]}}}}`
	_, _, body := f.do(request{method: "PUT", path: "/sessions/" + sid, body: bad})
	var response struct{ HTML, Error string }
	if err := json.Unmarshal([]byte(body), &response); err != nil {
		t.Fatal(err)
	}
	if want := "response.status: 999: want a number from 200 to 599"; response.Error != want {
		t.Errorf("error = %q, want %q", response.Error, want)
	}
	if !strings.Contains(response.HTML, "Not in force") || !strings.Contains(response.HTML, `value="999"`) {
		t.Errorf("the markup does not show what is wrong beside what was written:\n%s", response.HTML)
	}
	if _, after := current.Attempt(); after.Policy.Response.Status != before.Policy.Response.Status {
		t.Errorf("status in force = %d, want %d as before", after.Policy.Response.Status, before.Policy.Response.Status)
	}
}

// TestCompressed checks that pages are compressed.
func TestCompressed(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	_, header, body := f.do(request{path: "/scenarios/no-cors", header: map[string]string{"Accept-Encoding": "gzip"}})
	if got := header.Get("Content-Encoding"); got != "gzip" || !bytes.HasPrefix([]byte(body), []byte{0x1f, 0x8b}) {
		t.Errorf("Content-Encoding = %q, want gzip", got)
	}
}

// TestRunners checks that only the runner that loads scripts may load them from the API,
// and that it may do nothing else.
func TestRunners(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	for _, host := range f.origins.PageHosts() {
		_, header, body := f.do(request{path: "/runner", host: host})
		policy := directives(header.Get("Content-Security-Policy"))
		if got, want := policy["script-src"], "'self' "+f.origins.Page.String(); got != want || policy["trusted-types"] != "'none'" {
			t.Errorf("%s: the runner's policy is %q, want scripts from %s alone", host, policy, want)
		}
		if strings.Contains(body, "runner-scripts.js") {
			t.Errorf("%s: the runner has the code that loads scripts", host)
		}
		_, header, _ = f.do(request{path: "/runner/script", host: host})
		policy = directives(header.Get("Content-Security-Policy"))
		if got := policy["script-src"]; !strings.HasSuffix(got, fmt.Sprintf("%s %s %s", f.origins.API, f.origins.API2, f.origins.Bank)) {
			t.Errorf("%s: the runner of scripts loads from %s, want the API too", host, got)
		}
		for _, name := range []string{"connect-src", "img-src", "font-src", "frame-src", "style-src"} {
			if sources, found := policy[name]; found {
				t.Errorf("%s: the runner of scripts has %s %s, want none", host, name, sources)
			}
		}
	}
}

// directives parses a Content-Security-Policy.
func directives(policy string) map[string]string {
	read := make(map[string]string)
	for directive := range strings.SplitSeq(policy, "; ") {
		name, sources, _ := strings.Cut(directive, " ")
		read[name] = sources
	}
	return read
}
