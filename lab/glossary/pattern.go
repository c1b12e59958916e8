package glossary

import (
	"slices"
	"strings"
)

// pattern is a phrase prepared for comparison: runs of words, with a hole before each
// run and after the last.
type pattern struct {
	phrase Phrase
	runs   [][]int  // words as numbers
	holes  []string // one more than runs; "" at an end without a hole
	words  int      // number of words in all runs
}

// span is the position of a run in the words of a text.
type span struct{ start, end int }

// newPattern turns the words of a phrase into numbers.
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

// limit is the maximum number of words in a hole.
func limit(hole string) int {
	switch hole {
	case "status", "scheme", "method", "space", "kind":
		return 4
	case "header", "token":
		return 16
	}
	return 80
}

// find returns the positions of the runs in a text. They must be in order, with no more
// words in between than the holes can hold. If they aren't, it returns nil.
func (p pattern) find(text []int) []span {
	chains := make([][][]span, len(p.runs)) // chains of each length, by their end
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

// latest returns the chain before run i that ends last before start. It reports false
// if the hole can't hold the words in between.
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
		// Lengths of the pieces that end at each word of the run: before, with the previous
		// word of the text, and here, with this one.
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

// has reports whether one of the runs has the piece.
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
