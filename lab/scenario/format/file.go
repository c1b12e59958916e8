package format

import (
	"fmt"

	"corslab/lab/internal/phrase"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// File is what one file holds, and its references. Package library checks that the
// references exist.
type File struct {
	Name       string
	Scenario   *scenario.Scenario // incomplete if there are problems; nil for a map of tracks
	Tracks     []scenario.Track   // nil for a scenario
	References []Reference        // to other scenarios and to tracks
	Pictures   []Reference
	Problems   Problems
}

// Reference is where a file names something outside of itself.
type Reference struct {
	Path         string // of the value, as messages name it: "needs[0]"
	Name         string // what it names
	Line, Column int    // from 1
}

// refer notes a reference of the file.
func (r *reader) refer(path, name string, node *yaml.Node) {
	r.references = append(r.references, referenceAt(path, name, node))
}

func referenceAt(path, name string, node *yaml.Node) Reference {
	return Reference{path, name, node.Line, node.Column}
}

// Reference returns the reference at a path, and an empty one if there is none.
func (f *File) Reference(path string) Reference {
	for _, r := range f.References {
		if r.Path == path {
			return r
		}
	}
	return Reference{}
}

// Report adds a problem with a reference.
func (f *File) Report(at Reference, format string, args ...any) {
	f.Problems = f.Problems.with(Problem{File: f.Name, Line: at.Line, Column: at.Column, Message: fmt.Sprintf(format, args...)})
}

// with adds a problem. If a file is full of them, it leaves out the rest.
func (p Problems) with(problem Problem) Problems {
	switch {
	case len(p) > MaxProblems:
		return p
	case len(p) == MaxProblems:
		problem.Message = fmt.Sprintf("found more than %d problems; the rest is left out", MaxProblems)
	default:
		problem.Message = phrase.Printable(problem.Message)
	}
	return append(p, problem)
}
