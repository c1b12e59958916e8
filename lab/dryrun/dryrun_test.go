package dryrun_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"corslab/lab/dryrun"
	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario/format"
)

// The judge must not contradict real browsers: the shipped scenarios and those that the
// browser tests play end as their files say.
func TestCheck_agrees(t *testing.T) {
	for _, folder := range []string{"../../scenarios", "../../web/e2e/testdata/kinds"} {
		lib, err := library.Load(library.Source{Name: path.Base(folder), FS: os.DirFS(folder)})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range lib.All() {
			for _, remark := range dryrun.Check(s, origins(t)) {
				t.Errorf("%s: %s", s.File, remark.Message)
			}
		}
	}
}

// Every file that can be read can be played.
func FuzzCheck(f *testing.F) {
	for _, pattern := range []string{"../../scenarios/[0-9]*.yaml", "../scenario/format/testdata/ok/*", "../../web/e2e/testdata/kinds/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("Glob(%q) = %v, %v, want files", pattern, files, err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := format.Parse("a.yaml", src)
		if err != nil {
			return
		}
		for _, remark := range dryrun.Check(s, origins(t)) {
			if !strings.HasPrefix(remark.Message, remark.Path+": ") || strings.ContainsAny(remark.Message, "\r\n") {
				t.Errorf("remark %#v, want its place in front and one line", remark)
			}
		}
	})
}

// A file can't keep the judge busy forever. Every solution here is wrong, and Check
// says nothing about those that it doesn't play.
func TestCheck_bounded(t *testing.T) {
	change := `{sends: 10, policy: {account: {token: true}}, because: No.}`
	src := `corslab: 1
title: Much to do
track: Tests
story: Everybody sends, again and again.
script: {url: "{api}/account", credentials: include}
also: [` + strings.Repeat(`{from: evil, url: "{api}/messages", credentials: omit},`, 4) + `{url: "{bank}/login", credentials: include}]
policy: {account: {}}
expect: {outcome: readable}
goal: [{page: opaque}]
solutions: [` + strings.Repeat(change+",", format.MaxChanges) + `]
wrong: [` + strings.Repeat(change+",", format.MaxChanges) + "]\n"
	var played []string
	for _, remark := range check(t, "a.yaml", src) {
		if keyPath, _, found := strings.Cut(remark, ": it does not solve"); found {
			played = append(played, keyPath)
		}
	}
	// A change costs 10 Sends of 6 calls, each in 4 ways and 3 browsers: 720 of the 3,000
	// calls. The start takes 72.
	if len(played) != 4 || played[3] != "solutions[3]" {
		t.Errorf("Check() speaks of %v, want it to stop after 4 solutions of %d", played, format.MaxChanges)
	}
}

// If a file is full of contradictions, Check leaves out the rest.
func TestCheck_full(t *testing.T) {
	row := `{X-Page: "http://localhost:8080"},`
	headers := "{headers: [" + strings.Repeat(row, policy.MaxHeaders) + "]}"
	remarks := check(t, "a.yaml", `corslab: 1
title: Too much
track: Tests
story: Many addresses.
script: {url: "{api}/messages"}
policy: {preflight: `+headers+", response: "+headers+", routes: [{url: \"{api}/a\", response: "+headers+`}]}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "*"}]}}}]
`)
	if got, want := len(remarks), format.MaxProblems+1; got != want {
		t.Fatalf("Check() remarks on %d things, want %d", got, want)
	}
	if got, want := remarks[format.MaxProblems], "found more than 100 problems; the rest is left out"; !strings.HasSuffix(got, want) {
		t.Errorf("the last remark is %s, want %s", got, want)
	}
}

func origins(t testing.TB) origin.Set {
	t.Helper()
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return o
}
