package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

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
		return nil, misuse{errors.New("--only leaves the shipped scenarios out, and there are no others; name a folder of yours with --scenarios DIR")}
	}
	var sources []scenario.Source
	if !c.Only {
		sources = append(sources, scenario.Source{Name: "scenarios", FS: scenarios.Files})
	}
	for _, folder := range c.Scenarios {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, misuse{fmt.Errorf("--scenarios %s: no such folder", folder)}
		}
		sources = append(sources, scenario.Source{Name: folder, FS: os.DirFS(folder)})
	}
	return scenario.Load(sources...)
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

// sayProblems prints the problems of scenario files, a line each.
func sayProblems(std streams, err error) error {
	var problems scenario.Problems
	if !errors.As(err, &problems) {
		return err
	}
	for _, problem := range problems {
		fmt.Fprintln(std.err, problem)
	}
	return errSaid
}
