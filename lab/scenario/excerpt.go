package scenario

import (
	"strings"
	"unicode"
)

const excerptWidth = 120 // characters of a line that are shown

// Excerpt returns the line of the file that the problem is about, and below it
// a caret at the column: "" where the problem has no place. Of a long line it
// shows what stands around the column, and control characters not at all, so
// that a file cannot write to somebody's terminal.
func (p Problem) Excerpt(src []byte) string {
	lines := strings.Split(string(src), "\n")
	if p.Line < 1 || p.Line > len(lines) || p.Column < 1 {
		return ""
	}
	line := []rune(strings.TrimSuffix(lines[p.Line-1], "\r"))
	at := min(p.Column-1, len(line))
	before, after := line[:at], line[at:]
	cutBefore, cutAfter := "", ""
	if len(before) > excerptWidth/2 && len(line) > excerptWidth {
		before, cutBefore = before[len(before)-excerptWidth/2:], "…"
	}
	if rest := excerptWidth - len(before); len(after) > rest {
		after, cutAfter = after[:rest], "…"
	}
	shown := cutBefore + printable(before)
	return shown + printable(after) + cutAfter + "\n" + blank(shown) + "^"
}

// printable replaces what is not to be seen, and what turns the direction of
// writing, by a sign for it.
func printable(text []rune) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, string(text))
}

func blank(text string) string { return strings.Map(func(rune) rune { return ' ' }, text) }
