package scenarios_test

import (
	"fmt"
	"slices"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"

	"github.com/google/go-cmp/cmp"
)

// TestFiles_export checks that the solution of an export works. The solution can't fix a
// redirect, so the test leaves out scenarios in which the redirect is the problem.
func TestFiles_export(t *testing.T) {
	beyond := []string{"app-link", "origin-becomes-null", "password-in-location", "redirect-refused", "round-and-round", "to-the-sign-in-page"}
	for i, s := range shipped(t) {
		if slices.Contains(beyond, s.ID) {
			continue
		}
		t.Run(s.ID, func(t *testing.T) {
			draft := s.Export(s.Start(origins(t)), s.Expect, origins(t))
			solved := draft.Export(draft.With(draft.Solutions[0], origins(t)), scenario.Expect{End: scenario.End{Outcome: cors.Readable}}, origins(t))
			for _, engine := range cors.Engines() {
				verdict := judge(t, fmt.Sprintf("exportexportexp%03d", i), solved, engine)
				if opaque := verdict.Outcome == cors.Opaque && !s.Script.Kind.Reports(); verdict.Outcome != cors.Readable && !opaque {
					t.Errorf("judged for %s with the solution: %s, %q at %q, want readable", engine, verdict.Outcome, verdict.Cause, verdict.Stage)
				}
			}
		})
	}
}

// TestREADME_write checks that README.md's examples stay the same if they are written and
// read again.
func TestREADME_write(t *testing.T) {
	for i, example := range examples(t, readme(t)) {
		want, err := format.Parse("a.yaml", []byte(example))
		if err != nil {
			t.Fatal(err)
		}
		file, err := format.Write(want)
		if err != nil {
			t.Fatalf("Write() of example %d = %v, want a file", i+1, err)
		}
		got, err := format.Parse("a.yaml", file)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("example %d differs after Write and Parse (-want +got), error %v:\n%s\n%s", i+1, err, diff, file)
		}
	}
}
