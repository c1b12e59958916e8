package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"corslab/lab/rehearsal"
	"corslab/lab/scenario"
)

type validateCommand struct {
	JSON  bool     `name:"json" help:"Print one JSON array of problems."`
	Paths []string `arg:"" name:"path" help:"Scenario files, or folders of them."`
}

// Help is what --help adds.
func (c *validateCommand) Help() string {
	return "Says what is wrong with the files' form, and, by asking the judge, with what they say: a start that is solved " +
		"already, a solution that does not solve, a wrong answer that does, an end that no browser comes to.\n\n" +
		"Exit status: 0 no problem, 1 problems, 2 a path that cannot be read."
}

// problem is a problem as validate --json prints it.
type problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
	Excerpt string `json:"excerpt"` // the line, and a caret below it; empty where the problem has no place
}

// Run prints every problem of the named files on standard output.
func (c *validateCommand) Run(std streams) error {
	problems := []problem{}
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
func check(path string) ([]problem, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("validate: %w", err)
	}
	if info.IsDir() {
		return checkFolder(path)
	}
	folder, name := os.DirFS(filepath.Dir(path)), filepath.Base(path)
	src, err := scenario.ReadFile(folder, name)
	if err != nil {
		return nil, fmt.Errorf("validate: %w", err)
	}
	path = filepath.ToSlash(path)
	found := checkFile(path, src)
	return shown(found, func(string) []byte { return src }), nil
}

// checkFolder reads a folder whose files may name what is shipped, and asks the
// judge about those whose form is right.
func checkFolder(folder string) ([]problem, error) {
	shipped, err := chosen{}.load()
	if err != nil {
		return nil, err
	}
	own := new(opened)
	defer own.close()
	own.add(folder)
	source := own.sources[0]
	var found scenario.Problems
	if err := scenario.Check(source, shipped); err != nil && !errors.As(err, &found) {
		return nil, err
	}
	files, err := fs.Glob(source.FS, "*.y*ml")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		if ext := path.Ext(name); name == scenario.TracksFile || ext != ".yaml" && ext != ".yml" {
			continue
		}
		if src, err := scenario.ReadFile(source.FS, name); err == nil {
			found = append(found, contradictions(path.Join(folder, name), src)...)
		}
	}
	found.Sort()
	return shown(found, func(file string) []byte {
		src, err := scenario.ReadFile(source.FS, path.Base(file))
		if err != nil {
			return nil // the problem says so
		}
		return src
	}), nil
}

// checkFile reads one file alone, and so cannot follow what it names.
func checkFile(path string, src []byte) (found scenario.Problems) {
	if filepath.Base(path) == scenario.TracksFile {
		_, err := scenario.ParseTracks(path, src)
		errors.As(err, &found)
		return found
	}
	_, err := scenario.Parse(path, src)
	errors.As(err, &found)
	return append(found, contradictions(path, src)...)
}

// contradictions are what the judge says against a file whose form is right.
func contradictions(file string, src []byte) (found scenario.Problems) {
	s, err := scenario.Parse(file, src)
	if err != nil {
		return nil
	}
	for _, remark := range rehearsal.Check(s, usualOrigins()) {
		found = append(found, scenario.At(file, src, remark.Place, remark.Message))
	}
	found.Sort()
	return found
}

// usualOrigins are those of the default addresses. No file depends on them.
func usualOrigins() scenario.Origins {
	o, err := scenario.NewOrigins("localhost:8080", "localhost:8000")
	if err != nil {
		panic(err) // both are written here
	}
	return o
}

// shown adds to each problem the line that it is about.
func shown(found scenario.Problems, read func(file string) []byte) (problems []problem) {
	var file string
	var src []byte
	for _, p := range found {
		if p.File != file {
			file, src = p.File, read(p.File)
		}
		problems = append(problems, problem{p.File, p.Line, p.Column, p.Message, p.Excerpt(src)})
	}
	return problems
}

func (c *validateCommand) print(std streams, problems []problem) error {
	if !c.JSON {
		for _, p := range problems {
			p.print(std.out)
		}
		return nil
	}
	encoder := json.NewEncoder(std.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(problems)
}

// print writes the line that editors understand, and the excerpt beneath.
func (p problem) print(out io.Writer) {
	fmt.Fprintln(out, scenario.Problem{File: p.File, Line: p.Line, Column: p.Column, Message: p.Message})
	line, caret, found := strings.Cut(p.Excerpt, "\n")
	if found {
		number := fmt.Sprintf("%5d", p.Line)
		fmt.Fprintf(out, "%s | %s\n%*s | %s\n", number, line, len(number), "", caret)
	}
}
