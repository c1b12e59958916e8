// Package sources opens the folders in which commands look for scenario files.
package sources

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"corslab/lab/library"
)

// Set is a set of open folders, in the order in which they were opened. Links in a
// folder can't lead out of it. The zero value is an empty set.
type Set struct {
	folders []folder
}

type folder struct {
	library.Source
	root *os.Root    // nil if the folder couldn't be opened
	info os.FileInfo // identifies the folder, whatever it is called
}

// Sources returns the folders.
func (s *Set) Sources() []library.Source {
	all := make([]library.Source, len(s.folders))
	for i, folder := range s.folders {
		all[i] = folder.Source
	}
	return all
}

// Open opens a folder, only once, even if it is asked for under several names. If the
// folder can't be opened, its FS is a [Closed], and reading from it fails.
func (s *Set) Open(name string) library.Source {
	opened := open(name)
	same := func(other folder) bool {
		return opened.Name == other.Name || opened.root != nil && other.root != nil && os.SameFile(opened.info, other.info)
	}
	if at := slices.IndexFunc(s.folders, same); at >= 0 {
		opened.close()
		return s.folders[at].Source
	}
	s.folders = append(s.folders, opened)
	return opened.Source
}

func open(name string) folder {
	closed := func(err error) folder {
		return folder{Source: library.Source{Name: filepath.ToSlash(name), FS: Closed{shortReason(err)}}}
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return closed(err)
	}
	info, err := root.Stat(".")
	if err != nil {
		root.Close() // ignore the error: nothing was written
		return closed(err)
	}
	return folder{library.Source{Name: filepath.ToSlash(name), FS: root.FS()}, root, info}
}

// Close closes the folders.
func (s *Set) Close() {
	for _, folder := range s.folders {
		folder.close()
	}
}

func (f folder) close() {
	if f.root != nil {
		f.root.Close() // ignore the error: the folder was only read
	}
}

// Closed replaces a folder that couldn't be opened.
type Closed struct{ Err error }

// Open returns the error.
func (c Closed) Open(string) (fs.File, error) { return nil, c.Err }

// shortReason says why a folder can't be opened, without its name.
func shortReason(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("no such folder")
	}
	if path := new(fs.PathError); errors.As(err, &path) {
		return path.Err
	}
	return err
}

// Files opens the folder at a path, or the folder of the file at the path. It returns
// the names of the scenario files: all of the folder, or only that file. The error
// names the path.
func (s *Set) Files(path string) (source library.Source, files []string, alone bool, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return source, nil, false, err
	}
	alone = !info.IsDir()
	if !alone {
		source = s.Open(filepath.Clean(path))
		files, err = source.Files()
		if err == nil && len(files) == 0 {
			err = errors.New("found no scenario file; want files in it whose names end in .yaml")
		}
	} else {
		source = s.Open(filepath.Dir(path))
		files, err = fileOf(source, filepath.Base(path))
	}
	if err != nil {
		return source, nil, alone, fmt.Errorf("%s: %w", path, err)
	}
	return source, files, alone, nil
}

// fileOf returns the name of a scenario file that can be read.
func fileOf(source library.Source, name string) ([]string, error) {
	files, err := source.Files()
	if err != nil {
		return nil, err
	}
	if _, err := library.ReadFile(source.FS, name); err != nil {
		return nil, err
	}
	if !slices.Contains(files, name) {
		return nil, errors.New("found another name than those of scenario files; want one that ends in .yaml")
	}
	return []string{name}, nil
}
