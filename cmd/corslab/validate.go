package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corslab/lab/scenario"
)

type validateCommand struct {
	JSON  bool     `name:"json" help:"Print one JSON array of problems."`
	Paths []string `arg:"" name:"path" help:"Scenario files, or folders of them."`
}

// problem is a problem as validate --json prints it.
type problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// Run prints every problem of the named files on standard output.
func (c *validateCommand) Run(std streams) error {
	problems := scenario.Problems{}
	var unread []error
	for _, path := range c.Paths {
		found, err := check(path)
		problems = append(problems, found...)
		unread = append(unread, err)
	}
	if err := c.print(std, problems); err != nil {
		return err
	}
	if err := errors.Join(unread...); err != nil {
		return misuse{err}
	}
	if len(problems) > 0 {
		return errSaid
	}
	return nil
}

// check returns the problems of a file or of all files of a folder.
func check(path string) (scenario.Problems, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("validate: %w", err)
	}
	if info.IsDir() {
		err = checkFolder(path)
	} else {
		var src []byte
		if src, err = scenario.ReadFile(os.DirFS(filepath.Dir(path)), filepath.Base(path)); err != nil {
			return nil, fmt.Errorf("validate: %w", err)
		}
		err = checkFile(filepath.ToSlash(path), src)
	}
	var problems scenario.Problems
	if err != nil && !errors.As(err, &problems) {
		return nil, err
	}
	return problems, nil
}

// checkFolder reads a folder whose files may name what is shipped.
func checkFolder(path string) error {
	shipped, err := chosen{}.load()
	if err != nil {
		return err
	}
	folder := new(opened)
	defer folder.close()
	folder.add(path)
	return scenario.Check(folder.sources[0], shipped)
}

// checkFile reads one file alone, and so cannot follow what it names.
func checkFile(path string, src []byte) (err error) {
	if filepath.Base(path) == scenario.TracksFile {
		_, err = scenario.ParseTracks(path, src)
	} else {
		_, err = scenario.Parse(path, src)
	}
	return err
}

func (c *validateCommand) print(std streams, problems scenario.Problems) error {
	if !c.JSON {
		for _, p := range problems {
			fmt.Fprintln(std.out, p)
		}
		return nil
	}
	list := make([]problem, len(problems))
	for i, p := range problems {
		list[i] = problem(p)
	}
	encoder := json.NewEncoder(std.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(list)
}
