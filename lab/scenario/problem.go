package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one mistake in a scenario file.
type Problem struct {
	File         string
	Line, Column int // from 1; both 0 where the mistake has no place
	Message      string
	Excerpt      string // the line, and below it a caret at the column; empty where there is no place
}

// String gives the form that editors understand, file:line:col: message.
func (p Problem) String() string {
	file, message := printable([]rune(p.File)), printable([]rune(p.Message))
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

// Problems are all the mistakes of one or several files, sorted by file and
// place. It is never empty where it is returned as an error.
type Problems []Problem

// Error gives one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// Sort puts the problems into the order of files and places.
func (p Problems) Sort() {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// oneOf lists words for a message: "a, b or c".
func oneOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// nearest returns the word that is at most two edits away from found, or "".
func nearest(found string, words []string) string {
	best, distance := "", 3
	for _, word := range words {
		if len(found)-len(word) >= distance { // spares the work on a long text
			continue
		}
		if d := edits(strings.ToLower(found), strings.ToLower(word)); d < distance && d < len(word) {
			best, distance = word, d
		}
	}
	return best
}

// edits is the Levenshtein distance of two short words, in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
