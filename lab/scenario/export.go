package scenario

import (
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// Export returns a draft of a scenario that starts with the attempt. It keeps what
// other senders do in s, and writes origins as placeholders again. The author must
// replace its title, track and story. Its goal is that the script can read the
// response, or gets one if it could never read any. Its solution is the CORS permission
// for that. The draft leaves out everything else that s has, such as hints. The attempt
// must have no faults.
func (s *Scenario) Export(a Attempt, expect Expect, o origin.Set) *Scenario {
	draft := &Scenario{
		Title: "My scenario", Track: "My own", Story: "Tell here what happened, and what the learner is to find out.\n",
		Script: collapseScript(a.Script, o), Others: slices.Clone(s.Others), Policy: collapsePolicy(a.withoutOffered(o), o),
		Expect: expect, Goal: []Fact{{Outcome: cors.Readable}},
	}
	if !a.Script.Kind.Reports() {
		draft.Goal[0].Outcome = cors.Opaque
	}
	solution := draft.permission(a.Script, o)
	draft.Solutions = []Change{solution}
	draft.Change = slices.DeleteFunc(Changeables(), func(part Changeable) bool {
		input := part.Input()
		opened := slices.Contains(s.Change, part) || slices.Contains(solution.changeables(), part) && !s.Allows(part)
		return !opened || input != "" && !draft.Script.Has(input)
	})
	return draft
}

// changeables lists what a learner must be allowed to change to make this change.
func (c Change) changeables() (parts []Changeable) {
	if !c.Policy.IsEmpty() {
		parts = append(parts, ChangeablePolicy)
	}
	for _, t := range settable {
		if t.Raw(c.Script) != "" {
			parts = append(parts, t.Changeable())
		}
	}
	if len(c.Script.Headers) > 0 {
		parts = append(parts, InputHeaders.Changeable())
	}
	return parts
}

// collapseScript puts placeholders into a script that is in force. Its URL has them
// already, unless someone changed it.
func collapseScript(s Script, o origin.Set) Script {
	s.Headers = collapseHeaders(s.Headers, o)
	if !strings.HasPrefix(s.URL, "{") {
		s.URL = o.Collapse(s.URL)
	}
	if s.Stream == SwitchOff { // a file can't say that a stream is switched off
		s.Stream = ""
	}
	return s
}

func collapsePolicy(p policy.Policy, o origin.Set) policy.Policy {
	p = p.MapHeaders(func(_ policy.Group, headers []policy.Header) []policy.Header { return collapseHeaders(headers, o) })
	for i := range p.Routes {
		p.Routes[i].URL = o.Collapse(p.Routes[i].URL)
	}
	return p
}

// collapseHeaders leaves out rows without a name, which are never sent.
func collapseHeaders(headers []policy.Header, o origin.Set) []policy.Header {
	var collapsed []policy.Header
	for _, h := range headers {
		if h.Name == "" {
			continue
		}
		h.Own, h.Value = false, o.Collapse(h.Value)
		if !h.Rule.HasArgument() {
			h.Value = ""
		}
		collapsed = append(collapsed, h)
	}
	return collapsed
}

// withoutOffered returns the policy without the unchanged rows that every scenario
// offers.
func (a Attempt) withoutOffered(o origin.Set) policy.Policy {
	nothing := a.Policy.MapHeaders(func(policy.Group, []policy.Header) []policy.Header { return nil })
	offered := nothing.Offer(a.Script.From.Origin(o), a.Script.URL)
	return a.Policy.MapHeaders(func(g policy.Group, headers []policy.Header) []policy.Header {
		usual := offered.Reply(g).Headers
		return slices.DeleteFunc(slices.Clone(headers), func(h policy.Header) bool {
			h.Own = false
			return slices.Contains(usual, h) && count(headers, h.Name) == 1
		})
	})
}

func count(headers []policy.Header, name string) (n int) {
	for _, h := range headers {
		if strings.EqualFold(h.Name, name) {
			n++
		}
	}
	return n
}
