// Package scenarios holds the scenario files that corslab ships. Their format
// is described in README.md beside them.
package scenarios

import "embed"

//go:generate go test -run TestSchema$ -update .

// Files holds every shipped scenario file, and the map of their tracks.
//
//go:embed *.yaml
var Files embed.FS

// Schema is the JSON Schema of the format. It is made from what reads the files
// and from README.md.
//
//go:embed scenario.schema.json
var Schema []byte
