package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"corslab/lab/internal/phrase"
)

// Attempt is a scenario as one learner has set it: the script and the policy
// with which the next run is made.
type Attempt struct {
	Shape  *Shape `json:"shape,omitempty"` // nil but in a sandbox
	Script Script `json:"script"`
	Policy Policy `json:"policy"`
}

// Fault is one thing in an attempt that cannot be.
type Fault struct {
	Place   string // "response:3" is the fourth header row there; "script.mode" a part
	Message string
}

// Faults is the list of all faults of an attempt.
type Faults []Fault

// String joins the faults to one line.
func (f Faults) String() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Place + ": " + fault.Message
	}
	return strings.Join(lines, "; ")
}

// At returns the message of the fault at place, or "".
func (f Faults) At(place string) string {
	for _, fault := range f {
		if fault.Place == place {
			return fault.Message
		}
	}
	return ""
}

// RowPlace names the i-th row of a group, as [Fault.Place] does. A group is one
// of the policy's, or "script".
func RowPlace(group string, i int) string { return group + ":" + strconv.Itoa(i) }

// Start returns the attempt with which a learner begins: the scenario's script
// and policy, placeholders replaced, the usual rows at hand.
func (s *Scenario) Start(o Origins) Attempt {
	start := Attempt{Script: s.Script, Policy: s.Policy.expand(o).offer(s.Script, o)}
	start.Script.Headers = expandHeaders(s.Script.Headers, o)
	if s.IsSandbox() {
		start.Shape = s.shape()
	}
	return start
}

// With returns the attempt that a solution or a wrong answer describes.
func (s *Scenario) With(change Change, o Origins) Attempt {
	start := s.Start(o)
	change.Script.Headers = expandHeaders(change.Script.Headers, o)
	return Attempt{
		Shape:  start.Shape,
		Script: start.Script.Merge(change.Script),
		Policy: start.Policy.with(change.Policy.expand(o)),
	}
}

// Take checks what a learner hands over and completes it with what the
// scenario fixes. Where there are faults the attempt must not be put in force;
// it is returned so that what was written can be shown beside what is wrong.
func (s *Scenario) Take(handed Attempt, o Origins) (Attempt, Faults) {
	if excess := handed.Excess(); excess != "" {
		return s.Start(o), Faults{{WholeAttempt, excess}}
	}
	attempt, faults := s.take(handed, o)
	if excess := attempt.Excess(); excess != "" { // with placeholders replaced
		return s.Start(o), Faults{{WholeAttempt, excess}}
	}
	return attempt, faults
}

// take is Take for an attempt within the bounds.
func (s *Scenario) take(handed Attempt, o Origins) (Attempt, Faults) {
	var faults Faults
	fault := func(place, format string, args ...any) {
		faults = append(faults, Fault{place, fmt.Sprintf(format, args...)})
	}
	start := s.Start(o)
	attempt := Attempt{Shape: start.Shape, Script: start.Script}
	if s.IsSandbox() {
		handed.Script = s.Script.only(handed.Script)
	}
	handed.Script.Headers = limit(handed.Script.Headers, "script", fault)
	s.takeScript(&attempt.Script, handed.Script, o, fault)
	attempt.Policy = s.takePolicy(handed.Policy, start.Policy, o, fault)
	if len(faults) > 0 {
		attempt.Script.Headers = shorten(attempt.Script.Headers)
		attempt.Policy = attempt.Policy.mapHeaders(func(_ string, headers []Header) []Header { return shorten(headers) })
	}
	return attempt, faults
}

// takePolicy checks a policy that is handed over; the places that it answers
// at are the scenario's.
func (s *Scenario) takePolicy(handed, start Policy, o Origins, fault faultFunc) Policy {
	if len(handed.Routes) != len(start.Routes) {
		fault("policy", "found %d places with answers of their own; want %d", len(handed.Routes), len(start.Routes))
		return start
	}
	if (handed.Front == nil) != (start.Front == nil) {
		fault("policy", "found a proxy in front where this scenario has none, or none where it has one")
		return start
	}
	policy := handed.mapHeaders(func(group string, headers []Header) []Header { return limit(headers, group, fault) }).expand(o)
	for i := range policy.Routes {
		policy.Routes[i].URL = start.Routes[i].URL
	}
	if s.IsSandbox() {
		policy = policy.offer(s.Script, o)
	}
	policy.takeAround(handed, start, fault)
	if !s.Allows("policy") && !samePolicy(policy, start) {
		fault("policy", "this scenario does not let it be changed")
	}
	for _, group := range policy.Groups() {
		checkAnswer(policy.Reply(group), group, o, fault)
	}
	if group, row := policy.cookieTooMany(); group != "" {
		fault(RowPlace(group, row), "%s", tooManyCookies)
	}
	return policy
}

