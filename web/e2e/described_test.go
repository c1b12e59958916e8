package e2e_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"corslab/lab/library"
	"corslab/web/browsers/driver"
)

// described returns the library of the complete files in the description of the format.
func described(t *testing.T) *library.Library {
	t.Helper()
	text, err := os.ReadFile("../../scenarios/README.md")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		if strings.HasPrefix(block[1], "corslab: 1\ntitle:") {
			files[fmt.Sprintf("described-%d.yaml", len(files)+1)] = &fstest.MapFile{Data: []byte(block[1])}
		}
	}
	lib, err := library.Load(library.Source{Name: "described", FS: files})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// testDescribed plays those files, because authors copy them.
func testDescribed(t *testing.T, chromium *driver.Chromium) {
	lib := described(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	playAll(t, tabsOf(t, chromium), lab, lib, nil)
}
