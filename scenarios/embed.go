// Package scenarios holds the scenario files that corslab ships. Their format
// is described in README.md beside them.
package scenarios

import "embed"

// Files holds every shipped scenario file, and the map of their tracks.
//
//go:embed *.yaml
var Files embed.FS
