package library_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"corslab/lab/library"
	"corslab/lab/scenario/format"

	"github.com/google/go-cmp/cmp"
)

const mapOfTwo = `corslab: 1
tracks:
  - {name: Second, about: What comes later.}
  - {name: Nobody's, about: Not written yet.}
  - {name: First, about: "How it begins."}
`

func TestLibrary_Tracks(t *testing.T) {
	lib := load(t,
		source("shipped", mapOfTwo, map[string]string{"10-a.yaml": "track: first", "20-b.yaml": "track: Second", "30-c.yaml": "track: First"}),
		source("own", "", map[string]string{"10-d.yaml": "track: Mine", "20-e.yaml": "track: SECOND"}),
		source("more", "corslab: 1\ntracks: [{name: Last, about: The end.}]\n", map[string]string{"10-f.yaml": "track: Last", "20-g.yaml": "track: First"}),
	)
	var got []string
	for _, track := range lib.Tracks() {
		got = append(got, track.Name+" ("+track.About+") "+files(track.Scenarios))
	}
	want := []string{
		"Second (What comes later.) shipped/20-b.yaml own/20-e.yaml",
		"First (How it begins.) shipped/10-a.yaml shipped/30-c.yaml more/20-g.yaml",
		"Last (The end.) more/10-f.yaml",
		"Mine () own/10-d.yaml",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Tracks() differ (-want +got):\n%s", diff)
	}
	if got, want := files(lib.All()), "shipped/20-b.yaml own/20-e.yaml shipped/10-a.yaml shipped/30-c.yaml more/20-g.yaml more/10-f.yaml own/10-d.yaml"; got != want {
		t.Errorf("All() = %s, want the order of the tracks: %s", got, want)
	}
	before, after := lib.Neighbors("e")
	if id(before) != "b" || id(after) != "a" {
		t.Errorf("Around(e) = %s, %s, want b, a", id(before), id(after))
	}
}

func TestLoad_tracks(t *testing.T) {
	tests := map[string]struct {
		tracks string // the map in the folder "own", next to a folder with mapOfTwo
		files  map[string]string
		want   []string
	}{
		"a track that is not on the map": {
			"corslab: 1\ntracks: [{name: Mine, about: A.}]\n",
			map[string]string{"a.yaml": "track: Mien", "b.yaml": "track: Third", "c.yaml": "track: First"},
			[]string{
				`own/a.yaml:3:8: track: unknown track "Mien"; did you mean "Mine"?`,
				`own/b.yaml:3:8: track: unknown track "Third"; want one of tracks.yaml`,
			},
		},
		"a track on another map": {
			"corslab: 1\ntracks: [{name: first, about: A.}]\n", nil,
			[]string{`own/tracks.yaml:2:17: the track "First" stands in shipped/tracks.yaml already`},
		},
		"a track twice":      {"corslab: 1\ntracks: [{name: A, about: A.}, {name: a, about: A.}]\n", nil, []string{`own/tracks.yaml:2:39: tracks[1].name: the track "a" stands here a second time`}},
		"not a list":         {"corslab: 1\ntracks: Mine\n", nil, []string{`own/tracks.yaml:2:9: tracks: found "Mine"; want a list`}},
		"another version":    {"corslab: 2\ntracks: []\n", nil, []string{`own/tracks.yaml:1:10: corslab: found "2"; want 1`}},
		"several lines":      {"corslab: 1\ntracks: [{name: \"A\\nB\", about: \" \"}]\n", nil, []string{`own/tracks.yaml:2:17: tracks[0].name: found "A\nB"; want one line`, `own/tracks.yaml:2:32: tracks[0].about: found an empty text; want words`}},
		"a misspelled key":   {"corslab: 1\ntrack: []\n", nil, []string{`own/tracks.yaml:2:1: map: unknown key "track"; did you mean "tracks"?`}},
		"an empty file":      {" ", nil, []string{`own/tracks.yaml:1:1: the file is empty; want a map of tracks`}},
		"a list for the map": {"- Mine\n", nil, []string{`own/tracks.yaml:1:1: map: found a list; want a mapping with the keys corslab or tracks`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := library.Load(source("shipped", mapOfTwo, nil), source("own", test.tracks, test.files))
			wantProblems(t, err, test.want...)
		})
	}
}

