// Package static holds the scripts and styles that the pages load, as they
// stand: there is no build step.
package static

import "embed"

// Files is the content of this folder that pages may load.
//
//go:embed js css vendor icon.svg
var Files embed.FS
