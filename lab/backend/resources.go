package backend

import (
	"embed"
	"path"

	"corslab/lab/inert"
)

// files can be loaded from the API by elements of a page, each by its name in any
// folder: /image.png, /v1/script.js. They were made for the lab.
//
//go:embed resources
var files embed.FS

const resources = "resources"

// resource returns the file at a path, and false if there is none. Requests never
// change files, whatever the method.
func resource(at string) (inert.Body, bool) {
	return inert.File(files, path.Join(resources, path.Base(at)))
}

// ReadBody returns a body that a proxy received from the API, and false for
// bytes that the API never sends.
func ReadBody(received []byte) (inert.Body, bool) {
	if body, ok := inert.Read(received); ok {
		return body, true
	}
	entries, _ := files.ReadDir(resources)
	for _, entry := range entries {
		if file, ok := inert.File(files, path.Join(resources, entry.Name())); ok && file.String() == string(received) {
			return file, true
		}
	}
	return inert.Body{}, false
}
