package view

import (
	"fmt"

	"corslab/lab/scenario/format"
)

// shownProblems bounds those on one page.
const shownProblems = 500

// fileProblems are the problems of one file.
type fileProblems struct {
	file     string
	problems format.Problems
}

// byFile puts the problems of one file together, which are sorted so.
func byFile(problems format.Problems) (files []fileProblems) {
	for _, p := range problems {
		if last := len(files) - 1; last < 0 || files[last].file != p.File {
			files = append(files, fileProblems{file: p.File})
		}
		files[len(files)-1].problems = append(files[len(files)-1].problems, p)
	}
	return files
}

// placeIn is where in its file a problem is, as editors count.
func placeIn(p format.Problem) string {
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
