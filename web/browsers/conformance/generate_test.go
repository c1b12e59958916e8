package conformance_test

import (
	"testing"

	"corslab/web/browsers/conformance"

	"github.com/google/go-cmp/cmp"
)

// TestGenerate checks that an exchange depends only on the seed and its index.
func TestGenerate(t *testing.T) {
	few, many := conformance.Generate(5, 10), conformance.Generate(5, 2000)
	if diff := cmp.Diff(many[:10], few); diff != "" {
		t.Errorf("Generate(5, 10) differs from the first of Generate(5, 2000) (-many +few):\n%s", diff)
	}
	if cmp.Equal(conformance.Generate(6, 10), few) {
		t.Error("Generate(6, 10) = Generate(5, 10), want different exchanges")
	}
}
