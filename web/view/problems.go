package view

import (
	"fmt"

	"corslab/lab/scenario/format"
)

// shownProblems bounds the problems on one page.
const shownProblems = 500

// fileProblems is the problems of one file.
type fileProblems struct {
	file     string
	problems format.Problems
}

// byFile groups problems by file. They are sorted by file already.
func byFile(problems format.Problems) (files []fileProblems) {
	for _, p := range problems {
		if last := len(files) - 1; last < 0 || files[last].file != p.File {
			files = append(files, fileProblems{file: p.File})
		}
		files[len(files)-1].problems = append(files[len(files)-1].problems, p)
	}
	return files
}

// positionIn is the position of a problem in its file, written as editors write it.
func positionIn(p format.Problem) string {
	if p.Line == 0 {
		return "the file"
	}
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}

func countedProblems(n int) string {
	if n == 1 {
		return "1 problem"
	}
	return fmt.Sprintf("%d problems", n)
}
