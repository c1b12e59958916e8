// Package glossary looks up error messages. It knows a [Phrase] for each failure that
// the judge describes, the phrases of older browser versions, and messages that look
// like CORS and aren't. It finds them in any pasted text.
package glossary

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"corslab/lab/cors"
)

// Glossary holds every phrase. It never changes, so several goroutines can use it.
type Glossary struct {
	patterns []pattern
	frames   []pattern // text around the phrases, which names URLs and the like
	numbers  map[string]int
	scales   scales
}

// New returns a glossary of all phrases.
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

// number returns the number of a word, and gives a new word a new one.
func (g *Glossary) number(word string) int {
	if _, known := g.numbers[word]; !known {
		g.numbers[word] = len(g.numbers) + 1
	}
	return g.numbers[word]
}

// Phrases lists what a current engine says about a cause, without the text before the
// reason: console lines, or the failure's names if there are no lines.
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

// MaxLookUp is how many bytes of a text are read.
const MaxLookUp = 8 << 10

// Reading is what a glossary finds in a text.
type Reading struct {
	Text    string  // the part that was read
	Matches []Match // certain matches in the text's order, then guesses, the best first
	Values  []Value // the things that the text names
	Cut     bool    // the text was longer
}

// Match is a phrase in a text, or one that the text resembles.
type Match struct {
	Phrase
	Sure bool // false for a guess
}

// LookUp reads a text: one console line or several, with any text around them, or a
// fragment of a line.
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
	r.Values = slices.DeleteFunc(r.Values, func(v Value) bool { return !v.worthShowing() })
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

// reading is a text with its words as numbers. The number 0 means that no phrase has
// the word.
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
		if constant, found := strings.CutPrefix(word.text, "k"); found && t.numbers[i] == 0 { // the name in Chromium's source
			t.numbers[i] = g.numbers[constant]
		}
	}
	return t
}

// finding is a pattern found in a text, with the positions of its runs.
type finding struct {
	pattern *pattern
	spans   []span
}

// whole finds the phrases that are complete in the text. If some overlap, the longest
// wins, and a vague one counts only if there is nothing else.
func (g *Glossary) whole(t reading) []finding {
	var all []finding
	for i := range g.patterns {
		if spans := g.patterns[i].find(t.numbers); spans != nil {
			all = append(all, finding{&g.patterns[i], spans})
		}
	}
	slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(b.pattern.words, a.pattern.words) })
	var chosen []finding
	for _, f := range all {
		if at := slices.IndexFunc(chosen, f.sameWords); at >= 0 {
			chosen[at] = chosen[at].merge(f)
		} else if !slices.ContainsFunc(chosen, func(k finding) bool { return k.overlaps(f) || k.covers(f) }) {
			chosen = append(chosen, f)
		}
	}
	if slices.ContainsFunc(chosen, func(f finding) bool { return !f.pattern.phrase.Vague }) {
		chosen = slices.DeleteFunc(chosen, func(f finding) bool { return f.pattern.phrase.Vague })
	} else if len(chosen) > 1 {
		chosen = chosen[:1]
	}
	slices.SortStableFunc(chosen, func(a, b finding) int { return cmp.Compare(a.spans[0].start, b.spans[0].start) })
	return chosen
}

// sameWords reports whether both patterns match the same words, as when engines share a
// line.
func (f finding) sameWords(other finding) bool {
	a, b := f.pattern.phrase, other.pattern.phrase
	return slices.Equal(f.spans, other.spans) && a.Vague == b.Vague && a.Topic == b.Topic
}

// merge returns a finding for both phrases.
func (f finding) merge(other finding) finding {
	both := *f.pattern
	both.phrase = common(both.phrase, other.pattern.phrase)
	return finding{&both, f.spans}
}

func (f finding) overlaps(other finding) bool {
	end, otherEnd := f.spans[len(f.spans)-1].end, other.spans[len(other.spans)-1].end
	return f.spans[0].start < otherEnd && other.spans[0].start < end
}

// covers reports whether this finding says all that the other one says, as a line
// covers the failure's name or a shorter line.
func (f finding) covers(other finding) bool {
	a, b := f.pattern.phrase, other.pattern.phrase
	return !b.Vague && a.Topic == b.Topic && len(union(slices.Clone(b.Causes), a.Causes)) == len(b.Causes)
}
