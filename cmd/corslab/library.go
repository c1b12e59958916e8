package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"corslab/cmd/internal/program"
	"corslab/lab/scenario"
	"corslab/scenarios"
)

// chosen is which scenarios a command works with.
type chosen struct {
	Scenarios []string `name:"scenarios" placeholder:"DIR" sep:"none" help:"A folder of your own scenario files. Repeatable."`
	Only      bool     `name:"only" help:"Leave the shipped scenarios out; the sandbox stays."`
}

// load reads the chosen scenarios, all or nothing.
func (c chosen) load() (*scenario.Library, error) {
	if c.Only && len(c.Scenarios) == 0 {
		return nil, program.Misuse{Err: errors.New("--only leaves the shipped scenarios out, and there are no others; name a folder of yours with --scenarios DIR")}
	}
	opened := c.open()
	defer opened.close()
	for _, source := range opened.sources {
		if gone, ok := source.FS.(notOpened); ok {
			return nil, program.Misuse{Err: fmt.Errorf("--scenarios %s: %w", source.Name, gone.err)}
		}
	}
	return scenario.Load(opened.sources...)
}

// opened are sources of which folders are open.
type opened struct {
	sources []scenario.Source
	roots   []*os.Root
}

// open opens the chosen folders; of one that is not there nothing can be read.
// No link in a folder leads out of it.
func (c chosen) open() *opened {
	o := new(opened)
	if !c.Only {
		o.sources = append(o.sources, scenario.Source{Name: "scenarios", FS: scenarios.Files})
	}
	for _, folder := range c.Scenarios {
		o.add(folder)
	}
	return o
}

func (o *opened) add(folder string) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		o.sources = append(o.sources, scenario.Source{Name: folder, FS: notOpened{noFolder(err)}})
		return
	}
	o.roots = append(o.roots, root)
	o.sources = append(o.sources, scenario.Source{Name: folder, FS: root.FS()})
}

func (o *opened) close() {
	for _, root := range o.roots {
		root.Close() // it was only read from
	}
}

// notOpened stands for a folder that could not be opened.
type notOpened struct{ err error }

// Open says why.
func (f notOpened) Open(string) (fs.File, error) { return nil, f.err }

// noFolder says in short why a folder cannot be opened.
func noFolder(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("no such folder")
	}
	if path := new(fs.PathError); errors.As(err, &path) {
		return path.Err
	}
	return err
}

// String says which they are, for people.
func (c chosen) String() string {
	own := "those in " + strings.Join(c.Scenarios, ", ")
	switch {
	case len(c.Scenarios) == 0:
		return "the shipped ones"
	case c.Only:
		return own
	}
	return "the shipped ones and " + own
}
