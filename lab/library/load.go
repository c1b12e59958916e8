package library

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
)

// Load reads the scenarios of all sources: the sources in their order, and the files
// of a source by name. It returns all of them, or an error with the [format.Problems]
// of every file.
func Load(sources ...Source) (*Library, error) {
	return LoadWith(&Library{}, sources...)
}

// LoadWith is Load for folders whose scenarios may refer to another library. The
// other library isn't part of the result.
func LoadWith(beside *Library, sources ...Source) (*Library, error) {
	return newLoader(beside).load(sources)
}

// Check returns what is wrong with folders that a lab would serve together with a
// library. They may refer to its scenarios, and can't use their IDs. Copies of its
// scenarios are fine.
func Check(beside *Library, sources ...Source) error {
	l := newLoader(beside)
	l.reserved = true
	_, err := l.load(sources)
	return err
}

// loader is the state of loading a library.
type loader struct {
	sources  []Source
	beside   *Library  // a library that scenarios may refer to
	reserved bool      // scenarios can't use beside's IDs
	earlier  *Library  // the source of scenarios whose files have problems now
	pictures *pictures // the current source's pictures
	files    []loaded
	ids      map[string]string // the file of each ID
	named    []string          // the IDs of all files, including those with problems
	mapped   []scenario.Track
	mapFile  map[string]string           // the file of each mapped track
	maps     map[string][]scenario.Track // by file
	problems format.Problems
}

// loaded is a scenario with its file. Its references haven't been checked yet.
type loaded struct {
	*scenario.Scenario
	sum   [sha256.Size]byte // of the file
	file  *format.File
	stale bool // the scenario is from an earlier version of the file
}

func newLoader(beside *Library) *loader {
	return &loader{beside: beside, earlier: &Library{}, ids: make(map[string]string), mapFile: make(map[string]string), maps: make(map[string][]scenario.Track)}
}

func (l *loader) load(sources []Source) (*Library, error) {
	for _, source := range sources {
		if err := l.read(source); err != nil {
			return nil, fmt.Errorf("load scenarios from %s: %w", source.Name, err)
		}
	}
	if library := l.library(); len(l.problems) == 0 {
		return library, nil
	}
	return nil, l.problems
}

func (l *loader) read(source Source) error {
	l.sources = append(l.sources, source)
	names, err := source.Files()
	if err != nil {
		return err
	}
	l.pictures = newPictures(source)
	first := len(l.files)
	for _, name := range names {
		switch name {
		case TracksFile:
		case misnamedTracks:
			l.report(path.Join(source.Name, name), "want %s as the name of the map of tracks", TracksFile)
		default:
			l.add(source, name)
		}
	}
	if slices.Contains(names, TracksFile) && l.addMap(source) {
		l.checkTracks(l.files[first:])
	}
	return nil
}

// report reports a mistake in a file as a whole.
func (l *loader) report(file, message string, args ...any) {
	l.problems = append(l.problems, format.Problem{File: file, Message: fmt.Sprintf(message, args...)})
}

func (l *loader) add(source Source, name string) {
	file := path.Join(source.Name, name)
	src, err := ReadFile(source.FS, name)
	if err != nil {
		l.report(file, "%s", reason(err))
		l.keep(file)
		return
	}
	s := l.parse(file, src)
	l.named = append(l.named, s.ID)
	if len(s.file.Problems) > 0 {
		l.problems = append(l.problems, s.file.Problems...)
		l.keep(file)
	} else if other, taken := l.owner(s); taken {
		l.report(file, "the id %q is taken by %s; want another file name", s.ID, other)
	} else {
		l.ids[s.ID] = file
		l.files = append(l.files, l.withPictures(s))
	}
}

// owner returns the file that already has a scenario's ID. A copy of one of the other
// library's scenarios doesn't count.
func (l *loader) owner(s loaded) (file string, taken bool) {
	if file, taken = l.ids[s.ID]; taken {
		return file, true
	}
	other := l.beside.byID[s.ID]
	if !l.reserved || other == nil || l.beside.files[other.File].sum == s.sum {
		return "", false
	}
	return other.File, true
}

