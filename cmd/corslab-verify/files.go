package main

import (
	"errors"

	"corslab/cmd/internal/cli"
	"corslab/cmd/internal/sources"
	"corslab/lab/library"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/scenarios"
)

// read returns the scenarios of files and folders, in order. Without any path, it
// returns those that are shipped.
func read(paths []string) (*library.Library, error) {
	shipped, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil || len(paths) == 0 {
		return shipped, err
	}
	opened := new(sources.Set)
	defer opened.Close()
	var all []*scenario.Scenario
	var problems format.Problems
	for _, path := range paths {
		found, err := readPath(opened, path, shipped)
		var own format.Problems
		if err != nil && !errors.As(err, &own) {
			return nil, err
		}
		all, problems = append(all, found...), append(problems, own...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	lib, err := library.New(all)
	if err != nil {
		return nil, cli.Misuse{Err: err}
	}
	return lib, nil
}

// readPath reads a folder, whose files may refer to shipped scenarios, or a single
// file, whose references aren't checked.
func readPath(opened *sources.Set, path string, shipped *library.Library) ([]*scenario.Scenario, error) {
	source, files, alone, err := opened.Files(path)
	if err != nil {
		return nil, cli.Misuse{Err: err}
	}
	if !alone {
		lib, err := library.LoadWith(shipped, source)
		if err != nil {
			return nil, err
		}
		return lib.All(), nil
	}
	src, err := library.ReadFile(source.FS, files[0])
	if err != nil {
		return nil, cli.Misuse{Err: err}
	}
	s, err := format.Parse(source.Name+"/"+files[0], src)
	if err != nil {
		return nil, err
	}
	return []*scenario.Scenario{s}, nil
}
