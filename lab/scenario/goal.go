package scenario

import (
	"fmt"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/origin"
)

// Fact is one line of a goal: something that can be observed in a run. Exactly one of
// Outcome, Sent, Shows, Cookies and Balance is set.
type Fact struct {
	Caller  Caller       // the caller that it is about, or "" for the learner's own script
	Outcome cors.Outcome // what the script got
	Sent    []string     // the methods that reached the API, in order
	Shows   []string     // response headers that the script can read
	Cookies []string     // the cookies that came with the request, by name
	Balance *int         // the account's balance when all have sent
	Because string       // why it must be so, shown if it doesn't hold
}

// Observed is what was observed of one script in a run.
type Observed struct {
	Role     Role
	Caller   Caller
	Outcome  cors.Outcome
	Sent     []string // methods that reached the API, in order
	Readable []string // names of the headers that the script could read
	Cookies  []string // names of the cookies that came with the last request, in order
	Balance  int      // the account's balance afterwards
}

// Holds reports whether the fact is true of what was observed in a run. If a caller
// sent several times, only the last time counts.
func (f Fact) Holds(seen []Observed) bool {
	o, sent := f.of(seen)
	return sent && f.holds(o)
}

// Seen reports whether the caller that the fact is about has sent something.
func (f Fact) Seen(seen []Observed) bool {
	_, sent := f.of(seen)
	return sent
}

func (f Fact) of(seen []Observed) (Observed, bool) {
	for _, o := range slices.Backward(seen) {
		if f.Balance != nil {
			return o, true
		}
		if f.Caller == "" && o.Role == Main || f.Caller != "" && f.Caller == o.Caller {
			return o, true
		}
	}
	return Observed{}, false
}

func (f Fact) holds(seen Observed) bool {
	switch {
	case f.Outcome != "":
		return seen.Outcome == f.Outcome
	case f.Sent != nil:
		return slices.Equal(seen.Sent, f.Sent)
	case f.Balance != nil:
		return seen.Balance == *f.Balance
	case f.Cookies != nil:
		return slices.Equal(slices.Sorted(slices.Values(seen.Cookies)), slices.Sorted(slices.Values(f.Cookies)))
	}
	for _, name := range f.Shows {
		if !slices.ContainsFunc(seen.Readable, func(r string) bool { return strings.EqualFold(r, name) }) {
			return false
		}
	}
	return true
}

// Text says the fact in words.
func (f Fact) Text(o origin.Set) string {
	script := "The script"
	if f.Caller != "" {
		script = "A page of " + f.Caller.Origin(o)
	}
	switch {
	case f.Outcome == cors.Readable:
		return script + " can read the answer"
	case f.Outcome == cors.Blocked:
		return script + " cannot read the answer"
	case f.Outcome != "":
		return fmt.Sprintf("%s gets an answer that is %s", script, f.Outcome)
	case f.Sent != nil:
		return f.sentText(o)
	case f.Balance != nil:
		return fmt.Sprintf("%d is left in the account", *f.Balance)
	case f.Cookies != nil && len(f.Cookies) == 0:
		return "No cookie comes with the request"
	case f.Cookies != nil:
		return "The request comes with the cookie " + strings.Join(f.Cookies, " and ")
	}
	return script + " can read the header " + strings.Join(f.Shows, " and ")
}

func (f Fact) sentText(o origin.Set) string {
	whose := ""
	if f.Caller != "" {
		whose = " from a page of " + f.Caller.Origin(o)
	}
	if len(f.Sent) == 0 {
		return "Nothing is sent" + whose
	}
	return "The server receives " + strings.Join(f.Sent, ", then ") + " and nothing else" + whose
}

// GoalOutcome is the outcome with which the goal begins, or "" if it begins with another fact.
func (s *Scenario) GoalOutcome() cors.Outcome {
	if len(s.Goal) == 0 {
		return ""
	}
	return s.Goal[0].Outcome
}

// Solved reports whether every line of the goal holds in one run; a sandbox has
// none, and is never solved.
func (s *Scenario) Solved(seen []Observed) bool {
	return len(s.Goal) > 0 && !slices.ContainsFunc(s.Goal, func(f Fact) bool { return !f.Holds(seen) })
}

// Works reports whether the whole goal holds except for the facts about attackers,
// which haven't sent yet.
func (s *Scenario) Works(seen []Observed) bool {
	return !slices.ContainsFunc(s.Goal, func(f Fact) bool { return !s.attacks(f.Caller) && !f.Holds(seen) })
}
