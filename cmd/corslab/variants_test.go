package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestVariants checks that code compares a word that has its own type with a constant of
// that type. A misspelled literal would compile. The empty word needs no constant, and
// tests may use literals, because a misspelled one makes them fail.
func TestVariants(t *testing.T) {
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "corslab/...")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, p := range loaded {
		for _, broken := range p.Errors {
			t.Fatal(broken)
		}
		for _, file := range p.Syntax {
			if ast.IsGenerated(file) {
				continue
			}
			for _, literal := range literals(file) {
				if name := literalType(p.TypesInfo, literal); name != "" && !isSample(p.PkgPath) {
					t.Errorf("%s: writes the %s %s; want a constant of the type", p.Fset.Position(literal.Pos()), name, literal.Value)
				}
			}
			for _, c := range comparisons(file) {
				name := wordType(p.TypesInfo, c.value)
				if name == "" {
					continue
				}
				compared++
				if literal := literalOf(c.with); literal != "" {
					t.Errorf("%s: compares a %s with %s; want a constant of the type", p.Fset.Position(c.with.Pos()), name, literal)
				}
			}
		}
	}
	if compared == 0 {
		t.Error("found no comparison of a word, want some")
	}
}

// isSample reports whether a package makes samples, whose words read best as they are.
func isSample(path string) bool {
	return strings.HasPrefix(path, "corslab/web/view/gallery") || path == "corslab/lab/scenario/scenariotest"
}

// literals lists the string literals of a file outside of constants.
func literals(file *ast.File) (all []*ast.BasicLit) {
	ast.Inspect(file, func(n ast.Node) bool {
		if declaration, ok := n.(*ast.GenDecl); ok && declaration.Tok == token.CONST {
			return false
		}
		if literal, ok := n.(*ast.BasicLit); ok && literalOf(literal) != "" {
			all = append(all, literal)
		}
		return true
	})
	return all
}

// literalType returns the name of a literal's type if the module defines it as a string,
// otherwise "".
func literalType(info *types.Info, literal *ast.BasicLit) string {
	named, ok := types.Unalias(info.TypeOf(literal)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || !strings.HasPrefix(named.Obj().Pkg().Path(), "corslab/") {
		return ""
	}
	return named.Obj().Pkg().Name() + "." + named.Obj().Name()
}

// comparison is a value and an expression that the code compares it with.
type comparison struct{ value, with ast.Expr }

// comparisons lists a file's comparisons: each == and != in both directions, and the cases
// of switches.
func comparisons(file *ast.File) (all []comparison) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.BinaryExpr:
			if x.Op == token.EQL || x.Op == token.NEQ {
				all = append(all, comparison{x.X, x.Y}, comparison{x.Y, x.X})
			}
		case *ast.SwitchStmt:
			for _, clause := range x.Body.List {
				for _, with := range clause.(*ast.CaseClause).List {
					if x.Tag != nil {
						all = append(all, comparison{x.Tag, with})
					}
				}
			}
		}
		return true
	})
	return all
}

// wordType returns the name of an expression's type if the module defines it as a string,
// otherwise "". A conversion to string doesn't hide the type.
func wordType(info *types.Info, value ast.Expr) string {
	value = ast.Unparen(value)
	if literalOf(value) != "" {
		return "" // it has the type of the other side
	}
	if call, ok := value.(*ast.CallExpr); ok && len(call.Args) == 1 && info.Types[call.Fun].IsType() {
		if name := wordType(info, call.Args[0]); name != "" {
			return name
		}
	}
	named, ok := types.Unalias(info.TypeOf(value)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || !strings.HasPrefix(named.Obj().Pkg().Path(), "corslab/") {
		return ""
	}
	basic, ok := named.Underlying().(*types.Basic)
	if !ok || basic.Info()&types.IsString == 0 {
		return ""
	}
	return named.Obj().Pkg().Name() + "." + named.Obj().Name()
}

// literalOf returns the source of a string literal that isn't empty, otherwise "".
func literalOf(value ast.Expr) string {
	literal, ok := ast.Unparen(value).(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING || literal.Value == `""` || literal.Value == "``" {
		return ""
	}
	return literal.Value
}
