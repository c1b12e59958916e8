package view

import (
	"fmt"
	"strings"

	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// LinkedAttempt is what a link sets.
type LinkedAttempt struct {
	Scenario *scenario.Scenario // in the shape that the link gives it
	Attempt  scenario.Attempt
	Origins  origin.Set
}

// shownLines is how many lines of a list are visible before it is unfolded.
const shownLines = 12

// longestLinked bounds a value in the list, in characters.
const longestLinked = 80

// linkedChange is one line of what a link changes.
type linkedChange struct {
	what    string
	is, was linkedValue
}

// linkedValue is a value before or after the change. It has either a text or words
// that describe it.
type linkedValue struct {
	text, words string
}

// changes lists what the link sends differently from the scenario's start.
func (l LinkedAttempt) changes() (list []linkedChange) {
	for _, e := range l.Attempt.Difference(l.Scenario.Unshaped().Start(l.Origins)) {
		list = append(list, linkedChange{
			what: capitalized(editSubject(l.Attempt.Policy, e)),
			is:   l.value(e, e.Is), was: l.value(e, e.Was),
		})
	}
	return list
}

func (l LinkedAttempt) value(e scenario.Edit, value *string) linkedValue {
	switch {
	case value == nil:
		return linkedValue{words: "not sent"}
	case *value == "" && e.Header != "":
		return linkedValue{words: "empty"}
	case *value == "":
		return linkedValue{words: "none"}
	case e.Header != "":
		return linkedValue{text: cutLong(*value)}
	case e.Field == ofShape(scenario.InputFrom):
		return linkedValue{text: scenario.Caller(*value).Origin(l.Origins)}
	}
	return linkedValue{text: cutLong(l.Origins.Expand(*value))}
}

// cutLong shortens a long value, and says how long it is.
func cutLong(value string) string {
	runes := []rune(printable(value))
	if len(runes) <= longestLinked {
		return string(runes)
	}
	return fmt.Sprintf("%s… (%d characters)", string(runes[:longestLinked]), len(runes))
}

// faultLines describes what doesn't fit.
func faultLines(a scenario.Attempt, faults scenario.Faults) (lines []string) {
	for _, f := range faults {
		lines = append(lines, capitalized(faultSubject(a, f.Field))+": "+faultWords(a, f)+".")
	}
	return lines
}

// faultWords returns a fault's message without a final period and without the name of
// its header, because the line begins with that name.
func faultWords(a scenario.Attempt, f scenario.Fault) string {
	message := strings.TrimSuffix(printable(f.Message), ".")
	h, _ := faultyHeader(a, f.Field)
	named := len(h.Name)
	if named == 0 || len(message) <= named || !strings.EqualFold(message[:named], h.Name) {
		return message
	}
	for _, joint := range []string{": ", " can't"} {
		if strings.HasPrefix(message[named:], joint) {
			return strings.TrimLeft(message[named:], ": ")
		}
	}
	return message
}

// faultSubject names the field of a fault.
func faultSubject(a scenario.Attempt, at scenario.Field) string {
	if h, found := faultyHeader(a, at); found {
		return headerSubject(a.Policy, at.InSection(), cutLong(h.Name))
	}
	if at.Input == "" {
		return at.String()
	}
	return subject(a.Policy, at)
}

// faultyHeader returns the header row of a field, if the field is one.
func faultyHeader(a scenario.Attempt, at scenario.Field) (policy.Header, bool) {
	headers := a.Script.Headers
	if at.Section == scenario.SectionReply {
		headers = a.Policy.Reply(at.Group).Headers
	}
	if at.Row < 1 || at.Row > len(headers) {
		return policy.Header{}, false
	}
	return headers[at.Row-1], true
}

// countedChanges says how many changes a list has.
func countedChanges(n int) string {
	if n == 1 {
		return "1 more change"
	}
	return fmt.Sprintf("%d more changes", n)
}

// whatLinkChanges says whether a link changes a sandbox or a scenario.
func whatLinkChanges(s *scenario.Scenario) string {
	if s.IsSandbox() {
		return "This link changes the sandbox."
	}
	return "This link changes the scenario."
}

// instead says which settings the page uses instead of the link's.
func instead(atStart bool) string {
	if atStart {
		return "The page shows the scenario’s initial settings."
	}
	return "Your previous settings are still in force."
}

// viaWords says which proxy a request goes through.
func viaWords(via endpoint.Via) string {
	switch via {
	case endpoint.SameOrigin:
		return ", through the proxy on its own origin"
	case endpoint.CORS:
		return ", through the CORS proxy"
	}
	return ""
}
