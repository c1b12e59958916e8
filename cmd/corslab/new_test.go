package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corslab/cmd/internal/cli"
)

func TestNew(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a", "course", "10-my-first.yaml")
	if status, out, errs := call(t, "new", path); status != cli.Done || out != "" || !strings.Contains(errs, "corslab validate "+path) {
		t.Fatalf("new = %d, stdout %q, stderr %q, want %d and what to do next", status, out, errs, cli.Done)
	}
	for _, what := range []string{path, filepath.Dir(path)} {
		if status, out, errs := call(t, "validate", what); status != cli.Done || out != "" || errs != "" {
			t.Errorf("validate %s = %d, %q, %q, want no problems", what, status, out, errs)
		}
	}
	// The learner's work must not be overwritten.
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	status, _, errs := call(t, "new", path)
	if want := "corslab: new " + path + ": it is there already, and is not written over\n"; status != cli.Failed || errs != want {
		t.Errorf("new again = %d, stderr %q, want %d, %q", status, errs, cli.Failed, want)
	}
	if src, err := os.ReadFile(path); err != nil || string(src) != "mine" {
		t.Errorf("the file is now %q, %v, want it unchanged", src, err)
	}
}

func TestNew_name(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		"My_First.yaml":   `: the file's name gives the id "My_First"; want small letters, digits and single hyphens, such as 10-my-scenario.yaml` + "\n",
		"10-sandbox.yaml": ": the file's name gives the id \"sandbox\", which is the lab's own; want another file name\n",
		"10-first.txt":    ": want a name that ends in .yaml, such as 10-my-first.yaml\n",
		"tracks.yaml":     ": that is the name of a folder's map of tracks; want another one\n",
		"10-first":        ": want a name that ends in .yaml, such as 10-my-first.yaml\n",
	} {
		path := filepath.Join(dir, name)
		status, out, errs := call(t, "new", path)
		if status != cli.Misused || out != "" || errs != "corslab: new "+path+want {
			t.Errorf("new %s = %d, %q, %q, want %d and %q", name, status, out, errs, cli.Misused, want)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("new wrote %d files, %v, want none", len(files), err)
	}
	file := write(t, dir, "file", "")
	if status, _, errs := call(t, "new", filepath.Join(file, "10-a.yaml")); status != cli.Failed || !strings.Contains(errs, file) {
		t.Errorf("new in a folder that is a file = %d, %q, want %d and its name", status, errs, cli.Failed)
	}
}

func TestSchema(t *testing.T) {
	status, out, errs := call(t, "schema")
	if status != cli.Done || errs != "" || !strings.Contains(out, `"title": "A scenario of corslab"`) {
		t.Errorf("schema = %d, %.100q, %q, want %d and the schema", status, out, errs, cli.Done)
	}
}
