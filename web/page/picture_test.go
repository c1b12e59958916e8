package page_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"corslab/lab/library"
	"corslab/web/page"
)

const (
	drawn = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>`
	shot  = "\x89PNG\r\n\x1a\nand so on"
)

// TestPicture checks that a scenario's pictures are served so that they run nothing, and
// that no other file of its folder is served.
func TestPicture(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.current.Replace(f.current.Library().Reload(library.Source{Name: "mine", FS: fstest.MapFS{
		"own.yaml": {Data: []byte(strings.NewReplacer(
			"A page asks an API.", `"A page ![asks](shot.png) an API. {page}"`,
			"goal:", "hints: ['Look at ![the <drawing>](drawn.svg)']\ngoal:",
		).Replace(ownFile))},
		"shot.png":   {Data: []byte(shot)},
		"drawn.svg":  {Data: []byte(drawn)},
		"secret.png": {Data: []byte(shot)},
	}}))
	if problems := f.current.Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	for path, want := range map[string]struct {
		status        int
		contentType   string
		holds, policy string
	}{
		"/scenarios/own/files/shot.png":             {200, "image/png", shot, "sandbox"},
		"/scenarios/own/files/drawn.svg":            {200, "image/svg+xml", drawn, "default-src 'none'; style-src 'unsafe-inline'; sandbox"},
		"/scenarios/own/files/secret.png":           {404, "text/html; charset=utf-8", "", ""},
		"/scenarios/own/files/own.yaml":             {404, "text/html; charset=utf-8", "", ""},
		"/scenarios/own/files/..%2Fmine%2Fshot.png": {404, "text/html; charset=utf-8", "", ""},
		"/scenarios/own/files/":                     {404, "text/html; charset=utf-8", "", ""},
		"/scenarios/none/files/shot.png":            {404, "text/html; charset=utf-8", "", ""},
		"/scenarios/own":                            {200, "text/html; charset=utf-8", `<img src="/scenarios/own/files/shot.png" alt="asks">`, ""},
		"/":                                         {200, "text/html; charset=utf-8", `A page asks an API.`, ""},
	} {
		status, header, body := f.do(request{path: path})
		if status != want.status || header.Get("Content-Type") != want.contentType || !strings.Contains(body, want.holds) {
			t.Errorf("GET %s = %d, %s; want %d, %s and %q:\n%s", path, status, header.Get("Content-Type"), want.status, want.contentType, want.holds, body)
		}
		if got := header.Get("Content-Security-Policy"); !strings.Contains(got, want.policy) || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("GET %s has the policy %q and nosniff %q, want %q and nosniff", path, got, header.Get("X-Content-Type-Options"), want.policy)
		}
	}
	_, header, _ := f.do(request{path: "/scenarios/own/files/shot.png"})
	again, _, _ := f.do(request{path: "/scenarios/own/files/shot.png", header: map[string]string{"If-None-Match": header.Get("ETag")}})
	if again != http.StatusNotModified {
		t.Errorf("the same again = %d, want 304", again)
	}
}
