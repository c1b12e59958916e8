package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// order lists the module's packages, lowest first. A package imports only packages that
// come before it in this list.
func order() []string {
	return []string{
		"scenarios", "static",
		"lab/inert", "lab/origin", "lab/endpoint", "lab/wire", "lab/internal/phrase",
		"lab/cors/internal/headermap", "lab/cors/internal/whatwg", "lab/cors",
		"lab/exchange", "lab/fields", "lab/glossary",
		"lab/policy",
		"lab/scenario", "lab/scenario/snippet", "lab/scenario/format", "lab/scenario/scenariotest", "lab/library",
		"lab/backend", "lab/session", "lab/dryrun",
		"web/recovery", "web/client", "web/remote", "web/view", "web/view/gallery",
		"web/proxy", "web/api", "web/page", "web", "web/labtest", "web/view/gallery/serve",
		"web/browsers/driver", "web/browsers/drivertest", "web/browsers/conformance", "web/browsers/play",
		"web/e2e", "web/attack", "web/bodies",
		"cmd/internal/cli", "cmd/internal/sources", "cmd/corslab", "cmd/corslab-verify",
	}
}

// mayNot lists further packages that a folder's packages must not import, by the
// beginnings of their paths. A dot means everything outside the standard library.
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

// forTests lists the packages that every test may import if they are below the test's
// package in the order. No program links them.
func forTests() []string {
	return []string{"corslab/lab/scenario/scenariotest", "corslab/web/labtest", "github.com/google/go-cmp", "golang.org/x/tools/txtar"}
}

// testsMay lists what a package's tests may import although the package itself must not,
// by the beginnings of paths, with the reason.
func testsMay() map[string]map[string]string {
	const drive = "they drive real browsers"
	return map[string]map[string]string{
		"scenarios": {
			"corslab/lab/":    "they play the files, which are data",
			"go.yaml.in/yaml": "they check the files against the schema, which needs a general parser",
		},
		"lab/scenario": {
			"corslab/lab/scenario/": "scenarios are easiest to write as files, and some become code again",
		},
		"lab/scenario/format": {
			"corslab/lab/library":               "they load what the format accepts into a library",
			"corslab/lab/scenario/scenariotest": "it is above the format, because it reads files with it",
		},
		"lab/scenario/snippet": {"net/http": "a server receives what the curl command sends"},
		"web":                  {"corslab/web/labtest": "it is above package web, because it starts labs with it"},
		"web/proxy":            {"corslab/web/api": "the proxies send requests to a real API"},
		"web/browsers/driver":  {"corslab/web/browsers/drivertest": "it is above the driver, because it starts browsers with it"},
		"web/e2e":              {"corslab/web/browsers/": drive, "github.com/chromedp": "a learner's keys, media and network need DevTools"},
		"web/attack":           {"corslab/web/browsers/": drive, "go.yaml.in/yaml": "the table of attacks is a file"},
		"web/bodies":           {"corslab/web/browsers/": drive},
	}
}

// TestArrows checks that imports go only one way, in tests too.
func TestArrows(t *testing.T) {
	packages, needed := order(), make(map[string]bool)
	seen := 0
	for _, p := range goPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "corslab/")
		at := slices.Index(packages, name)
		if at < 0 {
			t.Errorf("%s isn't in the order of packages", name)
			continue
		}
		seen++
		for _, imported := range p.Imports {
			for _, problem := range problems(name, at, imported) {
				t.Errorf("%s imports %s", name, problem)
			}
		}
		for _, imported := range p.ofTests() {
			for _, problem := range problems(name, at, imported) {
				if may := exception(name, imported); may != "" {
					needed[name+" "+may] = true
				} else if !isForTests(imported) || strings.HasSuffix(problem, notBelow) {
					t.Errorf("the tests of %s import %s", name, problem)
				}
			}
		}
	}
	if seen != len(packages) {
		t.Errorf("found %d of the packages, want all %d", seen, len(packages))
	}
	for name, may := range testsMay() {
		for prefix := range may {
			if !needed[name+" "+prefix] {
				t.Errorf("the tests of %s don't import %s, or need no exception for it", name, prefix)
			}
		}
	}
}

// exception returns the prefix in testsMay that lets a package's tests import another
// package, or "".
func exception(name, imported string) string {
	for prefix := range testsMay()[name] {
		if strings.HasPrefix(imported, prefix) {
			return prefix
		}
	}
	return ""
}

func isForTests(imported string) bool {
	return slices.ContainsFunc(forTests(), func(prefix string) bool { return strings.HasPrefix(imported, prefix) })
}

const notBelow = ", which isn't below it"

// problems says why a package must not import another. Its position in the order is at.
func problems(name string, at int, imported string) (all []string) {
	if own, found := strings.CutPrefix(imported, "corslab/"); found && slices.Index(order(), own) >= at {
		all = append(all, imported+notBelow)
	}
	for folder, forbidden := range mayNot() {
		inside := name == folder || strings.HasSuffix(folder, "/") && strings.HasPrefix(name, folder)
		if inside && slices.ContainsFunc(forbidden, func(prefix string) bool { return matches(imported, prefix) }) {
			all = append(all, fmt.Sprintf("%s, which %s must not", imported, folder))
		}
	}
	for prefix, importers := range only() {
		if strings.HasPrefix(imported, prefix) && !slices.Contains(importers, name) {
			all = append(all, fmt.Sprintf("%s, which only %q may import", imported, importers))
		}
	}
	return all
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

// goPackage is a package as the go command lists it.
type goPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// ofTests lists what the tests import, apart from their own package.
func (p goPackage) ofTests() []string {
	all := slices.Concat(p.TestImports, p.XTestImports)
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(imported string) bool { return imported == p.ImportPath })
}

func goPackages(t *testing.T) (all []goPackage) {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "corslab/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