func TestLoad_needs(t *testing.T) {
	tests := map[string]struct {
		files map[string]string
		want  []string
	}{
		"an unknown one": {
			map[string]string{"10-first.yaml": "track: T", "20-a.yaml": "track: T\nneeds: [first, frist, 10-first, other]"},
			[]string{
				`own/20-a.yaml:4:16: needs[1]: there is no scenario "frist"; did you mean "first"?`,
				`own/20-a.yaml:4:23: needs[2]: there is no scenario "10-first"`,
				`own/20-a.yaml:4:33: needs[3]: there is no scenario "other"`,
			},
		},
		"itself": {
			map[string]string{"a.yaml": "track: T\nneeds: [a]"},
			[]string{`own/a.yaml:4:9: needs[0]: found a circle, a → a; want scenarios that can be solved one after the other`},
		},
		"a map under another name": {
			map[string]string{"tracks.yml": "track: T"},
			[]string{`own/tracks.yml: want tracks.yaml as the name of the map of tracks`},
		},
		"in a circle": {
			map[string]string{"a.yaml": "track: T\nneeds: [b]", "b.yaml": "track: T\nneeds: [d, c]", "c.yaml": "track: T\nneeds: [b, d]", "d.yaml": "track: T"},
			[]string{`own/c.yaml:4:9: needs[0]: found a circle, b → c → b; want scenarios that can be solved one after the other`},
		},
		"a file that has a problem itself": {
			map[string]string{"a.yaml": "track: T\nneeds: [b]", "b.yaml": "track: T\nminutes: 0"},
			[]string{`own/b.yaml:4:10: minutes: found "0"; want a number from 1 to 60`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := library.Load(source("own", "", test.files))
			wantProblems(t, err, test.want...)
		})
	}
}

// A folder may refer to scenarios of the library that it will be served with.
func TestCheck(t *testing.T) {
	shipped := load(t, source("shipped", mapOfTwo, map[string]string{"first.yaml": "track: First"}))
	own := map[string]string{"a.yaml": "track: First\nneeds: [first]", "b.yaml": "track: Mine\nneeds: [a, c]"}
	err := library.Check(shipped, source("own", "corslab: 1\ntracks: [{name: Own, about: A.}]\n", own))
	wantProblems(t, err, `own/b.yaml:3:8: track: unknown track "Mine"; want one of tracks.yaml`, `own/b.yaml:4:12: needs[1]: there is no scenario "c"`)
	delete(own, "b.yaml")
	own["20-first.yaml"] = "track: First"
	if err := library.Check(shipped, source("own", "", own)); err != nil {
		t.Errorf("Check() = %v, want no problem, because the file is a copy", err)
	}
	own["20-first.yaml"] = "track: Second"
	err = library.Check(shipped, source("own", "", own))
	wantProblems(t, err, `own/20-first.yaml: the id "first" is taken by shipped/first.yaml; want another file name`)
}

// source is a folder of valid files, each with these lines for its track. It has a map
// of tracks unless tracks is empty.
func source(name, tracks string, lines map[string]string) library.Source {
	const minimal = `corslab: 1
title: The shortest file
track: Tests
story: Text.
script: {url: "{api}/messages"}
policy: {}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`
	fsys := fstest.MapFS{}
	for file, line := range lines {
		fsys[file] = &fstest.MapFile{Data: []byte(strings.Replace(minimal, "track: Tests", line, 1))}
	}
	if tracks != "" {
		fsys[library.TracksFile] = &fstest.MapFile{Data: []byte(tracks)}
	}
	return library.Source{Name: name, FS: fsys}
}

func wantProblems(t *testing.T, err error, want ...string) {
	t.Helper()
	var problems format.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("error = %v, want problems", err)
	}
	if diff := cmp.Diff(want, strings.Split(problems.Error(), "\n")); diff != "" {
		t.Errorf("other problems (-want +got):\n%s", diff)
	}
}
