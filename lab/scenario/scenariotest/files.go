package scenariotest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"

	"github.com/google/go-cmp/cmp"
)

// Glob returns the matching files. There must be at least one.
func Glob(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob(%q) = %v, %v, want files", pattern, files, err)
	}
	return files
}

// Read returns a file.
func Read(t testing.TB, path string) []byte {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// Origins returns those of a lab at the default addresses.
func Origins(t testing.TB) origin.Set {
	t.Helper()
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Every parses all scenario files of the repository, whose root is at a path.
func Every(t testing.TB, root string) (all []*scenario.Scenario) {
	t.Helper()
	files := slices.Concat(
		Glob(t, root+"/lab/scenario/format/testdata/ok/*"), Glob(t, root+"/scenarios/[0-9]*.yaml"), Glob(t, root+"/web/e2e/testdata/kinds/*.yaml"))
	for _, path := range files {
		s, err := format.Parse(filepath.Base(path), Read(t, path))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// SameFile compares got with a golden file, or updates the file.
func SameFile(t *testing.T, golden string, got []byte, update bool) {
	t.Helper()
	if update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(Read(t, golden)), string(got)); diff != "" {
		t.Errorf("Write() gives another file than %s (-want +got):\n%s", golden, diff)
	}
}
