package session

import (
	"embed"
	"path"
	"strings"
)

// files are what elements of a page can load from the API, each under its name
// in any folder: /image.png, /v1/script.js. They are made for the lab.
//
//go:embed resources
var files embed.FS

// resource returns what lies at a target, and false where none of the files
// does. Whatever the method, it is only read.
func resource(target string) ([]byte, bool) {
	address, _, _ := strings.Cut(target, "?")
	file, err := files.ReadFile("resources/" + path.Base(address))
	return file, err == nil
}
