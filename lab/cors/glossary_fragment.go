package cors

import (
	"cmp"
	"slices"
)

// fragment finds the longest piece of a wording in the text that no other
// failure's wording has.
func (g *Glossary) fragment(t reading) (Match, bool) {
	var pieces [][]int
	for _, p := range g.patterns {
		if piece := p.longest(t.numbers); !p.wording.Vague && len(piece) >= leastPiece {
			pieces = append(pieces, piece)
		}
	}
	slices.SortStableFunc(pieces, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	pieces = slices.CompactFunc(pieces, slices.Equal)
	for _, piece := range pieces[:min(len(pieces), mostPieces)] {
		if len(piece) == leastPiece && len(t.words) > leastPiece+1 {
			break
		}
		if w, ok := g.onlyOne(piece); ok {
			return Match{w, true}, true
		}
	}
	return Match{}, false
}

// onlyOne returns the wording that has the piece, or what several of the same
// failure have in common.
func (g *Glossary) onlyOne(piece []int) (Wording, bool) {
	var of Wording
	for _, p := range g.patterns {
		switch {
		case p.wording.Vague || !p.has(piece):
		case of.Text == "":
			of = p.wording
		case !sameSubject(p.wording, of):
			return Wording{}, false
		default:
			of = common(of, p.wording)
		}
	}
	return of, true
}

const (
	leastPiece = 3  // words of a piece; so few count only where there is little else
	mostPieces = 16 // that are tried
)

// common is what two wordings of the same have in common, so that it can be
// said of a piece of both.
func common(a, b Wording) Wording {
	a.Stages = union(slices.Clone(a.Stages), b.Stages)
	a.Retired = a.Retired && b.Retired
	if a.Engine != b.Engine {
		a.Engine = ""
	}
	if a.Name != b.Name {
		a.Name = ""
	}
	return a
}

func sameSubject(a, b Wording) bool {
	return a.Topic == b.Topic && slices.Equal(a.Causes, b.Causes)
}
