package scenario

import (
	"slices"
	"strings"
)

// Track is an ordered group of scenarios.
type Track struct {
	Name      string
	About     string // what one learns there, one line; empty where no map says so
	Scenarios []*Scenario
}

// TrackAt finds a track by its name, in capital or small letters; -1 where it
// is not there.
func TrackAt(tracks []Track, name string) int {
	return slices.IndexFunc(tracks, func(t Track) bool { return strings.EqualFold(t.Name, name) })
}
