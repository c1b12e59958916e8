package glossary

import (
	"cmp"
	"slices"
)

// fragment finds the longest piece of a phrase in the text that belongs to only one
// failure.
func (g *Glossary) fragment(t reading) (Match, bool) {
	var pieces [][]int
	for _, p := range g.patterns {
		if piece := p.longest(t.numbers); !p.phrase.Vague && len(piece) >= minPiece {
			pieces = append(pieces, piece)
		}
	}
	slices.SortStableFunc(pieces, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	pieces = slices.CompactFunc(pieces, slices.Equal)
	for _, piece := range pieces[:min(len(pieces), maxPieces)] {
		if len(piece) == minPiece && len(t.words) > minPiece+1 {
			break
		}
		if phrase, ok := g.onlyOne(piece); ok {
			return Match{phrase, true}, true
		}
	}
	return Match{}, false
}

// onlyOne returns the phrase that has the piece. If several phrases of one failure have
// it, it returns what they have in common.
func (g *Glossary) onlyOne(piece []int) (Phrase, bool) {
	var result Phrase
	for _, p := range g.patterns {
		switch {
		case p.phrase.Vague || !p.has(piece):
		case result.Text == "":
			result = p.phrase
		case !sameSubject(p.phrase, result):
			return Phrase{}, false
		default:
			result = common(result, p.phrase)
		}
	}
	return result, true
}

const (
	minPiece  = 3  // words of a piece; so few count only if the text has little else
	maxPieces = 16 // pieces to try
)

func sameSubject(a, b Phrase) bool {
	return a.Topic == b.Topic && slices.Equal(a.Causes, b.Causes)
}