// withPictures adds a scenario's pictures, which its revision depends on.
func (l *loader) withPictures(s loaded) loaded {
	if len(s.file.Pictures) == 0 {
		return s
	}
	all, sum := make(map[string]scenario.Picture), sha256.New()
	sum.Write(s.sum[:])
	for _, shown := range s.file.Pictures {
		picture, err := l.pictures.get(shown.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			s.file.Report(shown, "%s: there is no picture %s beside this file%s", shown.Path, phrase.Brief(shown.Name), suggestion(shown.Name, l.pictures.names()))
		case err != nil:
			s.file.Report(shown, "%s: the picture %s cannot be shown: %s", shown.Path, phrase.Brief(shown.Name), err)
		}
		all[shown.Name] = picture
		fmt.Fprintf(sum, "%s %d\n", shown.Name, len(picture.Data))
		sum.Write(picture.Data)
	}
	revision := hex.EncodeToString(sum.Sum(nil)[:revisionBytes])
	if revision != s.Revision {
		with := *s.Scenario
		with.Pictures, with.Revision = all, revision
		s.Scenario = &with
	}
	return s
}

// parse reads a file. If the file hasn't changed, its scenario stays the same.
func (l *loader) parse(file string, src []byte) loaded {
	sum := sha256.Sum256(src)
	if s, found := l.earlier.files[file]; found && s.sum == sum {
		unchanged := *s.file
		unchanged.Problems = nil
		return loaded{Scenario: s.Scenario, sum: sum, file: &unchanged}
	}
	read := format.Read(file, src)
	read.Scenario.Revision = hex.EncodeToString(sum[:revisionBytes])
	return loaded{Scenario: read.Scenario, sum: sum, file: &read}
}

// revisionBytes is long enough that the revisions of a file all differ.
const revisionBytes = 12

// addMap reads a source's map of tracks. It reports whether the map has no mistakes.
func (l *loader) addMap(source Source) bool {
	file := path.Join(source.Name, TracksFile)
	src, err := ReadFile(source.FS, TracksFile)
	if err != nil {
		l.report(file, "%s", reason(err))
		l.keepMap(file)
		return false
	}
	read := format.ReadTracks(file, src)
	for _, reference := range read.References {
		if at := scenario.TrackAt(l.mapped, reference.Name); at >= 0 {
			name := l.mapped[at].Name
			read.Report(reference, "the track %q stands in %s already", name, l.mapFile[name])
		}
	}
	l.problems = append(l.problems, read.Problems...)
	if len(read.Problems) > 0 {
		l.keepMap(file)
		return false
	}
	l.takeMap(file, read.Tracks)
	return true
}

func (l *loader) takeMap(file string, tracks []scenario.Track) {
	for _, track := range tracks {
		l.mapFile[track.Name] = file
	}
	l.mapped = append(l.mapped, tracks...)
	l.maps[file] = tracks
}

// checkTracks reports scenarios whose track isn't on any map, for a folder with a map.
func (l *loader) checkTracks(files []loaded) {
	known := slices.Concat(l.mapped, l.beside.tracks)
	var names []string
	for _, track := range known {
		names = append(names, track.Name)
	}
	for _, s := range files {
		if s.stale || scenario.TrackAt(known, s.Track) >= 0 {
			continue
		}
		want := "want one of " + TracksFile
		if near := phrase.Nearest(s.Track, names); near != "" {
			want = fmt.Sprintf("did you mean %q?", near)
		}
		s.file.Report(s.file.Reference("track"), "track: unknown track %s; %s", phrase.Brief(s.Track), want)
	}
}

// library returns everything that was read as one library. If a scenario has a problem,
// its earlier version is used, if there is one.
func (l *loader) library() *Library {
	l.checkNeeds()
	made := &Library{byID: make(map[string]*scenario.Scenario), files: make(map[string]loaded), maps: l.maps}
	var read []*scenario.Scenario
	for _, s := range l.files {
		if !s.stale && len(s.file.Problems) > 0 {
			l.problems = append(l.problems, s.file.Problems...)
			s = l.earlier.files[s.File]
		}
		if s.Scenario == nil {
			continue
		}
		made.byID[s.ID] = s.Scenario
		made.files[s.File] = s
		read = append(read, s.Scenario)
	}
	l.problems.Sort()
	l.problems.Quote(l.reread)
	made.tracks = byTrack(l.mapped, read)
	for _, track := range made.tracks {
		made.scenarios = append(made.scenarios, track.Scenarios...)
	}
	return made
}

// reread reads a file again, because storing the texts of all files would take too much
// memory.
func (l *loader) reread(file string) []byte {
	at := slices.IndexFunc(l.sources, func(source Source) bool { return path.Clean(source.Name) == path.Dir(file) })
	if at < 0 {
		return nil
	}
	src, err := ReadFile(l.sources[at].FS, path.Base(file))
	if err != nil {
		return nil // then the problem has no excerpt
	}
	return src
}
