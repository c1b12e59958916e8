package scenario

import (
	"fmt"
	"slices"
	"strings"

	"corslab/lab/cors"
)

// Fact is one line of a goal: something that can be observed of a run. Exactly
// one of its fields is set.
type Fact struct {
	Outcome cors.Outcome // what the script got
	Sent    []string     // the methods that reached the API, in order
	Shows   []string     // response headers that the script can read
}

// Observed is what was seen of one run.
type Observed struct {
	Outcome  cors.Outcome
	Sent     []string // methods that reached the API, in order
	Readable []string // names of the headers that the script could read
}

// Holds reports whether the fact is true of what was seen.
func (f Fact) Holds(seen Observed) bool {
	switch {
	case f.Outcome != "":
		return seen.Outcome == f.Outcome
	case f.Sent != nil:
		return slices.Equal(seen.Sent, f.Sent)
	}
	for _, name := range f.Shows {
		if !slices.ContainsFunc(seen.Readable, func(r string) bool { return strings.EqualFold(r, name) }) {
			return false
		}
	}
	return true
}

// String says the fact in words.
func (f Fact) String() string {
	switch {
	case f.Outcome == cors.Readable:
		return "The script can read the answer"
	case f.Outcome != "":
		return fmt.Sprintf("What the script gets is %s", f.Outcome)
	case len(f.Sent) == 0 && f.Sent != nil:
		return "Nothing is sent"
	case f.Sent != nil:
		return "The server receives " + strings.Join(f.Sent, ", then ") + " and nothing else"
	}
	return "The script can read the header " + strings.Join(f.Shows, " and ")
}

// Solved reports whether every line of the goal holds in one run.
func (s *Scenario) Solved(seen Observed) bool {
	return !slices.ContainsFunc(s.Goal, func(f Fact) bool { return !f.Holds(seen) })
}
