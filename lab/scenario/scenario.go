// Package scenario describes lessons. A [Scenario] has a script that makes a request,
// the policy by which the API responds, what should happen, and what counts as solved.
// What a learner has set is an [Attempt].
//
// Package format reads scenarios from files, and package library loads folders of them.
// This package knows neither HTTP servers nor HTML.
package scenario

import (
	"slices"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// Scenario is one scenario file, checked.
type Scenario struct {
	ID       string   // the file's name without leading digits and ending
	File     string   // path of the file, for messages
	Revision string   // of the file, set by a library; changes with the file
	Title    string   // one line
	Track    string   // the track that it belongs to
	Needs    []string // IDs of scenarios that a learner should have solved before
	Minutes  int      // how long it takes; 0 if the file doesn't say
	Covers   []string // rows of the lists of cases: S01, P23
	Story    string   // Markdown

	Script Script        // the request that the page makes
	Others []Sender      // what others send in the same run
	Policy policy.Policy // how the API responds before the learner changes anything
	Change []Changeable  // what the learner may change

	Expect Expect // what happens at the first Send
	Goal   []Fact // what counts as solved; all must hold in one run; none only in a sandbox
	Hints  []string

	Pictures map[string]Picture // in the story and the hints, by name; set by a library

	Solutions []Change // each one solves it; none only in a sandbox
	Wrong     []Change // none of these solves it

	Began *Scenario // how a sandbox began; nil for other scenarios
}

// Expect is what a scenario's first Send shows.
type Expect struct {
	End
	Errors map[cors.Engine]string // per engine, its own name of the failure; may be empty
	Sent   []string               // methods that reach the API, in order; nil where the file does not say
	Others map[cors.Engine]End    // per engine that ends otherwise
}

// End is how a run ends.
type End struct {
	Outcome cors.Outcome
	Cause   cors.Cause // empty unless the outcome is blocked
	Stage   cors.Stage // empty unless the outcome is blocked
}

// For returns how the first run ends in an engine.
func (e Expect) For(engine cors.Engine) End {
	if other, ok := e.Others[engine]; ok {
		return other
	}
	return e.End
}

// APIs lists the API origins that the scenario's requests can reach, the script's
// first.
func (s *Scenario) APIs(o origin.Set) []string {
	apis := []string{s.Script.API(o)}
	for _, route := range s.Policy.Routes {
		apis = append(apis, apiOf(route.URL, o))
	}
	for _, sender := range s.Others {
		apis = append(apis, sender.Script.API(o))
	}
	return phrase.Unique(apis...)
}

// Computes reports whether rules may compute values of the policy: the scenario, a
// solution or a wrong answer has a rule, or the learner can set everything.
func (s *Scenario) Computes() bool {
	if s.IsSandbox() {
		return true
	}
	policies := []policy.Policy{s.Policy}
	for _, c := range slices.Concat(s.Solutions, s.Wrong) {
		policies = append(policies, s.Policy.With(c.Policy))
	}
	return slices.ContainsFunc(policies, policy.Policy.Computes)
}
