package format

import (
	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// topOfMap is the place of the outermost mapping of a map of tracks.
const topOfMap = "map"

// ParseTracks reads a map of tracks: their names and what one learns there, in
// order. The error is [Problems] and holds every mistake.
func ParseTracks(file string, src []byte) ([]scenario.Track, error) {
	r, tracks := readTracks(file, src)
	if err := r.mistakes(); err != nil {
		return nil, err
	}
	return tracks, nil
}

// ReadTracks is ParseTracks for a caller who knows other maps.
func ReadTracks(file string, src []byte) File {
	r, tracks := readTracks(file, src)
	return File{Name: file, Tracks: tracks, References: r.refers, Problems: r.problems}
}

func readTracks(file string, src []byte) (r *reader, tracks []scenario.Track) {
	r = newReader(file, "map of tracks")
	if root := r.document(src); root != nil {
		r.mapping(topOfMap, root,
			key{"corslab", true, func(place string, node *yaml.Node) { r.number(place, node, Version, Version) }},
			key{"tracks", true, func(place string, node *yaml.Node) { tracks = r.tracks(place, node) }},
		)
	}
	return r, tracks
}

func (r *reader) tracks(place string, node *yaml.Node) (tracks []scenario.Track) {
	r.fewRows(place, node, MaxTracks, "tracks", func(place string, node *yaml.Node) {
		var track scenario.Track
		r.mapping(place, node,
			key{"name", true, func(place string, node *yaml.Node) {
				track.Name = r.line(place, node)
				if track.Name != "" && scenario.TrackAt(tracks, track.Name) >= 0 {
					r.report(node, "%s: the track %s stands here a second time", place, phrase.Brief(track.Name))
				}
				r.refers = append(r.refers, referenceAt(place, track.Name, node))
			}},
			key{"about", true, func(place string, node *yaml.Node) { track.About = r.line(place, node) }},
		)
		tracks = append(tracks, track)
	})
	return tracks
}
