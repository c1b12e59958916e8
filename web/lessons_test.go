package web_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"corslab/lab/library"
	"corslab/lab/policy"
	"corslab/scenarios"
	"corslab/web"
	"corslab/web/labtest"

	"github.com/go-chi/chi/v5"
)

// The tests whose names begin with TestLesson check that attacks on other local servers
// don't work on the lab. They get the routes of both listeners from the routers, so they
// test new routes too. Each runs on localhost, and on 127.0.0.2, which stands for another
// machine on a network. No request has Sec-Fetch headers, because browsers send none over
// plain HTTP to another machine.

// target is a group of origins on one listener of a running lab, with all their routes.
type target struct {
	lab    *web.Lab
	addr   string // to connect to
	host   string // for the Host header
	origin string
	routes []route
}

type route struct{ method, path string }

func (r route) String() string { return r.method + " " + r.path }

// ofProxy reports whether the same-origin proxy serves the route, with bytes of the API.
func (r route) ofProxy() bool { return strings.HasPrefix(r.path, "/proxy/") }

// changesState reports whether requests with the route's method may change something.
func (r route) changesState() bool {
	return r.method != http.MethodGet && r.method != http.MethodHead && r.method != http.MethodOptions && r.method != http.MethodTrace
}

// lesson runs a test on a lab at each kind of address.
func lesson(t *testing.T, test func(t *testing.T, lab *web.Lab)) {
	t.Helper()
	for _, addr := range []string{"localhost:0", "127.0.0.2:0"} {
		t.Run(strings.TrimSuffix(addr, ":0"), func(t *testing.T) {
			lab, err := web.Listen(web.Config{PageAddr: addr, APIAddr: addr, Limits: web.DefaultLimits()}, library.NewCurrent(withOwn(t)), slog.New(slog.DiscardHandler))
			if err != nil && addr == "127.0.0.2:0" {
				t.Skip(err) // not every system has this address
			} else if err != nil {
				t.Fatal(err)
			}
			labtest.Serve(t, lab)
			if _, err := send(t.Context(), "PUT", lab.Origins.Page.String()+"/sessions/"+sid, lab.Origins.Page.String(), `{"scenario":"no-cors"}`); err != nil {
				t.Fatal(err)
			}
			if targets(t, lab)["page"].setHeader(t, "X-Lesson", "1") { // so that a reset changes something
				t.Fatal("the session's policy can't be set")
			}
			test(t, lab)
		})
	}
}

// withOwn returns the shipped scenarios and one more, which has a picture.
func withOwn(t *testing.T) *library.Library {
	t.Helper()
	own := fstest.MapFS{
		"10-own.yaml": {Data: []byte(`corslab: 1
title: Mine
track: Mine
story: "![A picture](picture.svg)"
script: {url: "{api}/messages"}
policy: {response: {headers: [{Access-Control-Allow-Origin: "*"}]}}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`)},
		"picture.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)},
	}
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files}, library.Source{Name: "own", FS: own})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// targets returns the page origin, another origin of its listener, and the API.
func targets(t *testing.T, lab *web.Lab) map[string]target {
	t.Helper()
	pages, callers := lab.Routes()
	page, api := strings.TrimPrefix(lab.Origins.Page.String(), "http://"), strings.TrimPrefix(lab.Origins.API.String(), "http://")
	other := strings.TrimPrefix(lab.Origins.Other.String(), "http://")
	return map[string]target{
		"page":    {lab, page, page, lab.Origins.Page.String(), walk(t, pages)},
		"callers": {lab, page, other, lab.Origins.Other.String(), walk(t, callers)},
		"API":     {lab, api, api, lab.Origins.API.String(), apiRoutes()},
	}
}

// walk lists a router's routes. It replaces each parameter with something that exists.
func walk(t *testing.T, routes chi.Routes) (all []route) {
	t.Helper()
	err := chi.Walk(routes, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		all = append(all, route{method, filled(pattern)})
		return nil
	})
	if err != nil || len(all) < 4 {
		t.Fatalf("walk: %d routes, %v", len(all), err)
	}
	return all
}

func filled(pattern string) string {
	if path, found := strings.CutSuffix(pattern, "/files/{file}"); found && path != "" {
		return "/scenarios/own/files/picture.svg"
	}
	values := map[string]string{
		"session": sid, "scenario": "no-cors", "run": "1", "sandbox:sandbox": "sandbox",
		"/static/": "js/lab.js", "/proxy/": sid + "/1/api/messages",
	}
	if prefix, found := strings.CutSuffix(pattern, "*"); found {
		return prefix + values[prefix]
	}
	return regexp.MustCompile(`\{[^}]+\}`).ReplaceAllStringFunc(pattern, func(name string) string { return values[strings.Trim(name, "{}")] })
}

// apiRoutes returns routes of the API, which has one handler for all of them.
func apiRoutes() (all []route) {
	for _, path := range []string{"/", "/" + sid, "/" + sid + "/1/messages", "/" + sid + "/messages/0", "/" + sid + "/1/account", "/" + sid + "/1/proxy/api/messages", "/none"} {
		for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"} {
			all = append(all, route{method, path})
		}
	}
	return all
}

// request returns a request in the form in which it goes over the wire.
func (r route) request(host string, lines ...string) string {
	all := append([]string{r.method + " " + r.path + " HTTP/1.1", "Host: " + host, "Connection: close"}, lines...)
	return strings.Join(all, "\r\n") + "\r\n\r\n"
}

// withBody returns a request with a body. It has no Content-Type header if contentType is
// empty.
func (r route) withBody(host, contentType, body string, lines ...string) string {
	lines = append(lines, fmt.Sprintf("Content-Length: %d", len(body)))
	if contentType != "" {
		lines = append(lines, "Content-Type: "+contentType)
	}
	return r.request(host, lines...) + body
}

// state describes what a request must not change: the session's attempt, its runs and its
// journal.
func state(t *testing.T, lab *web.Lab) string {
	t.Helper()
	current, err := lab.Sessions().Get(sid)
	if err != nil {
		return err.Error()
	}
	shown, attempt := current.Attempt()
	return fmt.Sprintf("%s %+v %+v", shown.ID, attempt, current.Position())
}

// setHeader sets a policy that sends the header. For Location it sets the status of a
// redirect too.
func (to target) setHeader(t *testing.T, name, value string) (refused bool) {
	t.Helper()
	current, err := to.lab.Sessions().Get(sid)
	if err != nil {
		t.Fatal(err)
	}
	shown, attempt := current.Attempt()
	attempt.Policy.Response.Headers = []policy.Header{{Name: name, Value: value, Own: true}}
	if name == "Location" {
		attempt.Policy.Response.Status = http.StatusFound
	}
	sent, err := json.Marshal(map[string]any{"scenario": shown.ID, "attempt": attempt})
	if err != nil {
		t.Fatal(err)
	}
	got, err := send(t.Context(), "PUT", to.lab.Origins.Page.String()+"/sessions/"+sid, to.lab.Origins.Page.String(), string(sent))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(got.body, `"error":`)
}
