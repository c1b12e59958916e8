// Package library reads folders of scenario files, makes sure that each ID is used
// once, sorts the scenarios by track, and reads the files again when they change.
package library

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
)

// Library is a set of scenarios with different IDs, in the order of its tracks.
type Library struct {
	scenarios []*scenario.Scenario
	byID      map[string]*scenario.Scenario
	tracks    []scenario.Track

	files map[string]loaded           // by file, for Reload
	maps  map[string][]scenario.Track // by file
}

// MaxFiles limits the number of scenario files in a folder.
const MaxFiles = 1_000

// maxEntries limits the number of entries in a folder, of any type.
const maxEntries = 10 * MaxFiles

// New returns a library of scenarios that were read separately. It drops references to
// scenarios that aren't among them.
func New(scenarios []*scenario.Scenario) (*Library, error) {
	l := &Library{byID: make(map[string]*scenario.Scenario)}
	for _, s := range scenarios {
		if other := l.byID[s.ID]; other != nil {
			return nil, fmt.Errorf("%s: the id %q is taken by %s; want another file name", s.File, s.ID, other.File)
		}
		alone := *s
		l.byID[s.ID] = &alone
		l.scenarios = append(l.scenarios, &alone)
	}
	for _, s := range l.scenarios {
		s.Needs = slices.DeleteFunc(slices.Clone(s.Needs), func(id string) bool { return l.byID[id] == nil })
	}
	l.tracks = byTrack(nil, l.scenarios)
	return l, nil
}

// Source is a folder of scenario files: every *.yaml and *.yml directly in it, except
// [TracksFile] and files whose names start with a dot, which editors create. An ending
// with capital letters is a mistake in the file.
type Source struct {
	Name string // precedes the files' names in messages
	FS   fs.FS
}

// Files returns the names of the files to read, including the map of tracks.
func (s Source) Files() ([]string, error) {
	entries, err := s.entries()
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		name := entry.Name()
		if ext := strings.ToLower(path.Ext(name)); !entry.IsDir() && (ext == ".yaml" || ext == ".yml") && name[0] != '.' {
			files = append(files, name)
		}
	}
	if len(files) > MaxFiles {
		return nil, fmt.Errorf("found %d scenario files; at most %d are read of one folder", len(files), MaxFiles)
	}
	slices.Sort(files)
	return files, nil
}

// entries lists the folder's entries. It stops as soon as there are too many.
func (s Source) entries() ([]fs.DirEntry, error) {
	folder, err := s.FS.Open(".")
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	listing, ok := folder.(fs.ReadDirFile)
	if !ok {
		return nil, errors.New("it is not a folder")
	}
	entries, err := listing.ReadDir(maxEntries + 1)
	if len(entries) > maxEntries {
		return nil, fmt.Errorf("found more than %d files; want a folder with scenario files and little else", maxEntries)
	}
	if errors.Is(err, io.EOF) { // the folder is empty
		err = nil
	}
	return entries, err
}

// ReadFile reads a scenario file. Of a file that is too large, it reads only enough for
// Parse to report that. It refuses anything that isn't a regular file, such as a pipe.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	return readBounded(fsys, name, format.MaxFile)
}

// All returns the scenarios in the order of the tracks and, within a track, of their
// files.
func (l *Library) All() []*scenario.Scenario { return slices.Clone(l.scenarios) }

// Find returns the scenario with the ID, or nil. It also finds sandboxes:
// [scenario.SandboxID], and a scenario's ID followed by a slash and SandboxID.
func (l *Library) Find(id string) *scenario.Scenario {
	if id == scenario.SandboxID {
		return scenario.NewSandbox()
	}
	if of, found := strings.CutSuffix(id, "/"+scenario.SandboxID); found && l.byID[of] != nil {
		return l.byID[of].Sandbox()
	}
	return l.byID[id]
}

// Tracks returns the scenarios by track. The tracks on the sources' maps come first, in
// their order, then the others in order of first appearance. No track is empty.
func (l *Library) Tracks() []scenario.Track { return slices.Clone(l.tracks) }

// Neighbors returns the scenarios before and after the one with the ID, or nil if there is
// none.
func (l *Library) Neighbors(id string) (before, after *scenario.Scenario) {
	at := slices.IndexFunc(l.scenarios, func(s *scenario.Scenario) bool { return s.ID == id })
	if at > 0 {
		before = l.scenarios[at-1]
	}
	if at >= 0 && at+1 < len(l.scenarios) {
		after = l.scenarios[at+1]
	}
	return before, after
}
