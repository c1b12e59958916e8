package main

import (
	"errors"
	"fmt"
	"strings"

	"corslab/cmd/internal/folders"
	"corslab/cmd/internal/program"
	"corslab/lab/library"
	"corslab/scenarios"
)

// chosen is which scenarios a command works with.
type chosen struct {
	Scenarios []string `name:"scenarios" placeholder:"DIR" sep:"none" help:"A folder of your own scenario files. Repeatable."`
	Only      bool     `name:"only" help:"Leave the shipped scenarios out; the sandbox stays."`
}

// load reads the chosen scenarios, all or nothing.
func (c chosen) load() (*library.Library, error) {
	if c.Only && len(c.Scenarios) == 0 {
		return nil, program.Misuse{Err: errors.New("--only leaves the shipped scenarios out, and there are no others; name a folder of yours with --scenarios DIR")}
	}
	sources, closeAll := c.open()
	defer closeAll()
	for _, source := range sources {
		if closed, ok := source.FS.(folders.Closed); ok {
			return nil, program.Misuse{Err: fmt.Errorf("--scenarios %s: %w", source.Name, closed.Err)}
		}
	}
	return library.Load(sources...)
}

// open opens the chosen folders, behind the shipped files; of one that is not
// there nothing can be read.
func (c chosen) open() (sources []library.Source, closeAll func()) {
	if !c.Only {
		sources = append(sources, library.Source{Name: "scenarios", FS: scenarios.Files})
	}
	opened := new(folders.Set)
	for _, folder := range c.Scenarios {
		opened.Open(folder)
	}
	return append(sources, opened.Sources()...), opened.Close
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
