package view

import (
	"fmt"
	"strings"

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
	case *value == "" && e.Header:
		return linkedValue{words: "empty"}
	case *value == "":
		return linkedValue{words: "none"}
	case e.Header:
		return linkedValue{text: cutLong(*value)}
	case e.Name == "from" && *value != "null":
		return linkedValue{text: l.Origins.Of(*value)}
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

// editSubject names the thing that an edit changes.
func editSubject(p policy.Policy, e scenario.Edit) string {
	switch e.In.Section {
	case scenario.SectionReply:
		return replySubject(p, e)
	case scenario.SectionAccount:
		return withName("account", e.Name)
	case scenario.SectionCache:
		return withName("shared cache", e.Name)
	}
	return requestSubject(e)
}

// replySubject is editSubject for a reply of the policy.
func replySubject(p policy.Policy, e scenario.Edit) string {
	in, at := e.In.Group, ""
	if in.Route > 0 && in.Route <= len(p.Routes) {
		at = " at " + p.Routes[in.Route-1].URL
	}
	subject := map[policy.GroupKind]string{policy.Preflight: "preflight response", policy.Response: "response", policy.InFront: "proxy in front"}[in.Kind]
	switch {
	case e.Header && in.Kind == policy.InFront:
		return "header added by the proxy in front, " + e.Name
	case e.Header:
		return subject + " header " + e.Name + at
	case e.Name == "status":
		return subject + " status" + at
	}
	return withName(subject+at, e.Name)
}

// withName adds the name of a part, unless it's the subject itself.
func withName(subject, name string) string {
	if name == subject {
		return subject
	}
	return subject + ", " + name
}

// requestSubject is editSubject for the request.
func requestSubject(e scenario.Edit) string {
	if e.Header {
		return "request header " + e.Name
	}
	named := map[string]string{
		"method": "request method", "kind": "kind of request", "body": "request body", "text of the body": "text of the request body",
		"mode": "request mode", "credentials": "credentials mode", "via": "path to the API", "from": "sent from",
		"redirect": "redirect mode", "same URL each time": "same URL for every Send", "places of their own": "places with responses of their own",
	}
	if name, known := named[e.Name]; known {
		return name
	}
	return e.Name
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
		at.Row = 0
		return editSubject(a.Policy, scenario.Edit{In: at, Name: cutLong(h.Name), Header: true})
	}
	if at.Name == "" {
		return at.String()
	}
	name := strings.ReplaceAll(at.Name, "_", " ")
	switch at.Section {
	case scenario.SectionShape:
		return withName(string(at.Section), name)
	case scenario.SectionRoute:
		subject := string(at.Section)
		if at.Route <= len(a.Policy.Routes) {
			subject += " at " + a.Policy.Routes[at.Route-1].URL
		}
		return withName(subject, name)
	}
	return editSubject(a.Policy, scenario.Edit{In: at.Named(""), Name: name})
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
func viaWords(via scenario.Via) string {
	switch via {
	case scenario.ViaSameOrigin:
		return ", through the proxy on its own origin"
	case scenario.ViaCORS:
		return ", through the CORS proxy"
	}
	return ""
}
