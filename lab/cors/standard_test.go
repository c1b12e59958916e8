package cors_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corslab/lab/cors"
)

// TestSnapshot checks that only standard.go has URLs of the standard, so that all step
// numbers and anchors belong to one snapshot.
func TestSnapshot(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		living := strings.Contains(string(text), "https://fetch.spec."+"whatwg.org")
		if want := file == "standard.go"; living != want {
			t.Errorf("%s has an address of the Fetch standard: %t, want %t", file, living, want)
		}
	}
	if !strings.HasPrefix(cors.Snapshot, "https://fetch.spec."+"whatwg.org/commit-snapshots/") {
		t.Errorf("Snapshot = %s, want a commit snapshot, which does not change", cors.Snapshot)
	}
}
