package library_test

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"corslab/lab/library"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
)

// missing is a folder that doesn't exist.
type missing struct{}

func (missing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// TestLibrary_Reload changes a folder with the scenarios a and b. b needs a, and c is
// shipped.
func TestLibrary_Reload(t *testing.T) {
	good := string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml"))
	titled := func(title string) string {
		return strings.Replace(good, "title: ", "title: "+title+" ", 1)
	}
	needing := strings.Replace(good, "track:", "needs: [a]\ntrack:", 1)
	bad := strings.Replace(good, "track:", "trakc:", 1)
	badLine := `:3:1: scenario: unknown key "trakc"; did you mean "track"?`
	const mapped = "corslab: 1\ntracks: [{name: Tests, about: All of them.}]\n"
	gone := ""

	tests := map[string]struct {
		change map[string]string // by file; empty if the file is deleted
		all    string            // the scenarios afterwards; a star marks a new version
		want   []string          // the problems
	}{
		"nothing":                              {nil, "c a b", nil},
		"a file is edited":                     {map[string]string{"1-a.yaml": titled("New")}, "c a* b", nil},
		"a file breaks":                        {map[string]string{"1-a.yaml": bad}, "c a b", []string{"own/1-a.yaml" + badLine}},
		"a file breaks for YAML":               {map[string]string{"1-a.yaml": "title: Two: colons"}, "c a b", []string{"own/1-a.yaml:1:11: not YAML: mapping values are not allowed in this context; want quotes around a text that holds a colon and a space"}},
		"a file is added":                      {map[string]string{"3-d.yaml": good}, "c a b d*", nil},
		"a broken file is added":               {map[string]string{"3-d.yaml": bad}, "c a b", []string{"own/3-d.yaml" + badLine}},
		"a file is deleted":                    {map[string]string{"2-b.yaml": gone}, "c a", nil},
		"a file that another needs is deleted": {map[string]string{"1-a.yaml": gone}, "c b", []string{`own/2-b.yaml:3:9: needs[0]: there is no scenario "a"`}},
		"a file is renamed":                    {map[string]string{"1-a.yaml": gone, "9-a.yaml": good}, "c b a*", nil},
		"an id is taken":                       {map[string]string{"3-c.yaml": good}, "c a b", []string{`own/3-c.yaml: the id "c" is taken by shipped/c.yaml; want another file name`}},
		"a broken file's id is taken":          {map[string]string{"1-a.yaml": bad, "3-a.yaml": good}, "c a b", []string{`own/1-a.yaml` + badLine, `own/3-a.yaml: the id "a" is taken by own/1-a.yaml; want another file name`}},
		"a need is misspelled":                 {map[string]string{"2-b.yaml": strings.Replace(needing, "[a]", "[ab]", 1)}, "c a b", []string{`own/2-b.yaml:3:9: needs[0]: there is no scenario "ab"`}},
		"a circle":                             {map[string]string{"1-a.yaml": strings.Replace(needing, "[a]", "[b]", 1)}, "c a* b", []string{`own/2-b.yaml:3:9: needs[0]: found a circle, a → b → a; want scenarios that can be solved one after the other`}},
		"a map without the track is added":     {map[string]string{"tracks.yaml": strings.Replace(mapped, "Tests", "Others", 1)}, "c a b", []string{`own/1-a.yaml:3:8: track: unknown track "Tests"; want one of tracks.yaml`, `own/2-b.yaml:4:8: track: unknown track "Tests"; want one of tracks.yaml`}},
		"an editor's own file":                 {map[string]string{".#1-a.yaml": bad}, "c a b", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			shipped := library.Source{Name: "shipped", FS: fstest.MapFS{"c.yaml": {Data: []byte(good)}}}
			files := map[string]string{"1-a.yaml": good, "2-b.yaml": needing}
			before, err := library.Load(shipped, own(files))
			if err != nil {
				t.Fatal(err)
			}
			changed := maps.Clone(files)
			for file, text := range test.change {
				if changed[file] = text; text == gone {
					delete(changed, file)
				}
			}
			after, problems := before.Reload(shipped, own(changed))
			if got := versions(before, after); got != test.all {
				t.Errorf("there are %s, want %s", got, test.all)
			}
			if diff := cmp.Diff(test.want, problemLines(problems)); diff != "" {
				t.Errorf("the problems differ (-want +got):\n%s", diff)
			}
			mended, problems := after.Reload(shipped, own(files))
			if all := mended.All(); len(problems) > 0 || len(all) != 3 {
				t.Errorf("as it was at first: %d scenarios and the problems %v, want 3 and none", len(all), problems)
			}
		})
	}
}

