package format

import (
	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// topOfMap is the path of the outermost mapping of a map of tracks.
const topOfMap = "map"

// ParseTracks reads a map of tracks: their names and what they teach, in order. The
// error is a [Problems] with every mistake.
func ParseTracks(file string, src []byte) ([]scenario.Track, error) {
	r, tracks := readTracks(file, src)
	if err := r.mistakes(); err != nil {
		return nil, err
	}
	return tracks, nil
}

// ReadTracks is ParseTracks for a caller that knows other maps.
func ReadTracks(file string, src []byte) File {
	r, tracks := readTracks(file, src)
	return File{Name: file, Tracks: tracks, References: r.references, Problems: r.problems}
}

func readTracks(file string, src []byte) (r *reader, tracks []scenario.Track) {
	r = newReader(file, "map of tracks")
	if root := r.document(src); root != nil {
		mapping(
			required("corslab", number(Version, Version).into(new(int))),
			required("tracks", rows(&tracks, trackForm(&tracks)).atMost(MaxTracks, "tracks")),
		).read(r, topOfMap, root)
	}
	return r, tracks
}

// trackForm is one track, whose name may not be among the earlier ones.
func trackForm(earlier *[]scenario.Track) func(*scenario.Track) form {
	return func(track *scenario.Track) form {
		return mapping(
			required("name", line.into(&track.Name).then(func(r *reader, path string, node *yaml.Node) {
				if track.Name != "" && scenario.TrackAt(*earlier, track.Name) >= 0 {
					r.report(node, "%s: the track %s stands here a second time", path, phrase.Brief(track.Name))
				}
				r.refer(path, track.Name, node)
			})),
			required("about", line.into(&track.About)),
		)
	}
}
