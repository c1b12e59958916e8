package main

import (
	"errors"
	"fmt"
	"os"

	"corslab/lab/scenario"
	"corslab/scenarios"
)

// loadLibrary reads the shipped scenarios and those in the folders.
func loadLibrary(folders []string) (*scenario.Library, error) {
	sources := []scenario.Source{{Name: "scenarios", FS: scenarios.Files}}
	for _, folder := range folders {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, misuse{fmt.Errorf("--scenarios %s: no such folder", folder)}
		}
		sources = append(sources, scenario.Source{Name: folder, FS: os.DirFS(folder)})
	}
	return scenario.Load(sources...)
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
