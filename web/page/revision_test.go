package page_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"corslab/lab/library"
	"corslab/web/page"

	"github.com/gorilla/websocket"
)

const ownFile = `corslab: 1
title: My own
track: Mine
story: A page asks an API.
script: {url: "{api}/messages"}
policy: {response: {headers: [{Access-Control-Allow-Origin: "*"}]}}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`

// rewrite replaces the file in the folder of own scenarios, or deletes it if text is
// empty, and reloads the library.
func (f *fixture) rewrite(text string) {
	files := fstest.MapFS{}
	if text != "" {
		files["own.yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	f.current.Replace(f.current.Library().Reload(library.Source{Name: "mine", FS: files}))
}

// show opens the page of the own scenario, with its session and socket.
func (f *fixture) show(id string) (socket *websocket.Conn, revision string) {
	f.t.Helper()
	revision = f.current.Library().Find("own").Revision
	if status, body := f.putShown(id, revision); status != http.StatusOK {
		f.t.Fatalf("PUT /sessions/%s = %d %s", id, status, body)
	}
	socket, response, err := f.dialShowing(id, 0, revision, "http://localhost:8080")
	if err != nil {
		f.t.Fatalf("dial: %v (%v)", err, response)
	}
	f.t.Cleanup(func() { socket.Close() })
	return socket, revision
}

func (f *fixture) putShown(id, revision string) (status int, body string) {
	f.t.Helper()
	status, _, body = f.do(request{method: "PUT", path: "/sessions/" + id, body: fmt.Sprintf(`{"scenario":"own","revision":%q}`, revision)})
	return status, body
}

// TestRevision changes, fixes and deletes the scenario of an open page, and checks that
// the page hears of each change and of nothing else.
func TestRevision(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.rewrite(ownFile)
	socket, _ := f.show(sid)
	for _, step := range []struct{ name, text, want string }{
		{"a comment more", ownFile + "# ", "Load the new version"},
		{"as it was", ownFile, `role="status"></div>`},
		{"gone", "", "has been taken away"},
		{"another one", strings.Replace(ownFile, "My own", "New", 1), "Load the new version"},
	} {
		f.rewrite(step.text)
		if got := read(t, socket); got.Kind != "revision" || got.Seq != 0 || !strings.Contains(got.HTML, step.want) {
			t.Errorf("%s: the page got %+v, want a revision with %q", step.name, got, step.want)
		}
	}
	f.rewrite(strings.Replace(ownFile, "track:", "trakc:", 1)) // broken: the newest version stays
	receive(f.session(sid), 0, get("/messages"))
	if got := read(t, socket); got.Kind != "received" {
		t.Errorf("after the file broke the page got %+v, want nothing but the request after it", got)
	}
}

// TestRevision_reconnected checks that a page that was away while its scenario changed
// hears of it when it returns.
func TestRevision_reconnected(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.rewrite(ownFile)
	_, shown := f.show(sid)
	f.rewrite(ownFile + "# ")
	back, _, err := f.dialShowing(sid, 0, shown, "http://localhost:8080")
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	if got := read(t, back); got.Kind != "revision" || !strings.Contains(got.HTML, "Load the new version") {
		t.Errorf("the page got %+v, want to be told of the new version", got)
	}
}

// TestRevision_gone checks that the page of a deleted scenario still works, and that no
// new page can be opened.
func TestRevision_gone(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.rewrite(ownFile)
	_, shown := f.show(sid)
	f.rewrite("")
	if status, body := f.putShown(sid, shown); status != http.StatusOK {
		t.Errorf("an edit = %d %s, want 200", status, body)
	}
	if status, _, body := f.do(request{method: "POST", path: "/sessions/" + sid + "/reset"}); status != http.StatusOK {
		t.Errorf("reset = %d %s, want 200", status, body)
	}
	_, inForce := f.session(sid).Attempt()
	attempt, err := json.Marshal(inForce)
	if err != nil {
		t.Fatal(err)
	}
	compared := fmt.Sprintf(`{"session":%q,"revision":%q,"before":{"run":1,"attempt":%s},"after":{"run":2,"attempt":%[3]s}}`, sid, shown, attempt)
	if status, _, body := f.do(request{method: "POST", path: "/scenarios/own/comparison", body: compared}); status != http.StatusOK {
		t.Errorf("comparison = %d %s, want 200", status, body)
	}
	if status, body := f.putShown("ponmlkjihgfedcba", shown); status != http.StatusNotFound {
		t.Errorf("another session = %d %s, want 404", status, body)
	}
	if status, _, _ := f.do(request{path: "/scenarios/own"}); status != http.StatusNotFound {
		t.Errorf("its page = %d, want 404", status)
	}
}

// TestProblems checks that the home page links to the problems as long as there are any.
func TestProblems(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.rewrite(ownFile)
	f.rewrite(strings.Replace(ownFile, "track:", "<b>:", 1))
	for path, want := range map[string]string{
		"/":              `<a href="/problems">`,
		"/problems":      `unknown key &#34;&lt;b&gt;&#34;`,
		"/scenarios/own": "My own",
	} {
		if status, _, body := f.do(request{path: path}); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("GET %s = %d, want 200 and %q:\n%s", path, status, want, body)
		}
	}
	f.rewrite(ownFile)
	if _, _, body := f.do(request{path: "/"}); strings.Contains(body, "/problems") {
		t.Error("without problems the first page still leads to them")
	}
	if _, _, body := f.do(request{path: "/problems"}); !strings.Contains(body, "Every file can be read") {
		t.Errorf("without problems the page does not say so:\n%s", body)
	}
}
