package main

import (
	"errors"
	"fmt"
	"strings"

	"corslab/cmd/internal/cli"
	"corslab/cmd/internal/sources"
	"corslab/lab/library"
	"corslab/scenarios"
)

// chosen says which scenarios a command works with.
type chosen struct {
	Scenarios []string `name:"scenarios" placeholder:"DIR" sep:"none" help:"A folder of your own scenario files. Repeatable."`
	Only      bool     `name:"only" help:"Leave the shipped scenarios out; the sandbox stays."`
}

// load reads the chosen scenarios, all or nothing.
func (c chosen) load() (*library.Library, error) {
	if c.Only && len(c.Scenarios) == 0 {
		return nil, cli.Misuse{Err: errors.New("--only leaves the shipped scenarios out, and there are no others; name a folder of yours with --scenarios DIR")}
	}
	all, closeAll := c.open()
	defer closeAll()
	for _, source := range all {
		if closed, ok := source.FS.(sources.Closed); ok {
			return nil, cli.Misuse{Err: fmt.Errorf("--scenarios %s: %w", source.Name, closed.Err)}
		}
	}
	return library.Load(all...)
}

// open opens the shipped files and the chosen folders. If a folder doesn't exist,
// reading from it fails.
func (c chosen) open() (all []library.Source, closeAll func()) {
	if !c.Only {
		all = append(all, library.Source{Name: "scenarios", FS: scenarios.Files})
	}
	opened := new(sources.Set)
	for _, folder := range c.Scenarios {
		opened.Open(folder)
	}
	return append(all, opened.Sources()...), opened.Close
}

// String describes the choice, for people.
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
