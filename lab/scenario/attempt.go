package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// Attempt is a scenario as one learner has set it: the script and the policy of the
// next run.
type Attempt struct {
	Shape  *Shape        `json:"shape,omitempty"` // nil except in a sandbox
	Script Script        `json:"script"`
	Policy policy.Policy `json:"policy"`
}

// Fault is one thing in an attempt that isn't valid.
type Fault struct {
	Field   Field
	Message string
}

// Faults is the list of all faults of an attempt.
type Faults []Fault

// String joins the faults to one line.
func (f Faults) String() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Field.String() + ": " + fault.Message
	}
	return strings.Join(lines, "; ")
}

// At returns the message of the fault in a field, or "".
func (f Faults) At(field Field) string {
	for _, fault := range f {
		if fault.Field == field {
			return fault.Message
		}
	}
	return ""
}

// Start returns the attempt that a learner starts with: the scenario's script and
// policy, with placeholders replaced and with the usual rows to switch on.
func (s *Scenario) Start(o origin.Set) Attempt {
	start := Attempt{Script: s.Script, Policy: s.Policy.Expand(o).Offer(s.Script.From.Origin(o), s.Script.URL)}
	start.Script.Headers = policy.ExpandHeaders(s.Script.Headers, o)
	if s.IsSandbox() {
		start.Shape = s.shape()
	}
	return start
}

// With returns the attempt that a solution or a wrong answer describes.
func (s *Scenario) With(change Change, o origin.Set) Attempt {
	start := s.Start(o)
	change.Script.Headers = policy.ExpandHeaders(change.Script.Headers, o)
	return Attempt{
		Shape:  start.Shape,
		Script: start.Script.Merge(change.Script),
		Policy: start.Policy.With(change.Policy.Expand(o)),
	}
}

// Take checks what a learner submits and fills in what the scenario fixes. If there are
// faults, the attempt must not be put in force. It is returned anyway, so that the page
// can show the input next to the faults.
func (s *Scenario) Take(submitted Attempt, o origin.Set) (Attempt, Faults) {
	if excess := submitted.Excess(); excess != "" {
		return s.Start(o), Faults{{Field{Section: SectionAttempt}, excess}}
	}
	attempt, faults := s.take(submitted, o)
	if excess := attempt.Excess(); excess != "" { // now with placeholders replaced
		return s.Start(o), Faults{{Field{Section: SectionAttempt}, excess}}
	}
	return attempt, faults
}

// take is Take for an attempt within the bounds.
func (s *Scenario) take(submitted Attempt, o origin.Set) (Attempt, Faults) {
	var faults Faults
	fault := func(at Field, format string, args ...any) {
		faults = append(faults, Fault{at, fmt.Sprintf(format, args...)})
	}
	start := s.Start(o)
	attempt := Attempt{Shape: start.Shape, Script: start.Script}
	if s.IsSandbox() {
		submitted.Script = s.Script.only(submitted.Script)
	}
	submitted.Script.Headers = limit(submitted.Script.Headers, Field{Section: SectionScript}, fault)
	s.takeScript(&attempt.Script, submitted.Script, o, fault)
	attempt.Policy = s.takePolicy(submitted.Policy, start.Policy, o, fault)
	if len(faults) > 0 {
		attempt.Script.Headers = shorten(attempt.Script.Headers)
		attempt.Policy = attempt.Policy.MapHeaders(func(_ policy.Group, headers []policy.Header) []policy.Header { return shorten(headers) })
	}
	return attempt, faults
}

// takePolicy checks a policy that was submitted. The addresses of its routes come from
// the scenario.
func (s *Scenario) takePolicy(submitted, start policy.Policy, o origin.Set, fault faultFunc) policy.Policy {
	if len(submitted.Routes) != len(start.Routes) {
		fault(Field{Section: SectionPolicy}, "found %d places with answers of their own; want %d", len(submitted.Routes), len(start.Routes))
		return start
	}
	if (submitted.Front == nil) != (start.Front == nil) {
		fault(Field{Section: SectionPolicy}, "found a proxy in front where this scenario has none, or none where it has one")
		return start
	}
	allowed := submitted.MapHeaders(func(g policy.Group, headers []policy.Header) []policy.Header {
		return limit(headers, InReply(g, ""), fault)
	}).Expand(o)
	for i := range allowed.Routes {
		allowed.Routes[i].URL = start.Routes[i].URL
	}
	if s.IsSandbox() {
		allowed = allowed.Offer(s.Script.From.Origin(o), s.Script.URL)
	}
	takeSurroundings(&allowed, submitted, start, fault)
	if !s.Allows(ChangeablePolicy) && !samePolicy(allowed, start) {
		fault(Field{Section: SectionPolicy}, "this scenario does not let it be changed")
	}
	for _, g := range allowed.Groups() {
		checkReply(allowed.Reply(g), g, o, fault)
	}
	if g, row, found := allowed.CookieTooMany(); found {
		fault(InReply(g, "").AtRow(row), "%s", allowed.CookieExcess())
	}
	return allowed
}

