package scenario

import (
	"slices"
	"strings"
)

// Track is an ordered group of scenarios.
type Track struct {
	Name      string
	About     string // what the track teaches, in one line; may be empty
	Scenarios []*Scenario
}

// TrackAt finds a track by its name, ignoring case. It returns -1 if there is none.
func TrackAt(tracks []Track, name string) int {
	return slices.IndexFunc(tracks, func(t Track) bool { return strings.EqualFold(t.Name, name) })
}
