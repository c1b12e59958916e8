package glossary

import (
	"slices"
	"strings"
)

// pattern is a phrase, made ready for comparison: runs of words with a hole
// between each two, before the first and after the last.
type pattern struct {
	phrase Phrase
	runs   [][]int  // words by number
	holes  []string // one more than runs; "" at an end without a hole
	words  int      // in all runs
}

// span is a run's place among the words of a text.
type span struct{ start, end int }

// newPattern numbers the words of a phrase.
func newPattern(phrase Phrase, number func(string) int) pattern {
	p := pattern{phrase: phrase, holes: []string{""}}
	rest := phrase.Text
	for {
		literal, after, found := strings.Cut(rest, "{")
		var run []int
		for _, word := range wordsOf(literal) {
			run = append(run, number(word.text))
		}
		if len(run) > 0 {
			p.runs = append(p.runs, run)
			p.holes = append(p.holes, "")
			p.words += len(run)
		}
		if !found {
			return p
		}
		p.holes[len(p.holes)-1], rest, _ = strings.Cut(after, "}")
	}
}

// limit is how many words can be in a hole.
func limit(hole string) int {
	switch hole {
	case "status", "scheme", "method", "space", "kind":
		return 4
	case "header", "token":
		return 16
	}
	return 80
}

// find returns where the runs of the pattern are in a text, in order, with
// no more between two than the hole can hold; nil where they do not.
func (p pattern) find(text []int) []span {
	chains := make([][][]span, len(p.runs)) // those of each length, by their end
	for end := 1; end <= len(text); end++ {
		for i, run := range p.runs {
			start := end - len(run)
			if start < 0 || !hasRun(text[start:end], run) {
				continue
			}
			if chain, ok := p.latest(chains, i, start); ok {
				chains[i] = append(chains[i], append(chain[:i:i], span{start, end}))
			}
		}
		if whole := chains[len(chains)-1]; len(whole) > 0 {
			return whole[0]
		}
	}
	return nil
}

// latest returns the chain before run i that ends last before its start, and
// reports whether the hole can hold the words between.
func (p pattern) latest(chains [][][]span, i, start int) ([]span, bool) {
	if i == 0 {
		return nil, true
	}
	for _, chain := range slices.Backward(chains[i-1]) {
		if end := chain[i-1].end; end <= start {
			return chain, start-end <= limit(p.holes[i])
		}
	}
	return nil, false
}

func hasRun(text, run []int) bool {
	for i, number := range run {
		if text[i] != number {
			return false
		}
	}
	return true
}

// longest returns the longest piece of a run that is in the text.
func (p pattern) longest(text []int) (piece []int) {
	for _, run := range p.runs {
		// The lengths of the pieces that end at each word of the run, with the
		// word of the text before and with this one.
		before, here := make([]int, len(run)+1), make([]int, len(run)+1)
		for _, number := range text {
			for r := range run {
				here[r+1] = 0
				if run[r] == number {
					here[r+1] = before[r] + 1
				}
				if here[r+1] > len(piece) {
					piece = run[r+1-here[r+1] : r+1]
				}
			}
			before, here = here, before
		}
	}
	return piece
}

// has reports whether the piece is in one of the runs.
func (p pattern) has(piece []int) bool {
	for _, run := range p.runs {
		for start := 0; start+len(piece) <= len(run); start++ {
			if hasRun(run[start:start+len(piece)], piece) {
				return true
			}
		}
	}
	return false
}
