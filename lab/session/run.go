package session

import (
	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// Run is one press of Send: one call after the other, of which most scenarios
// have just one.
type Run struct {
	Number  int  // from 1, in the session
	Segment int  // the run in the URL; another run's where the URL is pinned
	Call    Call // the one under way

	change Change
	size   int             // of its attempt, in bytes
	parts  []scenario.Part // that are still to come
	seen   []scenario.Observed
	knows  map[scenario.Caller]known // by caller, what of the account's secrets
	main   Settled                   // the learner's own call, once it is settled
	over   bool
}

// Change is what a run was made with, and how that differs from the run before.
type Change struct {
	Attempt scenario.Attempt
	Since   int // the run that was settled before; 0 for the scenario's start
	Edits   []scenario.Edit
}

// Settled is the end of a call, and of the run where it was the last one.
type Settled struct {
	Role      scenario.Role
	Last      bool
	Report    Report
	Outcome   cors.Outcome
	Script    scenario.Script
	Change    Change // of the learner's own call
	Sent      []Sent // what reached the API, in order
	NeverSent []NeverSent
	Goal      []Met // of the whole run, where it is over
	Solved    bool
	Judged    Judged

	SolvedAnew bool // and the run before did not solve it
	Cut        Cut
}

// Met is one line of the goal and whether it held in the run.
type Met struct {
	Fact scenario.Fact
	Text string
	Held bool
	Seen bool // the one whose fact it is has sent
}

// settle draws the conclusions of the call that is over.
func (r *Run) settle(report Report, sc *scenario.Scenario, o scenario.Origins, a account) Settled {
	c := &r.Call
	settled := Settled{Role: c.Role, Report: report, Outcome: c.outcome(report), Script: c.Script, Sent: c.sent}
	settled.NeverSent = c.neverSent(settled.Outcome)
	if c.Role == scenario.Main {
		settled.Change = r.change
	}
	r.seen = append(r.seen, c.observed(report, a.balance))
	r.knows[c.Script.From] = r.knows[c.Script.From].learn(a, report.Body)
	if len(r.parts) > 0 && (r.parts[0].Role != scenario.Attack || sc.Works(r.seen)) {
		return settled
	}
	r.over, settled.Last = true, true
	for _, fact := range sc.Goal {
		settled.Goal = append(settled.Goal, Met{fact, fact.Text(o), fact.Holds(r.seen), fact.Seen(r.seen)})
	}
	settled.Solved = sc.Solved(r.seen)
	return settled
}

// remnant is the part of a settled call that a scenario file can refer to.
func (s Settled) remnant() Settled {
	brief := func(v cors.Verdict) cors.Verdict {
		return cors.Verdict{Engine: v.Engine, Outcome: v.Outcome, Cause: v.Cause, Stage: v.Stage}
	}
	left := Settled{Outcome: s.Outcome, Judged: Judged{Verdict: brief(s.Judged.Verdict)}}
	for _, other := range s.Judged.Others {
		left.Judged.Others = append(left.Judged.Others, brief(other))
	}
	return left
}

// release frees what only a run in progress needs.
func (r *Run) release() {
	for i, seen := range r.seen {
		r.seen[i] = scenario.Observed{Role: seen.Role, Sent: seen.Sent}
	}
	r.change.Edits = nil
	r.Call.given, r.Call.bytes, r.Call.cookies, r.knows = nil, 0, nil, nil
}
