package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestVariants: where a word has a type, code compares it with a constant of that type,
// never with a literal, because a misspelled literal compiles. The empty word needs no
// constant. Tests may use literals: they would fail.
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
		t.Error("no word was compared with anything")
	}
}

// comparison is a value with one of those that it is compared with.
type comparison struct{ value, with ast.Expr }

// comparisons lists those of a file, by == and != both ways round, and by the cases of
// switches.
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

// wordType is the name of an expression's type if the module defines it and it is a
// string, otherwise "". A conversion to string doesn't hide the type.
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

// literalOf is the source of a string literal other than the empty one, otherwise "".
func literalOf(value ast.Expr) string {
	literal, ok := ast.Unparen(value).(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING || literal.Value == `""` || literal.Value == "``" {
		return ""
	}
	return literal.Value
}
