package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// retired lists words that names must not use, each with better ones. Names once used them
// with several meanings, or with one that nobody could guess.
func retired() map[string]string {
	return map[string]string{
		"answer": "response, or reply for what a policy describes", "answers": "responses, or replies",
		"around": "surroundings, neighbors", "glance": "overview", "handed": "sent, submitted", "handover": "state",
		"kept": "stored, remaining", "onward": "next", "passage": "forwarded", "place": "route, path, position, slot",
		"places": "routes, paths, positions, slots", "rehearsal": "dry run", "rescue": "recovery", "shelf": "current library",
		"specimen": "sample", "spot": "target", "stead": "instead", "told": "sent, reason", "unfit": "mismatch",
	}
}

// TestWords checks that the names of files and declarations don't use retired words.
func TestWords(t *testing.T) {
	err := fs.WalkDir(os.DirFS("../.."), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || path == ".git" || entry.Name() == "testdata" || entry.Name() == "vendor":
			return orSkip(err, entry)
		case entry.IsDir() || strings.Contains("/"+path, "/scenarios/") || strings.HasSuffix(path, "_templ.go"):
			return nil
		}
		checkWords(t, path, strings.TrimSuffix(entry.Name(), filepath.Ext(path)))
		if filepath.Ext(path) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../..", path), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, name := range declared(file) {
			checkWords(t, path, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func orSkip(err error, entry fs.DirEntry) error {
	if err == nil && entry.IsDir() {
		return fs.SkipDir
	}
	return err
}

func checkWords(t *testing.T, path, name string) {
	t.Helper()
	for _, word := range regexp.MustCompile(`[A-Z]?[a-z]+`).FindAllString(name, -1) {
		if better := retired()[strings.ToLower(word)]; better != "" {
			t.Errorf("%s: the name %s has the word %q; want another, such as %s", path, name, strings.ToLower(word), better)
		}
	}
}

// declared lists the names that a file declares.
func declared(file *ast.File) (names []string) {
	add := func(all ...*ast.Ident) {
		for _, name := range all {
			names = append(names, name.Name)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			add(n.Name)
		case *ast.TypeSpec:
			add(n.Name)
		case *ast.ValueSpec:
			add(n.Names...)
		case *ast.Field:
			add(n.Names...)
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if name, ok := left.(*ast.Ident); ok && n.Tok == token.DEFINE {
					add(name)
				}
			}
		case *ast.RangeStmt:
			for _, left := range []ast.Expr{n.Key, n.Value} {
				if name, ok := left.(*ast.Ident); ok {
					add(name)
				}
			}
		}
		return true
	})
	return names
}
