package phrase

import "strings"

// Nearest returns the word that is at most two edits away from found, or "".
func Nearest(found string, words []string) string {
	best, distance := "", 3
	for _, word := range words {
		if len(found)-len(word) >= distance { // skip words whose length already rules them out
			continue
		}
		if d := edits(strings.ToLower(found), strings.ToLower(word)); d < distance && d < len(word) {
			best, distance = word, d
		}
	}
	return best
}

// edits is the Levenshtein distance between two short words, in bytes.
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
