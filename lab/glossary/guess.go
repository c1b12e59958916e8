package glossary

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/cors"
)

// subject is what can be guessed: a cause or a topic.
type subject struct {
	cause cors.Cause
	topic Topic
}

// scales weigh words by how few subjects they belong to.
type scales struct {
	subjects map[subject]map[string]bool // the words of each
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

// stemsOf are the words that a guess compares, each once: parts of names too,
// without endings, without short words and addresses. A status says what it is.
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

// isFiller reports the words that say nothing of what a text is about.
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
	if word == "t" { // of "isn't"
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

// The bounds of guessing.
const (
	leastWeight = 4.6  // of the shared words, below which there is no guess
	nameWeight  = 4.0  // of a cause's or topic's own name
	leastShare  = 0.75 // of the best guess's weight that another one needs
	mostGuesses = 3
)

// guess lists the subjects that share the most telling words with the text.
func (g *Glossary) guess(t reading, found []finding) []Match {
	stems, least := stemsOf(t.without(found)), leastWeight
	if len(found) > 0 { // which explains the text already
		least *= 2
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
		if weight >= least && subject.topic != NoReason {
			guesses = append(guesses, guess{subject, weight})
		}
	}
	slices.SortFunc(guesses, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.cause, b.cause), cmp.Compare(a.topic, b.topic))
	})
	var matches []Match
	for _, guess := range guesses[:min(len(guesses), mostGuesses)] {
		if guess.weight >= leastShare*guesses[0].weight {
			matches = append(matches, guess.match())
		}
	}
	return matches
}

// named is how much of the subject's name the words have, 0 to 1.
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

// without leaves out the words of what was found already.
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