// shorten cuts texts just beyond their bounds, so that it costs little to show them,
// and so that they are still too long.
func shorten(headers []policy.Header) []policy.Header {
	short := slices.Clone(headers)
	for i := range short {
		short[i].Name = phrase.FirstRunes(short[i].Name, policy.MaxHeaderName+1)
		short[i].Value = phrase.FirstRunes(short[i].Value, policy.MaxHeaderValue+1)
	}
	return short
}

type faultFunc func(at Field, format string, args ...any)

func (s *Scenario) takeScript(script *Script, submitted Script, o origin.Set, fault faultFunc) {
	for _, t := range settable {
		s.takeSetting(script, submitted, t, fault)
	}
	if submitted.Headers == nil {
		return
	}
	headers := policy.ExpandHeaders(submitted.Headers, o)
	if !s.Allows(InputHeaders.Changeable()) && !slices.Equal(headers, script.Headers) {
		fault(Field{Section: SectionScript, Input: InputHeaders}, "this scenario does not let them be changed")
		return
	}
	script.Headers = headers
	checkHeaders(headers, Field{Section: SectionScript}, policy.Header.Check, fault)
}

// takeSetting sets one setting of the script to the submitted value.
func (s *Scenario) takeSetting(script *Script, submitted Script, t Setting, fault faultFunc) {
	switch value, known := t.Raw(submitted), t.Words(script.Kind); {
	case value == "" || value == t.Of(*script):
	case !s.Allows(t.Changeable()):
		fault(t.Field(), "%s: this scenario does not let it be changed from %q", phrase.Brief(value), t.Of(*script))
	case known == nil && policy.CheckName(value) != "":
		fault(t.Field(), "%s is not a method name", phrase.Brief(value))
	case known != nil && !slices.Contains(known, value):
		fault(t.Field(), "%s is unknown; want %s", phrase.Brief(value), phrase.OneOf(known))
	default:
		t.Set(script, value)
	}
}

func checkReply(reply policy.Reply, g policy.Group, o origin.Set, fault faultFunc) {
	if (reply.Status < 200 || reply.Status > 599) && g.Kind != policy.InFront {
		fault(InReply(g, InputStatus), "%d: want a number from 200 to 599", reply.Status)
	}
	if reply.Delay < 0 || reply.Delay > policy.MaxDelay {
		fault(InReply(g, InputDelay), "%d: want milliseconds, 0 to %d", reply.Delay, policy.MaxDelay)
	}
	check := func(h policy.Header) string { return h.CheckSettable(o) }
	checkHeaders(reply.Headers, InReply(g, ""), check, fault)
}

// limit drops the rows beyond the bound, so that showing refused input costs no more
// than showing a valid attempt.
func limit(headers []policy.Header, in Field, fault faultFunc) []policy.Header {
	if len(headers) <= policy.MaxHeaders {
		return headers
	}
	fault(in, "%d headers, at most %d are allowed", len(headers), policy.MaxHeaders)
	return headers[:policy.MaxHeaders]
}

func checkHeaders(headers []policy.Header, in Field, check func(policy.Header) string, fault faultFunc) {
	for i, h := range headers {
		if message := check(h); message != "" {
			fault(in.AtRow(i), "%s", message)
		}
	}
}

// takeSurroundings checks the policy's account and cache.
func takeSurroundings(p *policy.Policy, submitted, start policy.Policy, fault faultFunc) {
	if (submitted.Account == nil) != (start.Account == nil) {
		fault(Field{Section: SectionPolicy}, "found an account where this scenario has none, or none where it has one")
		p.Account = start.Account
	}
	if p.Account != nil && !slices.Contains(policy.SameSites(), p.Account.SameSite) {
		fault(Field{Section: SectionAccount, Input: InputSameSite}, "%s is unknown; want %s", phrase.Brief(string(p.Account.SameSite)), phrase.OneOf(policy.SameSites()))
		p.Account = start.Account
	}
	switch {
	case (submitted.Cache == "") != (start.Cache == ""):
		fault(Field{Section: SectionPolicy}, "found a cache where this scenario has none, or none where it has one")
		p.Cache = start.Cache
	case p.Cache != "" && !slices.Contains(policy.Caches(), p.Cache):
		fault(Field{Section: SectionCache}, "%s is unknown; want %s", phrase.Brief(string(p.Cache)), phrase.OneOf(policy.Caches()))
		p.Cache = start.Cache
	}
}

func samePolicy(a, b policy.Policy) bool {
	if a.Cache != b.Cache || !reflect.DeepEqual(a.Account, b.Account) {
		return false
	}
	return slices.EqualFunc(a.Groups(), b.Groups(), func(inA, inB policy.Group) bool {
		return inA == inB && sameReply(a.Reply(inA), b.Reply(inB))
	})
}

func sameReply(a, b policy.Reply) bool {
	sameHeaders := slices.Equal(a.Headers, b.Headers)
	a.Headers, b.Headers = nil, nil
	return sameHeaders && reflect.DeepEqual(a, b)
}
