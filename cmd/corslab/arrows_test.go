package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// order lists the packages of the module, the lowest first. A package imports only
// packages above it in this list, so no import runs back up.
func order() []string {
	return []string{
		"scenarios", "static",
		"lab/inert", "lab/origin", "lab/endpoint", "lab/internal/phrase",
		"lab/cors/internal/headermap", "lab/cors/internal/whatwg", "lab/cors",
		"lab/fields", "lab/wire", "lab/glossary",
		"lab/policy",
		"lab/scenario", "lab/scenario/snippet", "lab/scenario/format", "lab/scenario/scenariotest", "lab/library",
		"lab/backend", "lab/session", "lab/dryrun",
		"web/recovery", "web/client", "web/remote", "web/view", "web/view/gallery",
		"web/proxy", "web/api", "web/page", "web", "web/labtest", "web/view/gallery/serve",
		"web/browsers/driver", "web/browsers/drivertest", "web/browsers/conformance", "web/browsers/play",
		"cmd/internal/cli", "cmd/internal/sources", "cmd/corslab", "cmd/corslab-verify",
	}
}

// mayNot lists more packages that those of a folder must not import, by the beginnings
// of their paths. A dot means everything outside the standard library.
func mayNot() map[string][]string {
	return map[string][]string{
		"lab/":         {"net/http", "html", "github.com/a-h", "github.com/fsnotify", "github.com/go-chi", "github.com/gorilla", "github.com/chromedp"},
		"lab/cors":     {"."},
		"lab/glossary": {"."},
		"lab/inert":    {"."},
		"lab/origin":   {"."},
		"lab/endpoint": {"."},
		"lab/wire":     {"."},
		"lab/policy":   {"."},
		"lab/backend":  {"."},
		"lab/session":  {"."},
		"web/client":   {"."},
		"web/view":     {"net/http", "github.com/go-chi", "github.com/gorilla"},
		"web/api":      {"corslab/web/view", "github.com/a-h"},
		"web/page":     {"corslab/web/api"},
		"web/proxy":    {"corslab/web/"},
	}
}

// only lists which packages may import a library. Only the format needs YAML, and only
// the format and the view need Markdown.
func only() map[string][]string {
	return map[string][]string{
		"go.yaml.in/yaml":                   {"lab/scenario/format"},
		"github.com/yuin/goldmark":          {"lab/scenario/format", "web/view"},
		"github.com/chromedp":               {"web/browsers/driver", "web/browsers/drivertest", "web/browsers/conformance", "web/browsers/play"},
		"corslab/web/browsers":              {"web/browsers/drivertest", "web/browsers/conformance", "web/browsers/play", "cmd/corslab-verify"},
		"corslab/web/labtest":               {},
		"corslab/lab/scenario/scenariotest": {},
	}
}

// TestArrows checks that imports go only one way.
func TestArrows(t *testing.T) {
	packages := order()
	seen := 0
	for path, imports := range importsOf(t) {
		name := strings.TrimPrefix(path, "corslab/")
		at := slices.Index(packages, name)
		if at < 0 {
			if len(imports) > 0 {
				t.Errorf("%s has no place in the order of packages", name)
			}
			continue
		}
		seen++
		for _, imported := range imports {
			if own, found := strings.CutPrefix(imported, "corslab/"); found && slices.Index(packages, own) >= at {
				t.Errorf("%s imports %s, which is not below it", name, own)
			}
			checkImport(t, name, imported)
		}
	}
	if seen != len(packages) {
		t.Errorf("%d of the packages were found, want all %d", seen, len(packages))
	}
}

func checkImport(t *testing.T, name, imported string) {
	t.Helper()
	for folder, forbidden := range mayNot() {
		inside := name == folder || strings.HasSuffix(folder, "/") && strings.HasPrefix(name, folder)
		if inside && slices.ContainsFunc(forbidden, func(prefix string) bool { return matches(imported, prefix) }) {
			t.Errorf("%s imports %s", name, imported)
		}
	}
	for prefix, importers := range only() {
		if strings.HasPrefix(imported, prefix) && !slices.Contains(importers, name) {
			t.Errorf("%s imports %s, want that in %q only", name, imported, importers)
		}
	}
}

func matches(imported, prefix string) bool {
	if prefix == "." {
		return strings.Contains(imported, ".")
	}
	return strings.HasPrefix(imported, prefix)
}

// TestLinked checks what programs and packages link, at any depth. A browser driver
// would slow down the first start, and neither sessions nor the API need the scenario
// format.
func TestLinked(t *testing.T) {
	equipment := []string{"chromedp", "corslab/web/browsers", "corslab/web/view/gallery", "corslab/web/labtest", "scenariotest", "txtar", "go-cmp"}
	files := []string{"yaml", "goldmark", "corslab/lab/library", "corslab/lab/scenario/format"}
	for of, forbidden := range map[string][]string{
		"corslab/cmd/corslab": equipment,
		"corslab/lab/session": append(files, equipment...),
		"corslab/web/api":     append(files, equipment...),
		"corslab/lab/backend": append(files, equipment...),
	} {
		out, err := exec.Command("go", "list", "-deps", of).Output()
		if err != nil {
			t.Fatal(err)
		}
		for linked := range strings.Lines(string(out)) {
			for _, part := range forbidden {
				if strings.Contains(linked, part) {
					t.Errorf("%s links %s", of, strings.TrimSpace(linked))
				}
			}
		}
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
