package format_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"corslab/lab/library"
	"corslab/lab/scenario/format"
)

// TestParse_hostile checks that Parse refuses malicious files for the right reason, in
// bounded time and memory. No file that it reads is larger than MaxFile bytes.
func TestParse_hostile(t *testing.T) {
	tests := map[string]struct {
		src  string
		want string // how the first problem continues after the file's name
	}{
		"aliases of aliases":         {bomb(), ":1:5: found an anchor or an alias, which are not read; want the value written out"},
		"an alias of itself":         {"corslab: &a [*a]\n", ":1:10: found an anchor or an alias, which are not read; want the value written out"},
		"a merge":                    {"corslab: &a {b: 1}\n<<: *a\n", ":1:10: found an anchor or an alias, which are not read; want the value written out"},
		"lists in lists":             {largest("["), ":1:10001: not YAML: exceeded max depth of 10000"},
		"lists in lists, indented":   {largest("- "), ":1:20001: not YAML: exceeded max depth of 10000"},
		"mappings in mappings":       {largest("{a: "), ":1:40001: not YAML: exceeded max depth of 10000"},
		"keys of keys":               {largest("? "), ":1:20001: not YAML: exceeded max depth of 10000"},
		"one key over and over":      {largest("a: 1\n"), `:1:1: scenario: unknown key "a"; want corslab, `},
		"many keys":                  {keys(), `:1:1: scenario: unknown key "k0"; want corslab, `},
		"many documents":             {largest("---\n"), ":2:1: found a second YAML document; want one scenario a file"},
		"a long line":                {full("corslab: ", "x", ""), `:1:10: corslab: found "xxxxxxxx`},
		"a long key":                 {largest("x")[4:] + ": 1", `:1:1: scenario: unknown key "xxxxxxxx`},
		"many solutions":             {full("solutions: [", "{}, ", "]"), `:1:12: solutions: found 65498 changes; at most 20 are allowed`},
		"many needs":                 {full("needs: [", "a, ", "]"), `:1:8: needs: found 87327 scenarios; at most 20 are allowed`},
		"many headers":               {full("policy: {response: {headers: [", "{A: b}, ", "]}}"), `:1:30: policy.response.headers: found 32746 headers; at most 40 are allowed`},
		"many facts and scripts":     {many("goal: [", "{page: readable}, ", "]", "before: [", `{url: "{api}/"}, `, "]"), `:10:9: before: found script`},
		"headers on both sides":      {many(`script: {url: "{api}/", headers: [`, "{A: b}, ", "]}", "solutions: [{script: {headers: [", "{B: c}, ", "]}}]"), `:1:34: script.headers: found`},
		"invalid facts":              {full("goal: [", "0, ", "]"), `:1:8: goal[0]: found "0"; want a mapping with the keys `},
		"invalid scripts":            {full("before: [", "{}, ", "]"), `:1:10: before[0]: the key "url" is missing`},
		"a tag of another type":      {with("corslab: !!python/object/apply:os.system [ls]"), `:1:10: corslab: found a list; want 1`},
		"NUL bytes":                  {largest("\x00"), ":1:1: not YAML: control characters are not allowed"},
		"a key that writes lines":    {"\"a\\nb.yaml:1:1: all is well\": 1\n", `:1:1: scenario: unknown key "a\nb.yaml:1:1: all is well"; want `},
		"a field that writes lines":  {with(`script: {url: "{api}/", body: {form: {"a\r\nb": []}}}`), `:1:49: script.body.form.a��b: found a list; want a text`},
		"a name that breaks headers": {with(`policy: {response: {headers: [{"A: b\r\nC": d}]}}`), `:1:32: policy.response.headers[0]: the name "A: b\r\nC" holds ':', which no header name can hold`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			problems := parseBounded(t, []byte(test.src))
			if got := problems[0].String(); !strings.HasPrefix(got, "a.yaml"+test.want) {
				t.Errorf("the first problem is %.300q, want %s", got, test.want)
			}
			if got, most := len(problems), format.MaxProblems+1; got > most {
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

// parseBounded parses a file that has problems. It fails the test if that takes more than
// 10 s or 300 MiB.
func parseBounded(t *testing.T, src []byte) format.Problems {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err := format.Parse("a.yaml", src)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("Parse() took %v", took)
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 300 {
		t.Errorf("Parse() used %d MiB", used)
	}
	var problems format.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("Parse() = %v, want problems", err)
	}
	return problems
}

// with returns a whole file in which the given line replaces the line of its key.
func with(line string) string {
	key, _, _ := strings.Cut(line, ":")
	rest := regexp.MustCompile(`(?m)^`+key+`:.*\n`).ReplaceAllString(`corslab: 1
title: Test
track: Test
story: Test
script: {url: "{api}/"}
policy: {}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`, "")
	return line + "\n" + rest
}

// full returns a file of the largest size that Parse reads. It repeats the middle of one
// line.
func full(before, middle, after string) string {
	room := format.MaxFile - len(with(before+after))
	return with(before + strings.Repeat(middle, room/len(middle)) + after)
}

// many is a file of the largest size that is read. It repeats the middle of two lines.
func many(before, middle, after, otherBefore, otherMiddle, otherAfter string) string {
	other := otherBefore + strings.Repeat(otherMiddle, format.MaxFile/2/len(otherMiddle)-100) + otherAfter
	key, _, _ := strings.Cut(otherBefore, ":")
	head := regexp.MustCompile(`(?m)^`+key+`:.*\n`).ReplaceAllString(with(before+after), "")
	count := (format.MaxFile - len(head) - len(other) - 1) / len(middle)
	return strings.Replace(head, before+after, before+strings.Repeat(middle, count)+after, 1) + other + "\n"
}

// largest returns a file of the largest size that Parse reads. It repeats the text.
func largest(text string) string { return strings.Repeat(text, format.MaxFile/len(text)) }

func keys() string {
	var all strings.Builder
	for i := 0; all.Len() < format.MaxFile-100; i++ {
		fmt.Fprintf(&all, "k%d: 1\n", i)
	}
	return all.String()
}

// bomb returns a file that would have more than 9^20 elements if its aliases were expanded.
func bomb() string {
	text := "k0: &a0 [" + strings.Repeat("x,", 9) + "]\n"
	for i := range 20 {
		text += fmt.Sprintf("k%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d,", i), 9))
	}
	return text
}

// TestCheck_hostile checks that things that aren't regular files do no harm in a folder.
func TestCheck_hostile(t *testing.T) {
	folder := t.TempDir()
	link := func(to, name string) {
		if err := os.Symlink(to, filepath.Join(folder, name)); err != nil {
			t.Skip("can't create links here:", err)
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
	err := library.Check(new(library.Library), library.Source{Name: "course", FS: os.DirFS(folder)})
	want := []string{
		"course/10-loop.yaml: too many levels of symbolic links",
		"course/20-a.yaml: too many levels of symbolic links",
		"course/30-b.yaml: too many levels of symbolic links",
		"course/40-folder.yaml: it is not a regular file",
		"course/50-nothing.yaml: no such file or directory",
		"course/60-endless.yaml: it is not a regular file",
		"course/70-large.yaml: the file is larger than 262144 bytes, the most that is read",
	}
	if err == nil || err.Error() != strings.Join(want, "\n") {
		t.Errorf("Check() =\n%v\nwant\n%s", err, strings.Join(want, "\n"))
	}
}

// TestCheck_linkOut checks that a symbolic link can't lead out of a folder.
func TestCheck_linkOut(t *testing.T) {
	folder := t.TempDir()
	if err := os.Symlink(filepath.Join(t.TempDir(), "10-a.yaml"), filepath.Join(folder, "10-link.yaml")); err != nil {
		t.Skip("can't create links here:", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	err = library.Check(new(library.Library), library.Source{Name: "course", FS: root.FS()})
	if want := "course/10-link.yaml: path escapes from parent"; err == nil || err.Error() != want {
		t.Errorf("Check() = %v, want %s", err, want)
	}
}

func TestCheck_manyFiles(t *testing.T) {
	folder := t.TempDir()
	for i := range library.MaxFiles + 1 {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%04d-a.yaml", i)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	err := library.Check(new(library.Library), library.Source{Name: "course", FS: os.DirFS(folder)})
	if want := "load scenarios from course: found 1001 scenario files; at most 1000 are read of one folder"; err == nil || err.Error() != want {
		t.Errorf("Check() = %v, want %s", err, want)
	}
}
