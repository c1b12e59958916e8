package scenario

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// TracksFile is the name of the file in a folder of scenarios that holds the
// map of its tracks. A folder need not have one.
const TracksFile = "tracks.yaml"

// misnamedTracks is what others call it, with the ending that scenarios may have.
const misnamedTracks = "tracks.yml"

// MaxTracks is how many tracks a map can have.
const MaxTracks = 100

// Track is an ordered group of scenarios.
type Track struct {
	Name      string
	About     string // what one learns there, one line; empty where no map says so
	Scenarios []*Scenario
}

// topOfMap is the place of the outermost mapping of a map of tracks.
const topOfMap = "map"

// ParseTracks reads a map of tracks: their names and what one learns there, in
// order. The error is [Problems] and holds every mistake.
func ParseTracks(file string, src []byte) ([]Track, error) {
	tracks, r := readTracks(file, src)
	if err := r.mistakes(); err != nil {
		return nil, err
	}
	return tracks, nil
}

func readTracks(file string, src []byte) (tracks []Track, r *reader) {
	r = newReader(file, "map of tracks")
	if root := r.document(src); root != nil {
		r.mapping(topOfMap, root,
			key{"corslab", true, func(place string, node *yaml.Node) { r.number(place, node, Version, Version) }},
			key{"tracks", true, func(place string, node *yaml.Node) { tracks = r.tracks(place, node) }},
		)
	}
	return tracks, r
}

func (r *reader) tracks(place string, node *yaml.Node) (tracks []Track) {
	r.fewRows(place, node, MaxTracks, "tracks", func(place string, node *yaml.Node) {
		var track Track
		r.mapping(place, node,
			key{"name", true, func(place string, node *yaml.Node) {
				track.Name = r.line(place, node)
				if track.Name != "" && trackAt(tracks, track.Name) >= 0 {
					r.report(node, "%s: the track %s stands here a second time", place, brief(track.Name))
				}
				r.outward[track.Name] = node
			}},
			key{"about", true, func(place string, node *yaml.Node) { track.About = r.line(place, node) }},
		)
		tracks = append(tracks, track)
	})
	return tracks
}

// trackAt finds a track by its name, in capital or small letters; -1 where it
// is not there.
func trackAt(tracks []Track, name string) int {
	return slices.IndexFunc(tracks, func(t Track) bool { return strings.EqualFold(t.Name, name) })
}

// byTrack puts each scenario into its track, into a new one behind the mapped
// ones where no map has it, and drops the tracks that stay empty.
func byTrack(mapped []Track, scenarios []*Scenario) []Track {
	tracks := slices.Clone(mapped)
	for _, s := range scenarios {
		at := trackAt(tracks, s.Track)
		if at < 0 {
			tracks, at = append(tracks, Track{Name: s.Track}), len(tracks)
		}
		tracks[at].Scenarios = append(tracks[at].Scenarios, s)
	}
	return slices.DeleteFunc(tracks, func(t Track) bool { return len(t.Scenarios) == 0 })
}
