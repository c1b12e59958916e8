package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
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
		t.Errorf("functions have %d lines at the median and %d at nine of ten, want at most %d and %d", median, p90, maxMedian, maxP90)
	}
	t.Logf("%d functions: median %d lines, p90 %d, longest %d", len(functions), median, p90, functions[len(functions)-1])
	for _, name := range []string{"lab/cors", "lab/scenario", "lab/scenario/format", "lab/session", "lab/backend", "lab/policy", "lab/library", "web/page", "web/view"} {
		t.Logf("%-20s %5d lines, %3d exported names", name, packages[name].lines, packages[name].exported)
	}
}

// TestOrigins: only lab/origin and the judge combine schemes and hosts, so that nothing
// else assumes HTTP. Test code may do it too, because it sends hostile values.
func TestOrigins(t *testing.T) {
	for path, file := range goFiles(t) {
		if strings.HasPrefix(path, "lab/origin/") || strings.HasPrefix(path, "web/browsers/") {
			continue
		}
		ast.Inspect(file.syntax, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			if text, _ := strconv.Unquote(literal.Value); strings.HasPrefix(text, "http://") {
				t.Errorf("%s:%d: found %s; want an origin of package lab/origin", path, file.line(n), literal.Value)
			}
			return true
		})
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
