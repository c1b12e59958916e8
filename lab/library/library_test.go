package library_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"corslab/lab/library"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
)

func TestLoad(t *testing.T) {
	lib := load(t,
		library.Source{Name: "shipped", FS: folder(t, map[string]string{
			"20-b.yaml":         "First",
			"10-a.yaml":         "First",
			"30-c.yml":          "Second",
			"notes.txt":         "",
			"README.md":         "",
			"more/40-deep.yaml": "Third",
			"50.yaml/60-f.yaml": "Third",
		})},
		library.Source{Name: "own", FS: folder(t, map[string]string{
			"1-d.yaml": "first",
			"2-e.yaml": "Third",
		})},
	)
	if got, want := files(lib.All()), "shipped/10-a.yaml shipped/20-b.yaml own/1-d.yaml shipped/30-c.yml own/2-e.yaml"; got != want {
		t.Errorf("All() = %v, want %v", got, want)
	}

	var tracks []string
	for _, track := range lib.Tracks() {
		tracks = append(tracks, track.Name+": "+files(track.Scenarios))
	}
	want := []string{
		"First: shipped/10-a.yaml shipped/20-b.yaml own/1-d.yaml",
		"Second: shipped/30-c.yml",
		"Third: own/2-e.yaml",
	}
	if diff := cmp.Diff(want, tracks); diff != "" {
		t.Errorf("Tracks() differ (-want +got):\n%s", diff)
	}

	if got := lib.Find("d"); got == nil || got.File != "own/1-d.yaml" {
		t.Errorf("Find(d) = %v, want own/1-d.yaml", got)
	}
	if got := lib.Find("1-d"); got != nil {
		t.Errorf("Find(1-d) = %v, want nil", got.File)
	}
}

func TestLibrary_All(t *testing.T) {
	lib := load(t, library.Source{Name: "own", FS: folder(t, map[string]string{"a.yaml": "T", "b.yaml": "T"})})
	lib.All()[0] = nil
	if got, want := files(lib.All()), "own/a.yaml own/b.yaml"; got != want {
		t.Errorf("All() = %v after a caller changed what it got, want %v", got, want)
	}
}

func TestLibrary_Neighbors(t *testing.T) {
	// d belongs to the first track, so it comes before c.
	lib := load(t, library.Source{Name: "own", FS: folder(t, map[string]string{
		"1-a.yaml": "First", "2-b.yaml": "First", "3-c.yaml": "Second", "4-d.yaml": "First",
	})})
	tests := map[string]struct{ id, before, after string }{
		"the first":               {"a", "", "b"},
		"one in between":          {"b", "a", "d"},
		"the last of a track":     {"d", "b", "c"},
		"the last":                {"c", "d", ""},
		"an unknown one":          {"e", "", ""},
		"a file's name for an id": {"1-a", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before, after := lib.Neighbors(test.id)
			if id(before) != test.before || id(after) != test.after {
				t.Errorf("Around(%q) = %q, %q, want %q, %q", test.id, id(before), id(after), test.before, test.after)
			}
		})
	}
}

