package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
)

// Problem is one mistake in a scenario file.
type Problem struct {
	File         string
	Line, Column int // from 1; both 0 if the problem is about the whole file
	Message      string
	Excerpt      string // the line, and below it a caret at the column; empty without a position
}

// String gives the form that editors understand, file:line:col: message.
func (p Problem) String() string {
	file, message := phrase.Printable(p.File), phrase.Printable(p.Message)
	if p.Line == 0 {
		return file + ": " + message
	}
	return fmt.Sprintf("%s:%d:%d: %s", file, p.Line, p.Column, message)
}

// Quoted is String with the excerpt beneath, if there is one.
func (p Problem) Quoted() string {
	line, caret, found := strings.Cut(p.Excerpt, "\n")
	if !found {
		return p.String()
	}
	number := fmt.Sprintf("%5d", p.Line)
	return fmt.Sprintf("%s\n%s | %s\n%*s | %s", p, number, line, len(number), "", caret)
}

// Problems are all the mistakes of one or several files, sorted by file and position.
// As an error it is never empty.
type Problems []Problem

// Error gives each problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// Sort sorts the problems by file and position.
func (p Problems) Sort() {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
