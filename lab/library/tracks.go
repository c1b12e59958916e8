package library

import (
	"slices"

	"corslab/lab/scenario"
)

// TracksFile is the name of the file in a folder of scenarios that holds the
// map of its tracks. A folder need not have one.
const TracksFile = "tracks.yaml"

// misnamedTracks is what others call it, with the ending that scenarios may have.
const misnamedTracks = "tracks.yml"

// byTrack puts each scenario into its track, into a new one behind the mapped
// ones where no map has it, and drops the tracks that stay empty.
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
