package scenario_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"corslab/lab/scenario"
)

// Files that are made to do harm: each is refused for what it is, in bounded
// time and memory. The largest that is read at all has MaxFile bytes.
func TestParse_hostile(t *testing.T) {
	tests := map[string]struct {
		src  string
		want string // how the first problem goes on behind the file's name
	}{
		"aliases of aliases":         {bomb(), ":1:6: found an anchor or an alias, which are not read; want the value written out"},
		"an alias of itself":         {"corslab: &a [*a]\n", ":1:10: found an anchor or an alias, which are not read; want the value written out"},
		"a merge":                    {"corslab: &a {b: 1}\n<<: *a\n", ":1:10: found an anchor or an alias, which are not read; want the value written out"},
		"lists in lists":             {largest("["), ":1:10001: not YAML: exceeded max depth of 10000"},
		"lists in lists, indented":   {largest("- "), ":1:20001: not YAML: exceeded max depth of 10000"},
		"mappings in mappings":       {largest("{a: "), ":1:40001: not YAML: exceeded max depth of 10000"},
		"keys of keys":               {largest("? "), ":1:20001: not YAML: exceeded max depth of 10000"},
		"one key over and over":      {largest("a: 1\n"), `:1:1: scenario: unknown key "a"; want corslab, `},
		"many keys":                  {keys(), `:1:1: scenario: unknown key "k0"; want corslab, `},
		"many documents":             {largest("---\n"), ":2:1: found a second YAML document; want one scenario a file"},
		"a long line":                {"corslab: " + largest("x")[9:], `:1:1: scenario: the key "title" is missing`},
		"a long key":                 {largest("x")[4:] + ": 1", `:1:1: scenario: unknown key "xxxxxxxx`},
		"many solutions":             {"solutions: [" + largest("{}, ")[16:] + "]", `:1:1: scenario: the key "corslab" is missing`},
		"many needs":                 {"needs: [" + largest("a, ")[18:] + "]", `:1:1: scenario: the key "corslab" is missing`},
		"many headers":               {"policy: {response: {headers: [" + largest("{A: b}, ")[80:] + "]}}", `:1:1: scenario: the key "corslab" is missing`},
		"a tag of another type":      {"corslab: !!python/object/apply:os.system [ls]\n", `:1:1: scenario: the key "title" is missing`},
		"NUL bytes":                  {largest("\x00"), ":1:1: not YAML: control characters are not allowed"},
		"a key that writes lines":    {"\"a\\nb.yaml:1:1: all is well\": 1\n", `:1:1: scenario: unknown key "a\nb.yaml:1:1: all is well"; want `},
		"a field that writes lines":  {"script: {url: \"{api}/\", body: {form: {\"a\\r\\nb\": []}}}", `:1:1: scenario: the key "corslab" is missing`},
		"a name that breaks headers": {"policy: {response: {headers: [{\"A: b\\r\\nC\": d}]}}", `:1:1: scenario: the key "corslab" is missing`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			problems := parseBounded(t, []byte(test.src))
			if got := problems[0].String(); !strings.HasPrefix(got, "a.yaml"+test.want) {
				t.Errorf("the first problem is %.300q, want %s", got, test.want)
			}
			if got, most := len(problems), scenario.MaxProblems+1; got > most {
				t.Errorf("%d problems, want at most %d", got, most)
			}
			for _, p := range problems {
				if len(p.Message) > 1000 || strings.ContainsFunc(p.Message, func(r rune) bool { return r < ' ' }) {
					t.Errorf("a problem says %.300q, want a short line", p.Message)
				}
			}
		})
	}
}

// parseBounded reads a file that has problems, and fails where that takes too
// long or too much.
func parseBounded(t *testing.T, src []byte) scenario.Problems {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err := scenario.Parse("a.yaml", src)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("Parse() took %v", took)
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 300 {
		t.Errorf("Parse() used %d MiB", used)
	}
	var problems scenario.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("Parse() = %v, want problems", err)
	}
	return problems
}

// largest is a file of the largest size that is read.
func largest(text string) string { return strings.Repeat(text, scenario.MaxFile/len(text)) }

func keys() string {
	var all strings.Builder
	for i := 0; all.Len() < scenario.MaxFile-100; i++ {
		fmt.Fprintf(&all, "k%d: 1\n", i)
	}
	return all.String()
}

// bomb would have 9^20 elements.
func bomb() string {
	text := "k0: &a0 [" + strings.Repeat("x,", 9) + "]\n"
	for i := range 20 {
		text += fmt.Sprintf("k%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d,", i), 9))
	}
	return strings.Replace(text, "k0: ", "k0:  ", 1)
}

// A folder can hold what is no file, and more files than one would want.
func TestCheck_hostile(t *testing.T) {
	folder := t.TempDir()
	link := func(to, name string) {
		if err := os.Symlink(to, filepath.Join(folder, name)); err != nil {
			t.Skip("links cannot be made here:", err)
		}
	}
	link("10-loop.yaml", "10-loop.yaml")
	link("30-b.yaml", "20-a.yaml")
	link("20-a.yaml", "30-b.yaml")
	link(".", "40-folder.yaml")
	link("nowhere", "50-nothing.yaml")
	link("/dev/zero", "60-endless.yaml")
	if err := os.WriteFile(filepath.Join(folder, "70-large.yaml"), make([]byte, 10<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	err := scenario.Check(new(scenario.Library), scenario.Source{Name: "course", FS: os.DirFS(folder)})
	want := []string{
		"course/10-loop.yaml: stat 10-loop.yaml: too many levels of symbolic links",
		"course/20-a.yaml: stat 20-a.yaml: too many levels of symbolic links",
		"course/30-b.yaml: stat 30-b.yaml: too many levels of symbolic links",
		"course/40-folder.yaml: 40-folder.yaml is not a regular file",
		"course/50-nothing.yaml: stat 50-nothing.yaml: no such file or directory",
		"course/60-endless.yaml: 60-endless.yaml is not a regular file",
		"course/70-large.yaml: the file is larger than 262144 bytes, the most that is read",
	}
	if err == nil || err.Error() != strings.Join(want, "\n") {
		t.Errorf("Check() =\n%v\nwant\n%s", err, strings.Join(want, "\n"))
	}
}

func TestCheck_manyFiles(t *testing.T) {
	folder := t.TempDir()
	for i := range scenario.MaxFiles + 1 {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%04d-a.yaml", i)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	err := scenario.Check(new(scenario.Library), scenario.Source{Name: "course", FS: os.DirFS(folder)})
	if want := "load scenarios from course: found 1001 scenario files; at most 1000 are read of one folder"; err == nil || err.Error() != want {
		t.Errorf("Check() = %v, want %s", err, want)
	}
}
