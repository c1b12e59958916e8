package glossary

import (
	"cmp"
	"slices"
)

// fragment finds the longest piece of a phrase in the text that no other
// failure's phrase has.
func (g *Glossary) fragment(t reading) (Match, bool) {
	var pieces [][]int
	for _, p := range g.patterns {
		if piece := p.longest(t.numbers); !p.phrase.Vague && len(piece) >= leastPiece {
			pieces = append(pieces, piece)
		}
	}
	slices.SortStableFunc(pieces, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	pieces = slices.CompactFunc(pieces, slices.Equal)
	for _, piece := range pieces[:min(len(pieces), mostPieces)] {
		if len(piece) == leastPiece && len(t.words) > leastPiece+1 {
			break
		}
		if phrase, ok := g.onlyOne(piece); ok {
			return Match{phrase, true}, true
		}
	}
	return Match{}, false
}

// onlyOne returns the phrase that has the piece, or what several of the same
// failure have in common.
func (g *Glossary) onlyOne(piece []int) (Phrase, bool) {
	var of Phrase
	for _, p := range g.patterns {
		switch {
		case p.phrase.Vague || !p.has(piece):
		case of.Text == "":
			of = p.phrase
		case !sameSubject(p.phrase, of):
			return Phrase{}, false
		default:
			of = common(of, p.phrase)
		}
	}
	return of, true
}

const (
	leastPiece = 3  // words of a piece; so few count only where there is little else
	mostPieces = 16 // that are tried
)

func sameSubject(a, b Phrase) bool {
	return a.Topic == b.Topic && slices.Equal(a.Causes, b.Causes)
}