// TestLibrary_Reload_goneFolder keeps everything of a missing folder, including its
// map, until the folder is back.
func TestLibrary_Reload_goneFolder(t *testing.T) {
	good := string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml"))
	files := map[string]string{"1-a.yaml": good, "tracks.yaml": "corslab: 1\ntracks: [{name: Tests, about: All of them.}]\n"}
	before, err := library.Load(own(files))
	if err != nil {
		t.Fatal(err)
	}
	after, problems := before.Reload(library.Source{Name: "own", FS: missing{}})
	if diff := cmp.Diff([]string{"own: open .: file does not exist"}, problemLines(problems)); diff != "" {
		t.Errorf("the problems differ (-want +got):\n%s", diff)
	}
	if got := versions(before, after); got != "a" || after.Tracks()[0].About != "All of them." {
		t.Errorf("there are %s on %+v, want a on its map", got, after.Tracks())
	}
	after, problems = after.Reload(own(files))
	if got := versions(before, after); got != "a" || len(problems) > 0 {
		t.Errorf("when it is back: %s and the problems %v, want a and none", got, problems)
	}
}

// TestLoad_bounds refuses a folder that has too much in it.
func TestLoad_bounds(t *testing.T) {
	for name, test := range map[string]struct {
		ending string
		count  int
		want   string
	}{
		"scenario files": {".yaml", library.MaxFiles + 1, "load scenarios from own: found 1001 scenario files; at most 1000 are read of one folder"},
		"other files":    {".txt", 10*library.MaxFiles + 1, "load scenarios from own: found more than 10000 files; want a folder with scenario files and little else"},
	} {
		t.Run(name, func(t *testing.T) {
			files := make(map[string]string)
			for i := range test.count {
				files[fmt.Sprintf("%05d-a%s", i, test.ending)] = ""
			}
			if _, err := library.Load(own(files)); err == nil || err.Error() != test.want {
				t.Errorf("Load() = %.200v, want %s", err, test.want)
			}
		})
	}
}

// TestCurrent replaces a library while others wait for replacements. Nobody misses the
// last one.
func TestCurrent(t *testing.T) {
	libraries := make([]*library.Library, 100)
	for i := range libraries {
		libraries[i] = new(library.Library)
	}
	current := library.NewCurrent(new(library.Library))
	var readers sync.WaitGroup
	for range 20 {
		readers.Go(func() {
			for replaced := current.Replaced(); current.Library() != libraries[99]; replaced = current.Replaced() {
				<-replaced
			}
			if got := current.Problems(); len(got) != 99 {
				t.Errorf("%d problems stand beside the last library, want 99", len(got))
			}
		})
	}
	for i, lib := range libraries {
		current.Replace(lib, make(format.Problems, i))
	}
	readers.Wait()
}

// own is a folder with these files.
func own(contents map[string]string) library.Source {
	files := make(fstest.MapFS)
	for name, text := range contents {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return library.Source{Name: "own", FS: files}
}

// versions lists the scenarios, with a star at each new version.
func versions(before, after *library.Library) string {
	var list []string
	for _, s := range after.All() {
		id := s.ID
		if s != before.Find(id) {
			id += "*"
		}
		if was := before.Find(id); was != nil && (was.Revision == s.Revision) != (was == s) {
			id += "?"
		}
		list = append(list, id)
	}
	return strings.Join(list, " ")
}

// problemLines lists the problems, one a line.
func problemLines(problems format.Problems) (lines []string) {
	for _, problem := range problems {
		lines = append(lines, problem.String())
	}
	return lines
}
