package rehearsal_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"corslab/lab/rehearsal"
	"corslab/lab/scenario"
)

// What is shipped, and what is played in browsers as a test, ends as its files
// say: the judge must not contradict what real browsers do.
func TestCheck_agrees(t *testing.T) {
	for _, folder := range []string{"../../scenarios", "../../web/e2e/testdata/kinds"} {
		library, err := scenario.Load(scenario.Source{Name: path.Base(folder), FS: os.DirFS(folder)})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range library.All() {
			for _, remark := range rehearsal.Check(s, origins(t)) {
				t.Errorf("%s: %s", s.File, remark.Message)
			}
		}
	}
}

// Whatever can be read can be played, and costs no more than it may.
func FuzzCheck(f *testing.F) {
	for _, pattern := range []string{"../../scenarios/[0-9]*.yaml", "../scenario/testdata/ok/*", "../../web/e2e/testdata/kinds/*"} {
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
		s, err := scenario.Parse("a.yaml", src)
		if err != nil {
			return
		}
		for _, remark := range rehearsal.Check(s, origins(t)) {
			if !strings.HasPrefix(remark.Message, remark.Place+": ") || strings.ContainsAny(remark.Message, "\r\n") {
				t.Errorf("remark %#v, want its place in front and one line", remark)
			}
		}
	})
}

func origins(t testing.TB) scenario.Origins {
	t.Helper()
	o, err := scenario.NewOrigins("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return o
}
