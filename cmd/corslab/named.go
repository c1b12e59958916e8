package main

import (
	"errors"
	"path"
	"slices"

	"corslab/cmd/internal/sources"
	"corslab/lab/dryrun"
	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/lab/scenario/format"
)

// named are scenario files to check, with their folders.
type named struct {
	folders sources.Set
	files   map[string][]string // files to check, by folder
}

// add adds a file, or all files of a folder.
func (n *named) add(path string) error {
	source, files, _, err := n.folders.Files(path)
	if err == nil {
		n.files[source.Name] = append(n.files[source.Name], files...)
	}
	return err
}

// problems returns the problems of the named files. Other files in their folders can
// cause them. Unless only is set, the named files are checked together with the shipped
// ones.
func (n *named) problems(only bool) (found format.Problems, err error) {
	beside := new(library.Library)
	if !only {
		if beside, err = (chosen{}).load(); err != nil {
			return nil, err
		}
	}
	var sources []library.Source
	for _, source := range n.folders.Sources() {
		if n.files[source.Name] != nil {
			sources = append(sources, source)
		}
	}
	var all format.Problems
	if err := library.Check(beside, sources...); err != nil && !errors.As(err, &all) {
		return nil, err
	}
	for _, p := range all {
		if slices.Contains(n.files[path.Dir(p.File)], path.Base(p.File)) {
			found = append(found, p)
		}
	}
	for _, source := range sources {
		found = append(found, n.judged(source)...)
	}
	found.Sort()
	return found, nil
}

// judged returns the judge's remarks on the named files of a folder.
func (n *named) judged(source library.Source) (found format.Problems) {
	files := slices.Clone(n.files[source.Name])
	slices.Sort(files)
	for _, name := range slices.Compact(files) {
		src, err := library.ReadFile(source.FS, name)
		if err == nil && name != library.TracksFile {
			found = append(found, contradictions(path.Join(source.Name, name), src)...)
		}
	}
	return found
}

// contradictions returns the judge's remarks on a file whose format is right.
func contradictions(file string, src []byte) (found format.Problems) {
	s, err := format.Parse(file, src)
	if err != nil {
		return nil
	}
	locator := format.NewLocator(file, src)
	for _, remark := range dryrun.Check(s, usualOrigins()) {
		found = append(found, locator.Problem(remark.Path, remark.Message))
	}
	return found
}

// usualOrigins are the origins at the default addresses. The result doesn't depend on
// them.
func usualOrigins() origin.Set {
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		panic(err) // can't fail: the addresses are constants
	}
	return o
}
