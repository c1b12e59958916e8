// Package glossary looks up in which words engines tell of failures: it knows
// a [Phrase] of each that the judge writes, of former versions and of what
// looks like CORS and isn't, and finds them in any pasted text.
package glossary

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"corslab/lab/cors"
)

// Glossary holds every phrase. It does not change, and is safe for use by
// several goroutines.
type Glossary struct {
	patterns []pattern
	frames   []pattern // around the phrases: they name URLs and the like
	numbers  map[string]int
	scales   scales
}

// New makes a glossary of all phrases.
func New() *Glossary {
	g := &Glossary{numbers: make(map[string]int)}
	for _, p := range append(addKnown(judgedPhrases()), topicPhrases()...) {
		p.Causes, p.Stages = intersection(p.Causes, likeliest()), intersection(p.Stages, cors.Stages())
		g.patterns = append(g.patterns, newPattern(p, g.number))
	}
	for _, frame := range frames() {
		g.frames = append(g.frames, newPattern(Phrase{Text: frame}, g.number))
	}
	g.scales = newScales(g.patterns)
	return g
}

// number is the number of a word, a new one for a new word.
func (g *Glossary) number(word string) int {
	if _, known := g.numbers[word]; !known {
		g.numbers[word] = len(g.numbers) + 1
	}
	return g.numbers[word]
}

// Phrases lists how an engine of today tells of a cause, without what stands
// before the reason: lines, or names where it has no lines.
func (g *Glossary) Phrases(cause cors.Cause, engine cors.Engine) []Phrase {
	var lines, names []Phrase
	for _, pattern := range g.patterns {
		p := pattern.phrase
		switch {
		case p.Engine != engine || p.Retired || p.Vague || !slices.Contains(p.Causes, cause) || strings.HasPrefix(p.Text, chromiumBlocked):
		case strings.Contains(p.Text, " "):
			lines = append(lines, p)
		default:
			names = append(names, p)
		}
	}
	if len(lines) > 0 {
		return lines
	}
	return names
}

// MaxLookUp is how many bytes of a text are looked at.
const MaxLookUp = 8 << 10

// Reading is what a glossary makes of a text.
type Reading struct {
	Text    string  // as much of it as was read
	Matches []Match // what the text surely says, in its order, then guesses, the best first
	Values  []Value // what the text names
	Cut     bool    // the text was longer
}

// Match is a phrase that was found in a text, or to which a text comes near.
type Match struct {
	Phrase
	Sure bool // else it is a guess
}

// LookUp reads a text: a console line with all that surrounds it, several, or
// a fragment of one.
func (g *Glossary) LookUp(text string) Reading {
	var r Reading
	r.Text, r.Cut = bounded(text)
	t := g.read(r.Text)
	found := g.whole(t)
	r.Values = g.valuesOf(t, found)
	for _, f := range found {
		values := f.values(t)
		if len(found) == 1 {
			values = union(values, r.Values)
		}
		r.Matches = append(r.Matches, Match{narrowed(f.pattern.phrase, values), true})
	}
	if len(found) == 0 || found[0].pattern.phrase.Vague {
		if match, ok := g.fragment(t); ok {
			r.Matches = []Match{match}
		} else {
			r.Matches = append(r.Matches, g.guess(t, found)...)
		}
	}
	r.Values = slices.DeleteFunc(r.Values, func(v Value) bool { return !v.worthSaying() })
	return r
}

func bounded(text string) (string, bool) {
	if len(text) <= MaxLookUp {
		return text, false
	}
	end := MaxLookUp
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end], true
}

// reading is a text and its words, numbered; 0 is a word that no phrase has.
type reading struct {
	text    string
	words   []word
	numbers []int
}

func (g *Glossary) read(text string) reading {
	t := reading{text: text, words: wordsOf(text)}
	t.numbers = make([]int, len(t.words))
	for i, word := range t.words {
		t.numbers[i] = g.numbers[word.text]
		if constant, found := strings.CutPrefix(word.text, "k"); found && t.numbers[i] == 0 { // as Chromium's source has it
			t.numbers[i] = g.numbers[constant]
		}
	}
	return t
}

// finding is a pattern that was found in a text, and where its runs are.
type finding struct {
	pattern *pattern
	spans   []span
}

// whole finds the phrases that are in the text from end to end. Of those
// that overlap the longest counts, and vague ones do where there are no others.
func (g *Glossary) whole(t reading) []finding {
	var all []finding
	for i := range g.patterns {
		if spans := g.patterns[i].find(t.numbers); spans != nil {
			all = append(all, finding{&g.patterns[i], spans})
		}
	}
	slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(b.pattern.words, a.pattern.words) })
	var kept []finding
	for _, f := range all {
		if at := slices.IndexFunc(kept, f.isSame); at >= 0 {
			kept[at] = kept[at].with(f)
		} else if !slices.ContainsFunc(kept, func(k finding) bool { return k.overlaps(f) || k.saysOf(f) }) {
			kept = append(kept, f)
		}
	}
	if slices.ContainsFunc(kept, func(f finding) bool { return !f.pattern.phrase.Vague }) {
		kept = slices.DeleteFunc(kept, func(f finding) bool { return f.pattern.phrase.Vague })
	} else if len(kept) > 1 {
		kept = kept[:1]
	}
	slices.SortStableFunc(kept, func(a, b finding) int { return cmp.Compare(a.spans[0].start, b.spans[0].start) })
	return kept
}

// isSame reports whether another engine says just the same of a cause.
func (f finding) isSame(other finding) bool {
	a, b := f.pattern.phrase, other.pattern.phrase
	return slices.Equal(f.spans, other.spans) && a.Vague == b.Vague && a.Topic == b.Topic
}

// with says the same of both.
func (f finding) with(other finding) finding {
	both := *f.pattern
	both.phrase = common(both.phrase, other.pattern.phrase)
	return finding{&both, f.spans}
}

func (f finding) overlaps(other finding) bool {
	end, otherEnd := f.spans[len(f.spans)-1].end, other.spans[len(other.spans)-1].end
	return f.spans[0].start < otherEnd && other.spans[0].start < end
}

// saysOf reports whether both say the same of the same engine, such as a line
// and its name, or a shorter line.
func (f finding) saysOf(other finding) bool {
	a, b := f.pattern.phrase, other.pattern.phrase
	return !b.Vague && a.Topic == b.Topic && len(union(slices.Clone(b.Causes), a.Causes)) == len(b.Causes)
}
