// Package static has the scripts and styles that the pages load. They are served as
// they are: there is no build step.
package static

import "embed"

// Files has the files of this folder that pages may load.
//
//go:embed js css vendor icon.svg
var Files embed.FS
