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

// Library is a set of scenarios with different IDs, in the order of its tracks.
type Library struct {
	scenarios []*Scenario
	byID      map[string]*Scenario
	tracks    []Track
}

// Source is a folder of scenario files: every *.yaml and *.yml directly in it
// but [TracksFile].
type Source struct {
	Name string // stands before the files' names in messages
	FS   fs.FS
}

// MaxFiles is how many scenario files a folder can have.
const MaxFiles = 1000

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
	if len(files) > MaxFiles {
		return nil, fmt.Errorf("found %d scenario files; at most %d are read", len(files), MaxFiles)
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

// All returns the scenarios in the order of the tracks, those of one track in
// that of their files.
func (l *Library) All() []*Scenario { return slices.Clone(l.scenarios) }

// Find returns the scenario with the ID, or nil. The sandboxes are found too:
// [SandboxID], and a scenario's ID with "/" and that behind it.
func (l *Library) Find(id string) *Scenario {
	if id == SandboxID {
		return newSandbox()
	}
	if of, found := strings.CutSuffix(id, "/"+SandboxID); found && l.byID[of] != nil {
		return l.byID[of].Sandbox()
	}
	return l.byID[id]
}

// Tracks returns the scenarios by track: first the tracks on the maps of the
// sources, in their order, then the others, in the order in which they first
// appear. No track is empty.
func (l *Library) Tracks() []Track { return slices.Clone(l.tracks) }

// Around returns the scenarios before and after the one with the ID; nil where
// there is none.
func (l *Library) Around(id string) (before, after *Scenario) {
	at := slices.IndexFunc(l.scenarios, func(s *Scenario) bool { return s.ID == id })
	if at > 0 {
		before = l.scenarios[at-1]
	}
	if at >= 0 && at+1 < len(l.scenarios) {
		after = l.scenarios[at+1]
	}
	return before, after
}
