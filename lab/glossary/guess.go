package glossary

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/cors"
)

// subject is something that a guess can name: a cause or a topic.
type subject struct {
	cause cors.Cause
	topic Topic
}

// scales weigh words: the fewer subjects have a word, the more it weighs.
type scales struct {
	subjects map[subject]map[string]bool // the words of each subject
	weights  map[string]float64
}

func newScales(patterns []pattern) scales {
	s := scales{make(map[subject]map[string]bool), make(map[string]float64)}
	for _, p := range patterns {
		if p.phrase.Vague {
			continue
		}
		text := strings.TrimPrefix(strings.TrimPrefix(p.phrase.Plain(), chromiumBlocked), chromiumPreflight)
		for _, subject := range subjectsOf(p.phrase) {
			s.learn(subject, text)
		}
	}
	for _, cause := range cors.Causes() {
		s.learn(subject{cause: cause}, string(cause)+" "+cause.Summary())
	}
	for _, topic := range Topics() {
		s.learn(subject{topic: topic}, string(topic))
	}
	for _, words := range s.subjects {
		for word := range words {
			s.weights[word]++
		}
	}
	for word, count := range s.weights {
		s.weights[word] = math.Log(float64(len(s.subjects)) / count)
	}
	return s
}

func subjectsOf(p Phrase) []subject {
	if len(p.Causes) == 0 {
		return []subject{{topic: p.Topic}}
	}
	var list []subject
	for _, cause := range p.Causes {
		list = append(list, subject{cause: cause})
	}
	return list
}

func (s scales) learn(of subject, text string) {
	if s.subjects[of] == nil {
		s.subjects[of] = make(map[string]bool)
	}
	for _, stem := range stemsOf(wordsOf(text)) {
		s.subjects[of][stem] = true
	}
}

// stemsOf returns the words that a guess compares, without duplicates, endings, short
// words and addresses. It includes the parts of names. It replaces a status with its
// meaning.
func stemsOf(words []word) []string {
	var stems []string
	for _, word := range words {
		if word.inURL {
			continue
		}
		stems = append(stems, stem(word.text))
		for part := range strings.FieldsFuncSeq(word.text, func(r rune) bool { return r == '-' || r == '_' }) {
			stems = append(stems, stem(part))
		}
	}
	slices.Sort(stems)
	return slices.DeleteFunc(slices.Compact(stems), isFiller)
}

// isFiller reports whether a word says nothing about the subject of a text.
func isFiller(stem string) bool {
	switch stem {
	case "the", "and", "for", "are", "was", "has", "have", "had", "does", "this", "that", "with", "from", "which", "server", "request", "http", "content":
		return true
	}
	return len(stem) < 3
}

func stem(word string) string {
	if status, err := strconv.Atoi(word); err == nil {
		return stemOfNumber(status)
	}
	if word == "t" { // from "isn't"
		return "not"
	}
	if len(word) > 4 {
		return strings.TrimSuffix(strings.TrimSuffix(word, "s"), "ed")
	}
	return word
}

func stemOfNumber(n int) string {
	switch {
	case n >= 300 && n < 400:
		return "redirect"
	case n >= 400 && n < 600:
		return stem("status")
	}
	return ""
}

// Limits of guessing.
const (
	minWeight  = 4.6  // the shared words must weigh at least this much
	nameWeight = 4.0  // weight of a cause's or topic's own name
	minShare   = 0.75 // other guesses need this share of the best guess's weight
	maxGuesses = 3
)

// guess lists the subjects that share the most characteristic words with the text.
func (g *Glossary) guess(t reading, found []finding) []Match {
	stems, threshold := stemsOf(t.without(found)), minWeight
	if len(found) > 0 { // what was found already explains the text
		threshold *= 2
	}
	type guess struct {
		subject
		weight float64
	}
	var guesses []guess
	for subject, words := range g.scales.subjects {
		weight := 0.0
		for _, stem := range stems {
			if words[stem] {
				weight += g.scales.weights[stem]
			}
		}
		weight += nameWeight * subject.named(stems)
		if weight >= threshold && subject.topic != NoReason {
			guesses = append(guesses, guess{subject, weight})
		}
	}
	slices.SortFunc(guesses, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.cause, b.cause), cmp.Compare(a.topic, b.topic))
	})
	var matches []Match
	for _, guess := range guesses[:min(len(guesses), maxGuesses)] {
		if guess.weight >= minShare*guesses[0].weight {
			matches = append(matches, guess.match())
		}
	}
	return matches
}

// named is the share of the words of the subject's name that the stems have, 0 to 1.
func (s subject) named(stems []string) float64 {
	name := stemsOf(wordsOf(strings.ReplaceAll(string(s.cause)+string(s.topic), "-", " ")))
	shared := 0.0
	for _, stem := range name {
		if slices.Contains(stems, stem) {
			shared++
		}
	}
	return shared / float64(len(name))
}

func (s subject) match() Match {
	if s.cause == "" {
		return Match{Phrase: Phrase{Topic: s.topic}}
	}
	return Match{Phrase: Phrase{Causes: []cors.Cause{s.cause}, Stages: s.cause.Stages()}}
}

// without returns the words that aren't part of a finding.
func (t reading) without(found []finding) []word {
	words := slices.Clone(t.words)
	for _, f := range found {
		for _, span := range f.spans {
			for i := span.start; i < span.end; i++ {
				words[i].text = ""
			}
		}
	}
	return slices.DeleteFunc(words, func(w word) bool { return w.text == "" })
}
