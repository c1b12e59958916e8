package library

import (
	"slices"

	"corslab/lab/scenario"
)

// TracksFile is the name of the file with a folder's map of tracks. A folder doesn't
// need one.
const TracksFile = "tracks.yaml"

// misnamedTracks is a likely mistake for it, with the other ending that scenarios may
// have.
const misnamedTracks = "tracks.yml"

// byTrack sorts the scenarios by track. Tracks that no map has come after the mapped
// ones. It drops empty tracks.
func byTrack(mapped []scenario.Track, scenarios []*scenario.Scenario) []scenario.Track {
	tracks := slices.Clone(mapped)
	for _, s := range scenarios {
		at := scenario.TrackAt(tracks, s.Track)
		if at < 0 {
			tracks, at = append(tracks, scenario.Track{Name: s.Track}), len(tracks)
		}
		tracks[at].Scenarios = append(tracks[at].Scenarios, s)
	}
	return slices.DeleteFunc(tracks, func(t scenario.Track) bool { return len(t.Scenarios) == 0 })
}
