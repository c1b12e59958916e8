package session

import (
	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario"
)

// Run is one press of Send: a series of calls. Most scenarios have just one.
type Run struct {
	Number  int  // from 1, in the session
	Segment int  // the run's number in the URL; an earlier run's if the URL is pinned
	Call    Call // the call in progress
}

// run is a run with what the session knows of it. Callers get a [Run] instead, because
// the session goes on changing this one.
type run struct {
	number   int
	segment  int
	call     call
	change   Change
	size     int               // of its attempt, in bytes
	pending  []scenario.Sender // the senders that haven't sent yet
	observed []scenario.Observed
	secrets  map[scenario.Caller]secrets // that each caller has read
	main     Settled                     // the learner's own call, once it is settled
	over     bool
}

// Change is the attempt that a run was made with, and how it differs from the run
// before.
type Change struct {
	Attempt scenario.Attempt
	Since   int // the last settled run before this one; 0 for the scenario's start
	Edits   []scenario.Edit
}

// Settled is the end of a call, and of the run if it was the last one.
type Settled struct {
	Role      scenario.Role
	Last      bool
	Report    Report
	Outcome   cors.Outcome
	Script    scenario.Script
	Change    Change // of the learner's own call
	Sent      []Sent // the requests that reached the API, in order
	NeverSent []NeverSent
	Goal      []Met // of the whole run, if it is over
	Solved    bool
	Judged    Judged

	NewlySolved bool // solved, and the run before didn't solve it
	Cut         Cut
}

// Met is one line of the goal and whether it held in the run.
type Met struct {
	Fact scenario.Fact
	Text string
	Held bool
	Seen bool // the caller that the fact is about has sent something
}

// shown is the run as callers see it.
func (r *run) shown() Run { return Run{Number: r.number, Segment: r.segment, Call: r.call.Call} }

// settle works out the results of the finished call.
func (r *run) settle(report Report, sc *scenario.Scenario, o origin.Set, b *backend.Backend) Settled {
	c := &r.call
	settled := Settled{Role: c.Role, Report: report, Outcome: c.outcome(report), Script: c.Script, Sent: c.sent}
	settled.NeverSent = c.neverSent(settled.Outcome)
	if c.Role == scenario.Main {
		settled.Change = r.change
	}
	r.observed = append(r.observed, c.observed(report, b.Balance()))
	r.secrets[c.Script.From] = r.secrets[c.Script.From].read(b.Secrets(), report.Body)
	if len(r.pending) > 0 && (r.pending[0].Role != scenario.Attack || sc.Works(r.observed)) {
		return settled
	}
	r.over, settled.Last = true, true
	for _, fact := range sc.Goal {
		settled.Goal = append(settled.Goal, Met{fact, fact.Text(o), fact.Holds(r.observed), fact.Seen(r.observed)})
	}
	settled.Solved = sc.Solved(r.observed)
	return settled
}

// brief is the part of a settled call that a scenario file can mention.
func (s Settled) brief() Settled {
	short := func(v cors.Verdict) cors.Verdict {
		return cors.Verdict{Engine: v.Engine, Outcome: v.Outcome, Cause: v.Cause, Stage: v.Stage}
	}
	brief := Settled{Outcome: s.Outcome, Judged: Judged{Verdict: short(s.Judged.Verdict)}}
	for _, other := range s.Judged.Others {
		brief.Judged.Others = append(brief.Judged.Others, short(other))
	}
	return brief
}

// release frees what only a run in progress needs.
func (r *run) release() {
	for i, observed := range r.observed {
		r.observed[i] = scenario.Observed{Role: observed.Role, Sent: observed.Sent}
	}
	r.change.Edits = nil
	r.call.responses, r.call.bytes, r.call.cookies, r.secrets = nil, 0, nil, nil
}
