package glossary

import (
	"slices"
	"strings"

	"corslab/lab/cors"
)

// Phrase is how an engine tells of a failure: a console line, a part of one,
// an exception's message, or a name.
type Phrase struct {
	Text    string // with what varies in braces, such as {url}
	Engine  cors.Engine
	Name    string       // of the failure, where the engine has one
	Causes  []cors.Cause // that it can mean, the likeliest first; none if it only has a topic
	Stages  []cors.Stage // at which they can have struck, as far as the phrase tells
	Topic   Topic
	Retired bool // newer versions say it otherwise
	Vague   bool // browsers print it next to messages that say more
}

// Plain is the text with … for what varies.
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

// add puts a phrase into the list, or its causes and stages to the same phrase
// where it is there already.
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
	if p.Name != "" && p.Name != known.Name { // the one line has several names
		known.Name = ""
	}
	return list
}

// common is what can be said of a text that is both phrases, or a piece of
// both.
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

// likeliest lists all causes in the order in which a phrase of several names
// them: those of redirects, which are rare, come last.
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

// union appends to a what it lacks of b.
func union[T comparable](a, b []T) []T {
	for _, item := range b {
		if !slices.Contains(a, item) {
			a = append(a, item)
		}
	}
	return a
}

// intersection is what a and b share, in the order of b.
func intersection[T comparable](a, b []T) []T {
	var both []T
	for _, item := range b {
		if slices.Contains(a, item) && !slices.Contains(both, item) {
			both = append(both, item)
		}
	}
	return both
}
