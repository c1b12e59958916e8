package main

import (
	"errors"

	"corslab/cmd/internal/folders"
	"corslab/cmd/internal/program"
	"corslab/lab/scenario"
	"corslab/scenarios"
)

// read returns the scenarios of files and folders, in their order; without any
// path those that are shipped.
func read(paths []string) (*scenario.Library, error) {
	shipped, err := scenario.Load(scenario.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil || len(paths) == 0 {
		return shipped, err
	}
	opened := new(folders.Set)
	defer opened.Close()
	var all []*scenario.Scenario
	var problems scenario.Problems
	for _, path := range paths {
		found, err := readPath(opened, path, shipped)
		var own scenario.Problems
		if err != nil && !errors.As(err, &own) {
			return nil, err
		}
		all, problems = append(all, found...), append(problems, own...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	library, err := scenario.NewLibrary(all)
	if err != nil {
		return nil, program.Misuse{Err: err}
	}
	return library, nil
}

// readPath reads a folder whose files may name what is shipped, or one file
// alone, whatever it names.
func readPath(opened *folders.Set, path string, shipped *scenario.Library) ([]*scenario.Scenario, error) {
	source, files, alone, err := opened.Files(path)
	if err != nil {
		return nil, program.Misuse{Err: err}
	}
	if !alone {
		library, err := scenario.LoadBeside(shipped, source)
		if err != nil {
			return nil, err
		}
		return library.All(), nil
	}
	src, err := scenario.ReadFile(source.FS, files[0])
	if err != nil {
		return nil, program.Misuse{Err: err}
	}
	s, err := scenario.Parse(source.Name+"/"+files[0], src)
	if err != nil {
		return nil, err
	}
	return []*scenario.Scenario{s}, nil
}
