package scenario

import (
	"fmt"
	"path"
	"slices"
)

// Load reads the scenarios of all sources, in the order of the sources and
// within one of the files' names. It reads all or nothing: the error holds the
// [Problems] of every file.
func Load(sources ...Source) (*Library, error) {
	return LoadBeside(&Library{}, sources...)
}

// LoadBeside is Load for folders whose scenarios may name what is in another
// library, which does not become part of the one that is returned.
func LoadBeside(beside *Library, sources ...Source) (*Library, error) {
	l := newLoader(beside)
	for _, source := range sources {
		if err := l.read(source); err != nil {
			return nil, err
		}
	}
	return l.library()
}

// Check is Load for a folder whose scenarios may name what is in another
// library. It returns the folder's problems only.
func Check(source Source, beside *Library) error {
	_, err := LoadBeside(beside, source)
	return err
}

// loader holds what is known while a library is read.
type loader struct {
	beside   *Library // what may be named too
	files    []loaded
	ids      map[string]string // the file of each ID
	named    []string          // the IDs of all files, also of those with problems
	mapped   []Track
	mapFile  map[string]string // the file of each track that is mapped
	problems Problems
}

// loaded is a scenario and what of it is still to be followed.
type loaded struct {
	*Scenario
	reader *reader
}

func newLoader(beside *Library) *loader {
	return &loader{beside: beside, ids: make(map[string]string), mapFile: make(map[string]string)}
}

func (l *loader) read(source Source) error {
	names, err := source.files()
	if err != nil {
		return fmt.Errorf("load scenarios from %s: %w", source.Name, err)
	}
	first := len(l.files)
	for _, name := range names {
		if name != TracksFile {
			l.add(source, name)
		}
	}
	if slices.Contains(names, TracksFile) && l.addMap(source) {
		l.checkTracks(l.files[first:])
	}
	return nil
}

// report notes a mistake of a file that has no place in it.
func (l *loader) report(file, format string, args ...any) {
	l.problems = append(l.problems, Problem{File: file, Message: fmt.Sprintf(format, args...)})
}

func (l *loader) add(source Source, name string) {
	file := path.Join(source.Name, name)
	src, err := ReadFile(source.FS, name)
	if err != nil {
		l.report(file, "%s", err)
		return
	}
	s, r := read(file, src)
	l.named = append(l.named, s.ID)
	if len(r.problems) > 0 {
		l.problems = append(l.problems, r.problems...)
	} else if other, taken := l.ids[s.ID]; taken {
		l.report(file, "the id %q is taken by %s; want another file name", s.ID, other)
	} else {
		l.ids[s.ID] = file
		l.files = append(l.files, loaded{s, r})
	}
}

// addMap reads a source's map of tracks, and reports whether it has no mistake.
func (l *loader) addMap(source Source) bool {
	file := path.Join(source.Name, TracksFile)
	src, err := ReadFile(source.FS, TracksFile)
	if err != nil {
		l.report(file, "%s", err)
		return false
	}
	tracks, r := readTracks(file, src)
	for _, track := range tracks {
		if at := trackAt(l.mapped, track.Name); at >= 0 {
			name := l.mapped[at].Name
			r.report(r.outward[track.Name], "the track %q stands in %s already", name, l.mapFile[name])
		}
	}
	l.problems = append(l.problems, r.problems...)
	if len(r.problems) > 0 {
		return false
	}
	for _, track := range tracks {
		l.mapFile[track.Name] = file
	}
	l.mapped = append(l.mapped, tracks...)
	return true
}

// checkTracks reports scenarios of a folder with a map whose track is on none.
func (l *loader) checkTracks(files []loaded) {
	known := slices.Concat(l.mapped, l.beside.tracks)
	var names []string
	for _, track := range known {
		names = append(names, track.Name)
	}
	for _, s := range files {
		if trackAt(known, s.Track) >= 0 {
			continue
		}
		want := "want one of " + TracksFile
		if near := nearest(s.Track, names); near != "" {
			want = fmt.Sprintf("did you mean %q?", near)
		}
		s.reader.report(s.reader.outward["track"], "track: unknown track %s; %s", brief(s.Track), want)
	}
}

// library makes what was read one, if there is no problem.
func (l *loader) library() (*Library, error) {
	l.checkNeeds()
	for _, s := range l.files {
		l.problems = append(l.problems, s.reader.problems...)
	}
	if len(l.problems) > 0 {
		l.problems.sort()
		return nil, l.problems
	}
	made := &Library{byID: make(map[string]*Scenario)}
	var read []*Scenario
	for _, s := range l.files {
		made.byID[s.ID] = s.Scenario
		read = append(read, s.Scenario)
	}
	made.tracks = byTrack(l.mapped, read)
	for _, track := range made.tracks {
		made.scenarios = append(made.scenarios, track.Scenarios...)
	}
	return made, nil
}