func TestLoad_bad(t *testing.T) {
	good := string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml"))
	bad := strings.Replace(good, "track: Tests", "tracks: Tests", 1)
	worse := strings.Replace(bad, "page: readable", "page: reedable", 1)
	tests := map[string]struct {
		sources []map[string]string
		want    []string
	}{
		"all problems of all files at once": {
			[]map[string]string{{"a.yaml": worse, "b.yaml": good, "c.yaml": ""}, {"d.yaml": bad}},
			[]string{
				`own/d.yaml:3:1: scenario: unknown key "tracks"; did you mean "track"?`,
				`shipped/a.yaml:3:1: scenario: unknown key "tracks"; did you mean "track"?`,
				`shipped/a.yaml:8:15: goal[0].page: unknown value "reedable"; did you mean "readable"?`,
				`shipped/c.yaml:1:1: the file is empty; want a scenario`,
			},
		},
		"an ending in capital letters": {
			[]map[string]string{{"10-a.YAML": good, "b.yaml": good, "c.TXT": ""}},
			[]string{`shipped/10-a.YAML: the file's name ends in ".YAML"; want ".yaml", in small letters`},
		},
		"an id twice in one source": {
			[]map[string]string{{"10-a.yaml": good, "20-a.yaml": good}},
			[]string{`shipped/20-a.yaml: the id "a" is taken by shipped/10-a.yaml; want another file name`},
		},
		"an id twice over two sources": {
			[]map[string]string{{"10-a.yaml": good, "b.yaml": good}, {"20-a.yml": good, "b.yaml": good, "c.yaml": bad}},
			[]string{
				`own/20-a.yml: the id "a" is taken by shipped/10-a.yaml; want another file name`,
				`own/b.yaml: the id "b" is taken by shipped/b.yaml; want another file name`,
				`own/c.yaml:3:1: scenario: unknown key "tracks"; did you mean "track"?`,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var sources []library.Source
			for i, contents := range test.sources {
				fsys := fstest.MapFS{}
				for file, content := range contents {
					fsys[file] = &fstest.MapFile{Data: []byte(content)}
				}
				sources = append(sources, library.Source{Name: []string{"shipped", "own"}[i], FS: fsys})
			}
			lib, err := library.Load(sources...)
			if lib != nil {
				t.Errorf("Load() = %v, want nil", files(lib.All()))
			}
			var problems format.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("Load() error = %v, want problems", err)
			}
			if diff := cmp.Diff(test.want, strings.Split(problems.Error(), "\n")); diff != "" {
				t.Errorf("Load() gives other problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLoad_unreadable(t *testing.T) {
	var problems format.Problems
	_, err := library.Load(library.Source{Name: "own", FS: brokenFS{}})
	if !errors.Is(err, fs.ErrPermission) || errors.As(err, &problems) || !strings.HasPrefix(err.Error(), "load scenarios from own: ") {
		t.Errorf("Load() error = %v, want load scenarios from own: permission denied", err)
	}
	lib, err := library.Load(library.Source{Name: "own", FS: fstest.MapFS{}})
	if err != nil || len(lib.All()) != 0 {
		t.Errorf("Load() of an empty folder = %v, %v, want an empty library", lib, err)
	}
}

// brokenFS can't be read.
type brokenFS struct{}

func (brokenFS) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

// folder returns valid files, each with its track. A file without one isn't a scenario.
func folder(t testing.TB, tracks map[string]string) fs.FS {
	t.Helper()
	minimal := string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml"))
	fsys := fstest.MapFS{}
	for file, track := range tracks {
		content := "not a scenario"
		if track != "" {
			content = strings.Replace(minimal, "track: Tests", "track: "+track, 1)
		}
		fsys[file] = &fstest.MapFile{Data: []byte(content)}
	}
	return fsys
}

func load(t testing.TB, sources ...library.Source) *library.Library {
	t.Helper()
	lib, err := library.Load(sources...)
	if err != nil {
		t.Fatalf("Load() error = %v, want none", err)
	}
	return lib
}

func files(scenarios []*scenario.Scenario) string {
	names := make([]string, len(scenarios))
	for i, s := range scenarios {
		names[i] = s.File
	}
	return strings.Join(names, " ")
}

func id(s *scenario.Scenario) string {
	if s == nil {
		return ""
	}
	return s.ID
}

func TestNewLibrary(t *testing.T) {
	minimal := string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml"))
	parsed := func(file, needs string) *scenario.Scenario {
		t.Helper()
		s, err := format.Parse(file, []byte(minimal+needs))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first, second := parsed("one/10-a.yaml", "needs: [b, absent]\n"), parsed("20-b.yaml", "")
	l, err := library.New([]*scenario.Scenario{first, second})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := l.Find("a").Needs, []string{"b"}; !slices.Equal(got, want) {
		t.Errorf("a needs %v, want %v", got, want)
	}
	if tracks := l.Tracks(); len(l.All()) != 2 || len(tracks) != 1 || len(tracks[0].Scenarios) != 2 {
		t.Errorf("the tracks are %+v, want one with both scenarios", tracks)
	}
	_, err = library.New([]*scenario.Scenario{first, second, parsed("two/a.yaml", "")})
	const want = `two/a.yaml: the id "a" is taken by one/10-a.yaml; want another file name`
	if err == nil || err.Error() != want {
		t.Errorf("NewLibrary() = %v, want %s", err, want)
	}
}
