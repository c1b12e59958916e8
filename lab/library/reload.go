package library

import (
	"maps"
	"path"
	"slices"

	"corslab/lab/scenario/format"
)

// Reload reads the sources again and makes a new library of them. A file that
// has problems, and so has no scenario now, keeps the one that it has in l; so
// does all of a folder that cannot be read. The problems are those of every
// file. What has not changed is the same [scenario.Scenario] as in l.
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

// keep has a file's scenario stay as it was before, if it was.
func (l *loader) keep(file string) {
	s, found := l.earlier.files[file]
	if !found || l.ids[s.ID] != "" {
		return
	}
	s.kept = true
	l.named = append(l.named, s.ID)
	l.ids[s.ID] = file
	l.files = append(l.files, s)
}

// keepMap has a map of tracks stay as it was before, if it was.
func (l *loader) keepMap(file string) { l.takeMap(file, l.earlier.maps[file]) }

// keepAll has all of a source stay as it was before.
func (l *loader) keepAll(source Source) {
	for _, file := range slices.Sorted(maps.Keys(l.earlier.files)) {
		if path.Dir(file) == path.Clean(source.Name) {
			l.keep(file)
		}
	}
	l.keepMap(path.Join(source.Name, TracksFile))
}
