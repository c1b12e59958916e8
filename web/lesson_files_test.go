package web_test

import (
	"net/http"
	"strings"
	"testing"

	"corslab/web"
)

// TestLesson10_Files requests files that pages must not load, in every spelling that got
// past a filter in another server (Vite had six in thirteen months). The lab doesn't
// filter: it serves only the files on a list.
func TestLesson10_Files(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		all := targets(t, lab)
		for _, name := range []string{"page", "callers"} {
			to := all[name]
			for _, root := range []string{"/static/", "/static/js/", "/scenarios/own/files/"} {
				for _, spelling := range outside() {
					response, body := exchange(t, to.addr, route{"GET", root + spelling}.request(to.host))
					if response.StatusCode < 300 && !strings.Contains(spelling, "lab.js") || strings.Contains(body, "package static") || strings.Contains(body, "corslab: 1") {
						t.Errorf("GET %s%s on %s: status %d, want no file", root, spelling, name, response.StatusCode)
					}
				}
			}
		}
		if response, _ := exchange(t, all["page"].addr, route{"GET", "/static/js/lab.js"}.request(all["page"].host)); response.StatusCode != http.StatusOK {
			t.Errorf("GET /static/js/lab.js: status %d, want 200", response.StatusCode)
		}
	})
}

// outside returns spellings of files that are outside a folder, or that aren't served.
func outside() (all []string) {
	for _, file := range []string{"embed.go", "style.go", "package.json", "10-own.yaml", "etc/passwd"} {
		for _, way := range []string{
			"", "../", "../../", "../../../../../../", "..%2f", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..%5c", `..\`, "....//", "..;/",
			"./", "/", "//", "js/../", "js/..%2f../", "%00", "@fs/", "file:///", "..%c0%af", "%uff0e%uff0e/", "vendor/%2e./",
		} {
			all = append(all, way+file)
		}
	}
	for _, tail := range []string{"?raw", "?import&raw", "%00.js", ".", "::$DATA", "/", "%20", "~", ";.js"} {
		all = append(all, "embed.go"+tail)
	}
	return append(all, "", "js", "js/", "css/", "JS/LAB.JSX", ".env", ".git/config", "CON", "js/lab.js%00.css")
}
