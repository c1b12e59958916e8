package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurity_tests checks that each test in SECURITY.md exists.
func TestSecurity_tests(t *testing.T) {
	root := filepath.FromSlash("../..")
	text, err := os.ReadFile(filepath.Join(root, ".github", "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`([a-z/0-9-]+) ((?:Test|Fuzz|Benchmark)\\w+)[^`]*`").FindAllStringSubmatch(string(text), -1)
	if len(named) < 10 {
		t.Errorf("SECURITY.md names %d tests, want one for each promise", len(named))
	}
	for _, name := range named {
		if !hasTest(t, filepath.Join(root, filepath.FromSlash(name[1])), name[2]) {
			t.Errorf("SECURITY.md names %s in %s, which doesn't exist", name[2], name[1])
		}
	}
}

// hasTest reports whether a test is in a folder's files.
func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(source), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}
