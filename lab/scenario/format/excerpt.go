package format

import (
	"strings"
	"unicode"

	"corslab/lab/internal/phrase"
)

const excerptWidth = 120 // characters of a line that are shown

// Quote adds the excerpts. The problems must be sorted by file, so that each file is
// read once.
func (p Problems) Quote(read func(file string) []byte) {
	var lines []string
	for i, problem := range p {
		if i == 0 || p[i-1].File != problem.File {
			lines = strings.Split(string(read(problem.File)), "\n")
		}
		if problem.Line > 0 && problem.Line <= len(lines) {
			p[i].Excerpt = excerpt(lines[problem.Line-1], problem.Column)
		}
	}
}

// excerpt returns a line of a file, and below it a caret at the column, which counts
// characters from 1. It shows only the part around the column if the line is long, and
// no control characters, so that a file can't control somebody's terminal.
func excerpt(text string, column int) string {
	line := []rune(strings.TrimSuffix(text, "\r"))
	at := min(column-1, len(line))
	before, after := line[:at], line[at:]
	cutBefore, cutAfter := "", ""
	if len(before) > excerptWidth/2 && len(line) > excerptWidth {
		before, cutBefore = before[len(before)-excerptWidth/2:], "…"
	}
	if rest := excerptWidth - len(before); len(after) > rest {
		after, cutAfter = after[:rest], "…"
	}
	shown := cutBefore + phrase.Printable(string(before))
	return shown + phrase.Printable(string(after)) + cutAfter + "\n" + blank(shown) + "^"
}

// isControl reports whether a character controls a terminal or the direction of
// writing, or ends a line.
func isControl(r rune) bool {
	return unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

func blank(text string) string { return strings.Map(func(rune) rune { return ' ' }, text) }
