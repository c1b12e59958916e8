package main

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// TestDocLinks checks that every link in brackets in a comment leads to something: a name
// in the same package, an imported package, or a name in an imported package. For packages
// outside the module it checks only that they are imported.
func TestDocLinks(t *testing.T) {
	packages := parseModule(t)
	for folder, p := range packages {
		imports := p.imports()
		for name, file := range p.files {
			for _, group := range file.Comments {
				for _, link := range linksIn(group.Text()) {
					if !resolves(link, p, imports, packages) {
						t.Errorf("%s/%s: the link [%s] leads nowhere", folder, name, link)
					}
				}
			}
		}
	}
}

// linked is the target of a link: a package, a name in it, or a method of a type in it.
type linked struct{ pkg, recv, name string }

func (l linked) String() string {
	text := l.name
	for _, before := range []string{l.recv, l.pkg} {
		if before != "" {
			text = strings.TrimSuffix(before+"."+text, ".")
		}
	}
	return text
}

// linksIn lists everything in a comment's text that could be a link, whether the target
// exists or not.
func linksIn(text string) (links []linked) {
	p := comment.Parser{
		LookupPackage: func(name string) (string, bool) { return name, true },
		LookupSym:     func(string, string) bool { return true },
	}
	var visit func(texts []comment.Text)
	visit = func(texts []comment.Text) {
		for _, part := range texts {
			switch part := part.(type) {
			case *comment.DocLink:
				if part.Name == "" && len(part.ImportPath) == 1 { // an index
					continue
				}
				links = append(links, linked{part.ImportPath, part.Recv, part.Name})
			case *comment.Link:
				visit(part.Text)
			}
		}
	}
	for _, block := range p.Parse(text).Content {
		switch block := block.(type) {
		case *comment.Paragraph:
			visit(block.Text)
		case *comment.List:
			for _, item := range block.Items {
				for _, paragraph := range item.Content {
					visit(paragraph.(*comment.Paragraph).Text)
				}
			}
		}
	}
	return links
}

func resolves(l linked, own *parsed, imports map[string]string, packages map[string]*parsed) bool {
	if l.pkg == "" {
		return own.has(l)
	}
	if l.name == "" && own.names[l.pkg] { // the parser takes a lower-case name for a package
		return true
	}
	imported, found := imports[l.pkg]
	if of := packages[strings.TrimPrefix(imported, "corslab/")]; found && of != nil && l.name != "" {
		return of.has(l)
	}
	return found
}

// parsed is a package without its tests.
type parsed struct {
	files map[string]*ast.File
	names map[string]bool // at package level, and methods as Type.Method
}

func (p *parsed) has(l linked) bool { return p.names[strings.TrimPrefix(l.recv+"."+l.name, ".")] }

func (p *parsed) declare(declared ast.Decl) {
	switch d := declared.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			name = receiver(d.Recv.List[0].Type) + "." + name
		}
		p.names[name] = true
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				p.names[s.Name.Name] = true
			case *ast.ValueSpec:
				for _, name := range s.Names {
					p.names[name.Name] = true
				}
			}
		}
	}
}

// receiver returns the name of a method's receiver type.
func receiver(of ast.Expr) string {
	switch e := of.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// imports returns the import paths of the package's files, by the names that they use.
func (p *parsed) imports() map[string]string {
	version := regexp.MustCompile(`/v[0-9]+$`)
	names := make(map[string]string)
	for _, file := range p.files {
		for _, spec := range file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			name := path.Base(version.ReplaceAllString(imported, ""))
			if spec.Name != nil {
				name = spec.Name.Name
			}
			names[name] = imported
		}
	}
	return names
}

// parseModule returns the module's packages, by folder.
func parseModule(t *testing.T) map[string]*parsed {
	t.Helper()
	root, packages := os.DirFS("../.."), make(map[string]*parsed)
	err := fs.WalkDir(root, ".", func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(at, ".go") || strings.HasSuffix(at, "_test.go") {
			return err
		}
		src, err := fs.ReadFile(root, at)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), at, src, parser.ParseComments)
		if err != nil {
			return err
		}
		folder, name := path.Split(at)
		folder = path.Clean(folder)
		if packages[folder] == nil {
			packages[folder] = &parsed{make(map[string]*ast.File), make(map[string]bool)}
		}
		packages[folder].files[name] = file
		for _, declared := range file.Decls {
			packages[folder].declare(declared)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return packages
}
