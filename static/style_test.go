package static_test

import (
	"io/fs"
	"strings"
	"testing"

	"corslab/static"
)

// TestRead_style checks that the main style sheet includes all the others, except the
// one that only the gallery loads.
func TestRead_style(t *testing.T) {
	style, err := static.Read("css/main.css")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(style), "@import") {
		t.Error("the style sheet imports another one")
	}
	files, err := fs.Glob(static.Files, "css/*.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := static.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		alone := file == "css/main.css" || file == "css/gallery.css"
		if !alone && !strings.Contains(string(style), " {\n"+string(content)+"}\n") {
			t.Errorf("%s isn't in the style sheet", file)
		}
	}
}
