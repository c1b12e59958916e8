package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestGlossary checks that the words are sorted and unique, and that the packages exist.
func TestGlossary(t *testing.T) {
	src, err := os.ReadFile("../../.github/GLOSSARY.md")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for line := range strings.Lines(string(src)) {
		cells := strings.Split(line, "|")
		switch {
		case !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") || strings.HasPrefix(line, "| word |"):
			continue
		case len(cells) != 5:
			t.Errorf("found a row with %d cells; want 3: %s", len(cells)-2, line)
			continue
		}
		words = append(words, strings.TrimSpace(cells[1]))
		for _, folder := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[3], -1) {
			if _, err := os.Stat(filepath.Join("../..", folder[1])); err != nil {
				t.Errorf("%s: %v", cells[1], err)
			}
		}
	}
	if !slices.IsSortedFunc(words, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }) || len(slices.Compact(slices.Clone(words))) != len(words) || len(words) < 30 {
		t.Errorf("the words are %q, want them sorted and unique", words)
	}
}

// TestTenChanges checks that the files in which ten changes belong are still there.
func TestTenChanges(t *testing.T) {
	list, err := os.ReadFile("testdata/ten_changes.txt")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for line := range strings.Lines(string(list)) {
		path, _, _ := strings.Cut(line, " ")
		if strings.HasPrefix(line, "#") || strings.TrimSpace(path) == "" {
			continue
		}
		found++
		if _, err := os.Stat(filepath.Join("../..", path)); err != nil {
			t.Errorf("a change belongs in a file that isn't there: %v", err)
		}
	}
	if found != 10 {
		t.Errorf("found %d changes, want 10", found)
	}
}
