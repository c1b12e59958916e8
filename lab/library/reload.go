package library

import (
	"maps"
	"path"
	"slices"

	"corslab/lab/scenario/format"
)

// Reload reads the sources again and returns a new library. If a file has problems, its
// scenario in l stays. If a folder can't be read, all of its scenarios stay. The
// problems are those of all files. A scenario that hasn't changed is the same
// [scenario.Scenario] as in l.
func (l *Library) Reload(sources ...Source) (*Library, format.Problems) {
	again := newLoader(&Library{})
	again.earlier = l
	for _, source := range sources {
		if err := again.read(source); err != nil {
			again.report(source.Name, "%s", err)
			again.keepAll(source)
		}
	}
	return again.library(), again.problems
}

// keep keeps the earlier version of a file's scenario, if there is one.
func (l *loader) keep(file string) {
	s, found := l.earlier.files[file]
	if !found || l.ids[s.ID] != "" {
		return
	}
	s.stale = true
	l.named = append(l.named, s.ID)
	l.ids[s.ID] = file
	l.files = append(l.files, s)
}

// keepMap keeps the earlier version of a map of tracks, if there is one.
func (l *loader) keepMap(file string) { l.takeMap(file, l.earlier.maps[file]) }

// keepAll keeps the earlier versions of everything in a source.
func (l *loader) keepAll(source Source) {
	for _, file := range slices.Sorted(maps.Keys(l.earlier.files)) {
		if path.Dir(file) == path.Clean(source.Name) {
			l.keep(file)
		}
	}
	l.keepMap(path.Join(source.Name, TracksFile))
}
