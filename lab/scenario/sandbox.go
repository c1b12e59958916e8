package scenario

import (
	"fmt"

	"corslab/lab/origin"
	"corslab/lab/policy"
)

// SandboxID is the ID of the sandbox that begins with a plain request. That of
// one that begins as a scenario does is the scenario's, "/" and this.
const SandboxID = "sandbox"

// NewSandbox is the sandbox that begins with a plain request, to which the API
// gives a plain answer.
func NewSandbox() *Scenario {
	plain := &Scenario{ID: SandboxID, Title: "A plain request", Script: UsualScript(KindFetch), Policy: policy.Usual()}
	plain.Script.URL = "{api}/messages"
	return plain.unlocked()
}

// Sandbox returns a sandbox that begins as the scenario does: everything can be
// set, and there is nothing to be solved. Others send as they do there.
func (s *Scenario) Sandbox() *Scenario {
	sandbox := s.unlocked()
	sandbox.ID = s.ID + "/" + SandboxID
	return sandbox
}

// unlocked is the scenario with everything to be set and nothing to be solved.
func (s *Scenario) unlocked() *Scenario {
	sandbox := *s
	sandbox.Began = s
	sandbox.Goal, sandbox.Hints, sandbox.Solutions, sandbox.Wrong = nil, nil, nil, nil
	sandbox.Change = []string{"policy", "script", "script.via"}
	return &sandbox
}

// Unshaped returns a sandbox in the shape that it began with, and any other
// scenario as it is.
func (s *Scenario) Unshaped() *Scenario {
	if !s.IsSandbox() {
		return s
	}
	sandbox := s.Began.unlocked()
	sandbox.ID = s.ID
	return sandbox
}

// IsSandbox reports whether everything can be set in the scenario.
func (s *Scenario) IsSandbox() bool { return s.Began != nil }

// Open is Take for a scenario whose shape may be handed over too, which only a
// sandbox's may. It returns the scenario as it is with that shape.
func (s *Scenario) Open(handed Attempt, o origin.Set) (*Scenario, Attempt, Faults) {
	if handed.Shape == nil {
		attempt, faults := s.Take(handed, o)
		return s, attempt, faults
	}
	var faults Faults
	if places := len(handed.Shape.Routes); places != len(handed.Policy.Routes) || places > policy.MaxRoutes {
		faults = Faults{{Field{Section: SectionPolicy}, fmt.Sprintf("found %d places and answers for %d; want as many, and at most %d", places, len(handed.Policy.Routes), policy.MaxRoutes)}}
		return s, s.Start(o), faults
	}
	shaped := s.shaped(handed, func(at Field, format string, args ...any) {
		faults = append(faults, Fault{at, fmt.Sprintf(format, args...)})
	})
	attempt, more := shaped.Take(handed, o)
	if len(faults) > 0 && s.IsSandbox() {
		attempt.Shape = handed.Shape.shorten()
	}
	return shaped, attempt, append(faults, more...)
}

// shaped gives s the sound parts of the shape that is handed over.
func (s *Scenario) shaped(handed Attempt, fault faultFunc) *Scenario {
	if !s.IsSandbox() {
		fault(Field{Section: SectionShape}, "this scenario does not let it be changed")
		return s
	}
	shape := handed.Shape.sound(*s.shape(), fault)
	shaped := *s
	shaped.Script = shape.script(s.Script)
	shaped.Policy = shape.policy(handed.Policy)
	return &shaped
}

// policy is an empty policy with the account, cache, routes and front of the one that
// was sent.
func (h Shape) policy(handed policy.Policy) policy.Policy {
	p := policy.Usual()
	p.Account, p.Cache = handed.Account, handed.Cache
	for _, address := range h.Routes {
		p.Routes = append(p.Routes, policy.Route{URL: address.String(), Preflight: p.Preflight, Response: p.Response})
	}
	if handed.Front != nil {
		p.Front = &policy.Front{}
	}
	return p
}