// shorten cuts texts just beyond their bounds, so that showing what is refused
// costs little and it stays refused.
func shorten(headers []Header) []Header {
	short := slices.Clone(headers)
	for i := range short {
		short[i].Name = firstRunes(short[i].Name, MaxHeaderName+1)
		short[i].Value = firstRunes(short[i].Value, MaxHeaderValue+1)
	}
	return short
}

func firstRunes(text string, n int) string {
	for at := range text {
		if n--; n < 0 {
			return text[:at]
		}
	}
	return text
}

type faultFunc func(place, format string, args ...any)

func (s *Scenario) takeScript(script *Script, handed Script, o Origins, fault faultFunc) {
	for _, t := range Settable() {
		s.takeSetting(script, handed, t, fault)
	}
	if handed.Headers == nil {
		return
	}
	headers := expandHeaders(handed.Headers, o)
	if !s.Allows("script.headers") && !slices.Equal(headers, script.Headers) {
		fault("script.headers", "this scenario does not let them be changed")
		return
	}
	script.Headers = headers
	checkHeaders(headers, "script", Header.Check, fault)
}

// takeSetting sets one setting of the script as handed says.
func (s *Scenario) takeSetting(script *Script, handed Script, t Setting, fault faultFunc) {
	switch value, known := t.Said(handed), t.Words(script.Kind); {
	case value == "" || value == t.Of(*script):
	case !s.Allows(t.Part()):
		fault(t.Part(), "%s: this scenario does not let it be changed from %q", phrase.Brief(value), t.Of(*script))
	case known == nil && CheckName(value) != "":
		fault(t.Part(), "%s is not a method name", phrase.Brief(value))
	case known != nil && !slices.Contains(known, value):
		fault(t.Part(), "%s is unknown; want %s", phrase.Brief(value), phrase.OneOf(known))
	default:
		t.Set(script, value)
	}
}

func checkAnswer(answer Reply, group string, o Origins, fault faultFunc) {
	if (answer.Status < 200 || answer.Status > 599) && group != "front" {
		fault(group+".status", "%d: want a number from 200 to 599", answer.Status)
	}
	if answer.Delay < 0 || answer.Delay > MaxDelay {
		fault(group+".delay", "%d: want milliseconds, 0 to %d", answer.Delay, MaxDelay)
	}
	check := func(h Header) string { return h.CheckSettable(o) }
	checkHeaders(answer.Headers, group, check, fault)
}

// limit drops what is beyond the bound, so that showing what was handed over
// costs no more than an attempt that is taken.
func limit(headers []Header, group string, fault faultFunc) []Header {
	if len(headers) <= MaxHeaders {
		return headers
	}
	fault(group, "%d headers, at most %d are allowed", len(headers), MaxHeaders)
	return headers[:MaxHeaders]
}

func checkHeaders(headers []Header, group string, check func(Header) string, fault faultFunc) {
	for i, h := range headers {
		if message := check(h); message != "" {
			fault(RowPlace(group, i), "%s", message)
		}
	}
}

// takeAround checks what stands around the answers: the account, the cache.
func (p *Policy) takeAround(handed, start Policy, fault faultFunc) {
	if (handed.Account == nil) != (start.Account == nil) {
		fault("policy", "found an account where this scenario has none, or none where it has one")
		p.Account = start.Account
	}
	if p.Account != nil && !slices.Contains(SameSites(), p.Account.SameSite) {
		fault("account.same_site", "%s is unknown; want %s", phrase.Brief(string(p.Account.SameSite)), phrase.OneOf(SameSites()))
		p.Account = start.Account
	}
	switch {
	case (handed.Cache == "") != (start.Cache == ""):
		fault("policy", "found a cache where this scenario has none, or none where it has one")
		p.Cache = start.Cache
	case p.Cache != "" && !slices.Contains(Caches(), p.Cache):
		fault("cache", "%s is unknown; want %s", phrase.Brief(string(p.Cache)), phrase.OneOf(Caches()))
		p.Cache = start.Cache
	}
}

func samePolicy(a, b Policy) bool {
	if a.Cache != b.Cache || !reflect.DeepEqual(a.Account, b.Account) {
		return false
	}
	return slices.EqualFunc(a.Groups(), b.Groups(), func(groupA, groupB string) bool {
		return groupA == groupB && sameAnswer(a.Reply(groupA), b.Reply(groupB))
	})
}

func sameAnswer(a, b Reply) bool {
	sameHeaders := slices.Equal(a.Headers, b.Headers)
	a.Headers, b.Headers = nil, nil
	return sameHeaders && reflect.DeepEqual(a, b)
}
