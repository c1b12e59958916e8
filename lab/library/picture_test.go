package library_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"corslab/lab/library"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
)

const png = "\x89PNG\r\n\x1a\n"

// TestLoad_pictures loads a file with pictures in its story.
func TestLoad_pictures(t *testing.T) {
	good := string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml"))
	story := func(pictures string) string { return strings.Replace(good, "story: ", "story: See "+pictures+" ", 1) }
	for name, test := range map[string]struct {
		story string
		files map[string]string
		want  []string
	}{
		"one of each type": {
			"![a](a.png) ![b](b.jpg) ![c](c.JPEG) ![d](d.gif) ![e](e.webp) ![f](f.svg)",
			map[string]string{"a.png": png, "b.jpg": "\xff\xd8\xff", "c.JPEG": "\xff\xd8\xff", "d.gif": "GIF89a", "e.webp": "RIFF1234WEBPVP8 ", "f.svg": "<?xml version='1.0'?><svg/>"},
			nil,
		},
		"a missing picture": {"![a](a.png)", nil, []string{`own/1-a.yaml:4:17: story: there is no picture "a.png" beside this file`}},
		"misspelt":          {"![a](drawing.png)", map[string]string{"drawings.png": png}, []string{`own/1-a.yaml:4:17: story: there is no picture "drawing.png" beside this file; did you mean "drawings.png"?`}},
		"too large":         {"![a](a.png)", map[string]string{"a.png": png + strings.Repeat("x", library.MaxPicture)}, []string{`own/1-a.yaml:4:17: story: the picture "a.png" cannot be shown: it has more than 1048576 bytes`}},
		"something else":    {"![a](a.png)", map[string]string{"a.png": "<script>"}, []string{`own/1-a.yaml:4:17: story: the picture "a.png" cannot be shown: it is no png, although its name says so`}},
		"a folder":          {"![a](a.png)", map[string]string{"a.png/b": ""}, []string{`own/1-a.yaml:4:17: story: the picture "a.png" cannot be shown: it is not a regular file`}},
		"too many":          {strings.Repeat("![a](a.png)", format.MaxPictures+2), map[string]string{"a.png": png}, []string{`own/1-a.yaml:4:237: story: found picture 21 of the file; at most 20 are shown`}},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"1-a.yaml": story(test.story)}
			for file, data := range test.files {
				files[file] = data
			}
			_, problems := new(library.Library).Reload(own(files))
			if diff := cmp.Diff(test.want, problemLines(problems)); diff != "" {
				t.Errorf("the problems differ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestParse_markdown limits the time that hostile Markdown takes.
func TestParse_markdown(t *testing.T) {
	good := string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml"))
	for _, part := range []string{"> ", "*a_ ", "[a](", "![a](<", "!["} {
		problemLines := func(texts, bytes int) error {
			text := "\n  - |\n    x\n    " + strings.Repeat(part, bytes/len(part)) + "x"
			_, err := format.Parse("a.yaml", []byte(strings.Replace(good, "story: ", "hints:"+strings.Repeat(text, texts)+"\nstory: ", 1)))
			return err
		}
		began := time.Now()
		if err := problemLines(1, 200_000); err == nil || !strings.HasSuffix(err.Error(), "at most 8192 are allowed") {
			t.Errorf("Parse() of much %q = %v, want that it is too long", part, err)
		}
		if err := problemLines(3, format.MaxStory-200); err == nil || !strings.HasSuffix(err.Error(), "more than 16384 bytes together") {
			t.Errorf("Parse() of three with %q = %v, want that they are too long together", part, err)
		}
		if err := problemLines(1, format.MaxStory-200); err != nil && strings.Contains(err.Error(), "bytes") {
			t.Errorf("Parse() of less %q = %v, want it to be read", part, err)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%q took %v, want far less", part, took)
		}
	}
}

// TestLoad_picturesTogether limits the total size of a folder's pictures.
func TestLoad_picturesTogether(t *testing.T) {
	good := string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml"))
	files := make(fstest.MapFS)
	data := []byte(png + strings.Repeat("x", library.MaxPicture-len(png)))
	for _, letter := range "abcde" {
		var pictures strings.Builder
		for _, number := range "0123456789abcdef" {
			name := string([]rune{letter, number}) + ".png"
			files[name] = &fstest.MapFile{Data: data}
			pictures.WriteString("![x](" + name + ")")
		}
		files[string(letter)+".yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(good, "story: ", "story: See "+pictures.String(), 1))}
	}
	lib, problems := new(library.Library).Reload(library.Source{Name: "own", FS: files})
	if all := lib.All(); len(all) != 4 || len(problems) == 0 || !strings.Contains(problems[0].Message, "together") {
		t.Errorf("%d scenarios and the problems %v, want 4 and that the pictures are too large together", len(all), problemLines(problems))
	}
}

// TestLoad_pictureOutside refuses a picture that is a link to a file outside the
// folder.
func TestLoad_pictureOutside(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(dir+"/course", 0o700); err != nil {
		t.Fatal(err)
	}
	write("secret.png", png)
	write("course/a.yaml", strings.Replace(string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml")), "story: ", "story: See ![a](a.png) ![b](b.png) ", 1))
	for link, to := range map[string]string{"a.png": "../secret.png", "b.png": "b.png"} {
		if err := os.Symlink(to, dir+"/course/"+link); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir + "/course")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	lib, problems := new(library.Library).Reload(library.Source{Name: "own", FS: root.FS()})
	if len(lib.All()) > 0 || len(problems) != 2 || !strings.Contains(problems[0].Message, "escapes") || !strings.Contains(problems[1].Message, "too many levels") {
		t.Errorf("%d scenarios and the problems %v, want none, a link that leads out and a loop", len(lib.All()), problemLines(problems))
	}
}

// TestLibrary_Reload_pictures: a changed picture changes the revision. If a picture is
// deleted, the earlier version of the scenario stays.
func TestLibrary_Reload_pictures(t *testing.T) {
	files := map[string]string{"1-a.yaml": strings.Replace(string(scenariotest.Read(t, "../scenario/format/testdata/ok/minimal.yaml")), "story: ", "story: See ![a](a.png) ", 1), "a.png": png}
	before, err := library.Load(own(files))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ name, picture, all string }{
		{"the same", png, "a"},
		{"another", png + "more", "a*"},
		{"none that can be shown", "", "a"},
	} {
		files["a.png"] = step.picture
		after, _ := before.Reload(own(files))
		if got := versions(before, after); got != step.all {
			t.Errorf("%s: there are %s, want %s", step.name, got, step.all)
		}
	}
}
