package scenario

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Library is a set of scenarios with different IDs, in order.
type Library struct {
	scenarios []*Scenario
	byID      map[string]*Scenario
}

// Track is an ordered group of scenarios.
type Track struct {
	Name      string
	Scenarios []*Scenario
}

// Source is a folder of scenario files: every *.yaml and *.yml directly in it.
type Source struct {
	Name string // stands before the files' names in messages
	FS   fs.FS
}

// Load reads the scenarios of all sources, in the order of the sources and
// within one of the files' names. It reads all or nothing: the error holds the
// [Problems] of every file.
func Load(sources ...Source) (*Library, error) {
	library := &Library{byID: make(map[string]*Scenario)}
	var problems Problems
	for _, source := range sources {
		files, err := source.files()
		if err != nil {
			return nil, fmt.Errorf("load scenarios from %s: %w", source.Name, err)
		}
		for _, file := range files {
			problems = append(problems, library.add(source, file)...)
		}
	}
	if len(problems) > 0 {
		problems.sort()
		return nil, problems
	}
	return library, nil
}

func (s Source) files() ([]string, error) {
	entries, err := fs.ReadDir(s.FS, ".")
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		if ext := path.Ext(entry.Name()); !entry.IsDir() && (ext == ".yaml" || ext == ".yml") {
			files = append(files, entry.Name())
		}
	}
	return files, nil
}

// ReadFile reads a scenario file, and of one that is too large only so much
// that Parse says so. What is no regular file, such as a pipe, is refused.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	src, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	return src, errors.Join(err, file.Close())
}

func (l *Library) add(source Source, file string) Problems {
	name := path.Join(source.Name, file)
	src, err := ReadFile(source.FS, file)
	if err != nil {
		return Problems{{File: name, Message: err.Error()}}
	}
	s, err := Parse(name, src)
	if err != nil {
		var problems Problems
		errors.As(err, &problems)
		return problems
	}
	if other, taken := l.byID[s.ID]; taken {
		return Problems{{File: name, Message: fmt.Sprintf("the id %q is taken by %s; want another file name", s.ID, other.File)}}
	}
	l.byID[s.ID] = s
	l.scenarios = append(l.scenarios, s)
	return nil
}

// All returns the scenarios in order.
func (l *Library) All() []*Scenario { return slices.Clone(l.scenarios) }

// Find returns the scenario with the ID, or nil.
func (l *Library) Find(id string) *Scenario { return l.byID[id] }

// Tracks returns the scenarios by track, the tracks in the order in which they
// first appear.
func (l *Library) Tracks() []Track {
	var tracks []Track
	for _, s := range l.scenarios {
		at := slices.IndexFunc(tracks, func(t Track) bool { return strings.EqualFold(t.Name, s.Track) })
		if at < 0 {
			tracks = append(tracks, Track{Name: s.Track})
			at = len(tracks) - 1
		}
		tracks[at].Scenarios = append(tracks[at].Scenarios, s)
	}
	return tracks
}

// Around returns the scenarios before and after the one with the ID in the
// order of the tracks; nil where there is none.
func (l *Library) Around(id string) (before, after *Scenario) {
	var order []*Scenario
	for _, track := range l.Tracks() {
		order = append(order, track.Scenarios...)
	}
	at := slices.IndexFunc(order, func(s *Scenario) bool { return s.ID == id })
	if at > 0 {
		before = order[at-1]
	}
	if at >= 0 && at+1 < len(order) {
		after = order[at+1]
	}
	return before, after
}
