package page_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"corslab/lab/endpoint"
	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/scenarios"
	"corslab/web/page"
)

// TestOutOfReach checks that a lab on a network loads and sends nothing to loopback
// names, because they lead to other programs on each learner's machine.
func TestOutOfReach(t *testing.T) {
	for _, host := range []string{"192.0.2.7", "[2001:db8::7]", "lab.example"} {
		t.Run(host, func(t *testing.T) {
			f := newFixtureAt(t, host)
			_, header, _ := f.do(request{path: "/", host: host + ":8080"})
			if got := directives(header.Get("Content-Security-Policy"))["frame-src"]; got != f.origins.Page.String() {
				t.Errorf("a page can frame %s, want %s alone", got, f.origins.Page.String())
			}
			for shape, reached := range map[string]bool{
				"page api frame": true, "null api frame": true, "page api2 frame same-origin": true,
				"other api frame": false, "shop api window": false, "evil api frame same-origin": false, "twin api frame": false,
				"page api2 frame": false, "page bank frame": false, "page api frame cors": false,
			} {
				if status, body := f.runAs(t, host+":8080", shape); (status == http.StatusCreated) != reached || !reached && !strings.Contains(body, "another program's") {
					t.Errorf("%s: status %d and %s, want a run: %t", shape, status, body, reached)
				}
			}
		})
	}
}

func newFixtureAt(t *testing.T, host string) *fixture {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		t.Fatal(err)
	}
	origins, err := origin.New(host+":8080", host+":8000")
	if err != nil {
		t.Fatal(err)
	}
	return newFixtureOf(t, lib, session.NewStore(origins, time.Now, session.DefaultBounds()), nil, page.DefaultLimits())
}

// runAs opens a link to the sandbox with this shape and starts a run. It checks that the
// page then frames only documents of this lab.
func (f *fixture) runAs(t *testing.T, host, shape string) (status int, body string) {
	t.Helper()
	words := append(strings.Fields(shape), "")
	sandbox := f.current.Library().Find("sandbox")
	attempt := sandbox.Start(f.origins)
	attempt.Shape.From, attempt.Shape.URL.API = scenario.Caller(words[0]), words[1]
	attempt.Shape.In, attempt.Script.Via = scenario.Context(words[2]), endpoint.Via(words[3])
	link := scenario.WriteLink(attempt, f.origins)
	sent := request{method: "PUT", path: "/sessions/" + sid, host: host, body: fmt.Sprintf(`{"scenario":"sandbox","link":%q}`, link)}
	status, _, body = f.do(sent)
	var response struct{ HTML, Error string }
	if err := json.Unmarshal([]byte(body), &response); err != nil || status != http.StatusOK || response.Error != "" {
		t.Fatalf("%s: status %d %s", shape, status, body)
	}
	for frame := range strings.SplitSeq(response.HTML, "<iframe ") {
		_, src, framed := strings.Cut(frame, ` src="`)
		if framed && !strings.HasPrefix(src, f.origins.Page.String()+"/") {
			t.Errorf("%s: a frame shows %.60s", shape, src)
		}
	}
	status, _, body = f.do(request{method: "POST", path: "/sessions/" + sid + "/runs", host: host})
	return status, body
}
