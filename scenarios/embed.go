// Package scenarios has the scenario files that corslab ships. README.md in the same
// folder describes their format.
package scenarios

import "embed"

//go:generate go test -run TestSchema$ -update .

// Files has every shipped scenario file and the map of their tracks.
//
//go:embed *.yaml
var Files embed.FS

// Schema is the JSON Schema of the format. It is generated from the code that reads the
// files and from README.md.
//
//go:embed scenario.schema.json
var Schema []byte
