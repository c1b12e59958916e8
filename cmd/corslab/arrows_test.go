package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// TestArrows checks that imports go one way only: cmd → web → web/page and
// web/api → web/view → lab/session → lab/backend → lab/scenario → lab/cors.
func TestArrows(t *testing.T) {
	forbidden := map[string][]string{
		"corslab/lab/cors":                    {"corslab/", "."}, // a dot stands in every path from outside the standard library
		"corslab/lab/cors/internal/headermap": {"corslab/", "."},
		"corslab/lab/cors/internal/whatwg":    {"corslab/", "."},
		"corslab/lab/glossary":                {"corslab/lab/scenario", "corslab/lab/session", "corslab/web/browsers/driver", "corslab/web/browsers/conformance", "corslab/web", "."},
		"corslab/lab/fields":                  {"corslab/lab/scenario", "corslab/lab/session", "corslab/web/browsers/driver", "corslab/web", "net/http", "github.com/"},
		"corslab/lab/inert":                   {"corslab/", "."},
		"corslab/lab/origin":                  {"corslab/", "."},
		"corslab/lab/policy":                  {"corslab/lab/scenario", "corslab/lab/session", "corslab/lab/backend", "corslab/web", "net/http", "."},
		"corslab/lab/scenario":                {"corslab/lab/session", "corslab/web/browsers/driver", "corslab/web", "net/http", "github.com/a-h", "github.com/fsnotify", "github.com/go-chi", "github.com/gorilla"},
		"corslab/lab/wire":                    {"corslab/lab/scenario", "corslab/lab/fields", "corslab/lab/backend", "corslab/lab/session", "corslab/web", "net/http", "."},
		"corslab/lab/backend":                 {"corslab/lab/session", "corslab/lab/dryrun", "corslab/web", "net/http", "github.com/"},
		"corslab/lab/session":                 {"corslab/web/browsers/driver", "corslab/web", "net/http", "github.com/"},
		"corslab/lab/dryrun":                  {"corslab/web/browsers/driver", "corslab/web", "net/http", "github.com/"},
		"corslab/web/browsers/driver":         {"corslab/lab/session", "corslab/web", "github.com/a-h/templ", "github.com/go-chi"},
		"corslab/web/browsers/conformance":    {"corslab/lab/scenario", "corslab/lab/session", "corslab/web/page", "corslab/web/api", "github.com/a-h/templ", "github.com/go-chi"},
		"corslab/web/view":                    {"corslab/web/", "corslab/web/browsers/driver", "net/http", "github.com/go-chi", "github.com/gorilla"},
		"corslab/web/view/gallery":            {"corslab/web/page", "corslab/web/api", "corslab/web/browsers/driver", "net/http", "github.com/go-chi", "github.com/gorilla"},
		"corslab/web/api":                     {"corslab/web/", "corslab/web/browsers/driver", "github.com/a-h/templ", "github.com/gorilla"},
		"corslab/web/page":                    {"corslab/web/api", "corslab/web/browsers/driver"},
		"corslab/web/proxy":                   {"corslab/web/", "corslab/web/browsers/driver", "github.com/"},
		"corslab/web/client":                  {"corslab/", "."},
		"corslab/web/remote":                  {"corslab/web/", "corslab/lab/scenario", "corslab/lab/session", "corslab/lab/backend", "."},
		"corslab/web/browsers/play":           {"corslab/web/page", "corslab/web/api", "corslab/lab/session", "github.com/a-h/templ", "github.com/go-chi"},
		"corslab/web":                         {"corslab/web/browsers/driver", "corslab/web/browsers/play"},
		"corslab/scenarios":                   {"corslab/"},
		"corslab/static":                      {"corslab/"},
	}
	seen := 0
	for path, imports := range importsOf(t) {
		for _, imported := range imports {
			for _, prefix := range forbidden[path] {
				if matches(imported, prefix) && !strings.HasPrefix(imported, path+"/internal/") {
					t.Errorf("%s imports %s", path, imported)
				}
			}
		}
		if forbidden[path] != nil {
			seen++
		}
	}
	if seen != len(forbidden) {
		t.Errorf("%d of the packages were found, want all %d", seen, len(forbidden))
	}
}

func matches(imported, prefix string) bool {
	if prefix == "." {
		return strings.Contains(imported, ".")
	}
	return strings.HasPrefix(imported, prefix)
}

// TestNoDrivers checks that the program links no browser driver, which would
// make its first start slow.
func TestNoDrivers(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "corslab/cmd/corslab").Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "chromedp") {
		t.Error("corslab links chromedp")
	}
}

func importsOf(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "corslab/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	imports := make(map[string][]string)
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var listed struct {
			ImportPath string
			Imports    []string
		}
		err := decoder.Decode(&listed)
		if errors.Is(err, io.EOF) {
			return imports
		}
		if err != nil {
			t.Fatal(err)
		}
		imports[listed.ImportPath] = listed.Imports
	}
}
