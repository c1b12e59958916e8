package glossary

import (
	"slices"
	"strings"

	"corslab/lab/cors"
)

// Phrase is how an engine reports a failure: a console line, a part of one, an
// exception's message, or a name.
type Phrase struct {
	Text    string // variable parts are in braces, such as {url}
	Engine  cors.Engine
	Name    string       // of the failure, if the engine has one
	Causes  []cors.Cause // possible causes, the likeliest first; none if it only has a topic
	Stages  []cors.Stage // possible stages, as far as the phrase says
	Topic   Topic
	Retired bool // newer versions have another phrase
	Vague   bool // browsers print it in addition to messages that say more
}

// Plain returns the text with … in place of the variable parts.
func (p Phrase) Plain() string {
	var plain strings.Builder
	rest := p.Text
	for {
		before, after, found := strings.Cut(rest, "{")
		plain.WriteString(before)
		if !found {
			return plain.String()
		}
		_, rest, _ = strings.Cut(after, "}")
		plain.WriteString("…")
	}
}

// add appends a phrase to the list. If the list has the same text already, it adds the
// causes and stages there.
func add(list []Phrase, p Phrase) []Phrase {
	at := slices.IndexFunc(list, func(other Phrase) bool {
		return other.Text == p.Text && other.Engine == p.Engine && other.Topic == p.Topic
	})
	if at < 0 {
		p.Causes, p.Stages = slices.Clone(p.Causes), slices.Clone(p.Stages)
		return append(list, p)
	}
	known := &list[at]
	known.Causes = union(known.Causes, p.Causes)
	known.Stages = union(known.Stages, p.Stages)
	if p.Name != "" && p.Name != known.Name { // several failures have this line
		known.Name = ""
	}
	return list
}

// common is what is true of both phrases, given a text that matches both.
func common(a, b Phrase) Phrase {
	a.Causes = intersection(union(slices.Clone(a.Causes), b.Causes), likeliest())
	a.Stages = intersection(union(slices.Clone(a.Stages), b.Stages), cors.Stages())
	a.Retired = a.Retired && b.Retired
	if a.Engine != b.Engine {
		a.Engine = ""
	}
	if a.Name != b.Name {
		a.Name = ""
	}
	return a
}

// likeliest lists all causes, the likeliest first. Causes of redirects are rare, so
// they come last.
func likeliest() []cors.Cause {
	var first, last []cors.Cause
	for _, cause := range cors.Causes() {
		if strings.HasPrefix(string(cause), "redirect-") {
			last = append(last, cause)
		} else {
			first = append(first, cause)
		}
	}
	return append(first, last...)
}

// union appends to a the elements of b that it lacks.
func union[T comparable](a, b []T) []T {
	for _, item := range b {
		if !slices.Contains(a, item) {
			a = append(a, item)
		}
	}
	return a
}

// intersection returns the elements that a and b share, in the order of b.
func intersection[T comparable](a, b []T) []T {
	var both []T
	for _, item := range b {
		if slices.Contains(a, item) && !slices.Contains(both, item) {
			both = append(both, item)
		}
	}
	return both
}
