package bodies_test

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

//go:embed harness.js
var harness string

//go:embed loader.js
var loader string

// types are the content types for each kind.
func types() map[string]string {
	const script = "text/javascript"
	return map[string]string{
		"script": script, "module": script, "worker": script, "moduleworker": script, "imported": script, "importedmodule": script,
		"style": "text/css", "html": "text/html", "svg": "image/svg+xml",
	}
}

// serveBodies serves the i-th body at /KIND/i/LABEL without any protection: no policy,
// no nosniff, on the page's own origin.
func serveBodies(t *testing.T, bodies []body) (origin string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Type", "text/javascript")
		header.Set("Cache-Control", "no-store")
		switch r.URL.Path {
		case "/":
			header.Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, `<!DOCTYPE html><title>Bodies</title><link rel="icon" href="data:,"><script src="/harness.js"></script>`)
		case "/harness.js":
			fmt.Fprint(w, harness)
		case "/loader-classic.js":
			fmt.Fprint(w, "const load = async (url) => importScripts(url)\n", loader)
		case "/loader-module.js":
			fmt.Fprint(w, "const load = (url) => import(url)\n", loader)
		default:
			serveBody(w, r, bodies)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func serveBody(w http.ResponseWriter, r *http.Request, bodies []body) {
	parts := strings.SplitN(strings.TrimPrefix(r.URL.Path, "/"), "/", 3)
	if len(parts) < 3 {
		http.NotFound(w, r)
		return
	}
	i, err := strconv.Atoi(parts[1])
	contentType := types()[parts[0]]
	if err != nil || i < 0 || i >= len(bodies) || contentType == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", contentType+"; charset="+parts[2])
	_, _ = bytes.NewReader(bodies[i].content).WriteTo(w) // the browser may be gone
}
