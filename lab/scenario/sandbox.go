package scenario

import (
	"fmt"

	"corslab/lab/origin"
	"corslab/lab/policy"
)

// SandboxID is the ID of the sandbox that starts with a plain request. A sandbox that
// starts like a scenario has the scenario's ID, a slash and this.
const SandboxID = "sandbox"

// NewSandbox returns the sandbox that starts with a plain request and a plain response.
func NewSandbox() *Scenario {
	plain := &Scenario{ID: SandboxID, Title: "A plain request", Script: UsualScript(KindFetch), Policy: policy.Usual()}
	plain.Script.URL = "{api}/messages"
	return plain.unlocked()
}

// Sandbox returns a sandbox that starts like the scenario. The learner can set
// everything, and there is nothing to solve. Others send what they send in the
// scenario.
func (s *Scenario) Sandbox() *Scenario {
	sandbox := s.unlocked()
	sandbox.ID = s.ID + "/" + SandboxID
	return sandbox
}

// unlocked returns the scenario with everything open to change and nothing to solve.
func (s *Scenario) unlocked() *Scenario {
	sandbox := *s
	sandbox.Began = s
	sandbox.Goal, sandbox.Hints, sandbox.Solutions, sandbox.Wrong = nil, nil, nil, nil
	sandbox.Change = []Changeable{ChangeablePolicy, ChangeableScript, InputVia.Changeable()}
	return &sandbox
}

// Unshaped returns a sandbox in its original shape, and any other scenario unchanged.
func (s *Scenario) Unshaped() *Scenario {
	if !s.IsSandbox() {
		return s
	}
	sandbox := s.Began.unlocked()
	sandbox.ID = s.ID
	return sandbox
}

// IsSandbox reports whether the learner can set everything in the scenario.
func (s *Scenario) IsSandbox() bool { return s.Began != nil }

// Open is Take for an attempt that may have a shape, which only a sandbox accepts. It
// returns the scenario in that shape.
func (s *Scenario) Open(submitted Attempt, o origin.Set) (*Scenario, Attempt, Faults) {
	if submitted.Shape == nil {
		attempt, faults := s.Take(submitted, o)
		return s, attempt, faults
	}
	var faults Faults
	if routes := len(submitted.Shape.Routes); routes != len(submitted.Policy.Routes) || routes > policy.MaxRoutes {
		faults = Faults{{Field{Section: SectionPolicy}, fmt.Sprintf("found %d places and answers for %d; want as many, and at most %d", routes, len(submitted.Policy.Routes), policy.MaxRoutes)}}
		return s, s.Start(o), faults
	}
	shaped := s.shaped(submitted, func(at Field, format string, args ...any) {
		faults = append(faults, Fault{at, fmt.Sprintf(format, args...)})
	})
	attempt, more := shaped.Take(submitted, o)
	if len(faults) > 0 && s.IsSandbox() {
		attempt.Shape = submitted.Shape.shorten()
	}
	return shaped, attempt, append(faults, more...)
}

// shaped gives s the valid parts of the submitted shape.
func (s *Scenario) shaped(submitted Attempt, fault faultFunc) *Scenario {
	if !s.IsSandbox() {
		fault(Field{Section: SectionShape}, "this scenario does not let it be changed")
		return s
	}
	shape := submitted.Shape.validOr(*s.shape(), fault)
	shaped := *s
	shaped.Script = shape.script(s.Script)
	shaped.Policy = shape.policy(submitted.Policy)
	return &shaped
}

// policy is an empty policy with the routes of the shape, and with the account, cache
// and front of the submitted one.
func (h Shape) policy(submitted policy.Policy) policy.Policy {
	p := policy.Usual()
	p.Account, p.Cache = submitted.Account, submitted.Cache
	for _, address := range h.Routes {
		p.Routes = append(p.Routes, policy.Route{URL: address.String(), Preflight: p.Preflight, Response: p.Response})
	}
	if submitted.Front != nil {
		p.Front = &policy.Front{}
	}
	return p
}
