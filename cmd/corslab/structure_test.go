package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Bounds on a package. The judge may have more lines, because it is one thing.
const (
	maxLines    = 3_000 // without tests and generated files
	maxExported = 120   // package-level names
)

// Bounds on functions, in lines: for the longest, for 90% of them, and for half of
// them.
const (
	maxFunction = 60
	maxP90      = 35
	maxMedian   = 10
)

// TestStructure checks the size of every package.
func TestStructure(t *testing.T) {
	var functions []int
	packages := make(map[string]*measured)
	for path, file := range goFiles(t) {
		name := filepath.ToSlash(filepath.Dir(path))
		if packages[name] == nil {
			packages[name] = new(measured)
		}
		packages[name].add(file)
		for _, f := range file.functions() {
			functions = append(functions, f.lines)
			if f.lines > maxFunction {
				t.Errorf("%s: %s has %d lines, want at most %d", path, f.name, f.lines, maxFunction)
			}
		}
	}
	for name, p := range packages {
		if p.lines > maxLines && name != "lab/cors" {
			t.Errorf("%s has %d lines, want at most %d", name, p.lines, maxLines)
		}
		if p.exported > maxExported {
			t.Errorf("%s exports %d names, want at most %d", name, p.exported, maxExported)
		}
	}
	slices.Sort(functions)
	median, p90 := functions[len(functions)/2], functions[len(functions)*9/10]
	if median > maxMedian || p90 > maxP90 {
		t.Errorf("functions have %d lines at the median and %d at the 90th percentile, want at most %d and %d", median, p90, maxMedian, maxP90)
	}
	t.Logf("%d functions: median %d lines, p90 %d, longest %d", len(functions), median, p90, functions[len(functions)-1])
	for _, name := range []string{"lab/cors", "lab/scenario", "lab/scenario/format", "lab/session", "lab/backend", "lab/policy", "lab/library", "web/page", "web/view"} {
		t.Logf("%-20s %5d lines, %3d exported names", name, packages[name].lines, packages[name].exported)
	}
}

// mayWriteURLs lists the folders that put schemes and hosts together, with the reason.
func mayWriteURLs() map[string]string {
	return map[string]string{
		"lab/origin/":               "it does so for all others",
		"lab/cors/":                 "the judge parses and prints URLs by the letter of the URL standard",
		"web/browsers/conformance/": "it sends hostile values, which no origin can hold",
	}
}

// TestOrigins checks that only lab/origin takes URLs apart and puts them together, so that
// no other package assumes HTTP or has its own idea of a host.
func TestOrigins(t *testing.T) {
	for path, file := range goFiles(t) {
		if mayWrite(path) {
			continue
		}
		ast.Inspect(file.syntax, func(n ast.Node) bool {
			if found := handmadeURL(n); found != "" {
				t.Errorf("%s:%d: found %s; want package lab/origin to put URLs together and take them apart", path, file.line(n), found)
			}
			return true
		})
	}
}

func mayWrite(path string) bool {
	for folder := range mayWriteURLs() {
		if strings.HasPrefix(path, folder) {
			return true
		}
	}
	return false
}

// handmadeURL returns the part of the code that parses or prints a URL, or "".
func handmadeURL(n ast.Node) string {
	switch n := n.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(n.Value)
		if n.Kind == token.STRING && err == nil && strings.Contains(text, "://") && !isMessage(text) && !isDocument(text) {
			return n.Value
		}
	case *ast.CompositeLit:
		if isURL(n.Type) && slices.ContainsFunc(n.Elts, isScheme) {
			return "a url.URL with a scheme"
		}
	}
	return ""
}

// isURL reports whether a type is the URL of package net/url.
func isURL(of ast.Expr) bool {
	selected, ok := of.(*ast.SelectorExpr)
	if !ok || selected.Sel.Name != "URL" {
		return false
	}
	from, ok := selected.X.(*ast.Ident)
	return ok && from.Name == "url"
}

func isScheme(element ast.Expr) bool {
	pair, ok := element.(*ast.KeyValueExpr)
	if !ok {
		return false
	}
	key, ok := pair.Key.(*ast.Ident)
	return ok && key.Name == "Scheme"
}

// isMessage reports whether a text is prose for a person to read. Three words are enough.
func isMessage(text string) bool {
	words := 0
	for word := range strings.FieldsSeq(text) {
		if strings.Trim(strings.ToLower(word), "abcdefghijklmnopqrstuvwxyz,.;") == "" {
			words++
		}
	}
	return words >= 3
}

// isDocument reports whether a text is the address of a document on the web. It has a
// path, so it isn't an origin.
func isDocument(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && strings.Contains(u.Host, ".") && u.Path != ""
}

// TestHandmadeURL checks that TestOrigins finds what it looks for.
func TestHandmadeURL(t *testing.T) {
	for code, want := range map[string]bool{
		`"http://localhost"`:                    true,
		`"://"`:                                 true,
		`"%s://%s"`:                             true,
		`"https://"`:                            true,
		`" app: http://*.invalid:*"`:            true,
		`url.URL{Scheme: "http", Host: h}`:      true,
		`&url.URL{Host: h, Scheme: scheme}`:     true,
		`endpoint.URL{Scheme: scheme, Host: h}`: false,
		`url.URL{Path: "/"}`:                    false,
		`"found %s; want an origin such as http://localhost:8080"`: false,
		`"https://fetch.spec.whatwg.org/#origin"`:                  false,
		`"http"`: false,
	} {
		expression, err := parser.ParseExpr(code)
		if err != nil {
			t.Fatal(err)
		}
		found := ""
		ast.Inspect(expression, func(n ast.Node) bool { found += handmadeURL(n); return true })
		if (found != "") != want {
			t.Errorf("%s: found %q, want it to be found: %t", code, found, want)
		}
	}
}

type measured struct{ lines, exported int }

func (m *measured) add(f goFile) {
	m.lines += f.lines
	for _, declared := range f.syntax.Decls {
		switch d := declared.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.IsExported() {
				m.exported++
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				m.exported += exportedIn(spec)
			}
		}
	}
}

func exportedIn(spec ast.Spec) (count int) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() {
			count++
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.IsExported() {
				count++
			}
		}
	}
	return count
}

// goFile is a Go file.
type goFile struct {
	syntax *ast.File
	lines  int
	files  *token.FileSet
}

func (f goFile) line(n ast.Node) int { return f.files.Position(n.Pos()).Line }

type function struct {
	name  string
	lines int
}

func (f goFile) functions() (all []function) {
	for _, declared := range f.syntax.Decls {
		if d, ok := declared.(*ast.FuncDecl); ok && d.Body != nil {
			lines := f.files.Position(d.End()).Line - f.files.Position(d.Pos()).Line + 1
			all = append(all, function{d.Name.Name, lines})
		}
	}
	return all
}

// goFiles returns the module's Go files by path, without tests and generated files.
func goFiles(t *testing.T) map[string]goFile {
	t.Helper()
	const root = "../.."
	all := make(map[string]goFile)
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		src, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		syntax, err := parser.ParseFile(files, path, src, parser.ParseComments)
		all[path] = goFile{syntax, strings.Count(string(src), "\n"), files}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
