// Package scenario has the lessons of the lab. A [Scenario] is a script that makes a
// request, the policy of the API that responds, what the first Send shows, and a goal.
// An [Attempt] is a scenario as one learner has set it. A sandbox is a scenario in
// which everything can be set.
//
// The package reads no files, and it knows neither HTTP servers nor HTML. Package
// format reads and writes the files of scenarios, and package library reads folders of
// them.
package scenario

import (
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// Scenario is one scenario file, checked.
type Scenario struct {
	ID       string   // the file's name without digits in front and without ending
	File     string   // where it was read, for messages
	Revision string   // of the file, in a library: it changes with the file
	Title    string   // one line
	Track    string   // the group it belongs to
	Needs    []string // the IDs of those that a learner should have solved before
	Minutes  int      // how long it takes; 0 where the file does not say
	Covers   []string // rows of the lists of cases: S01, P23
	Story    string   // Markdown

	Script Script        // the request that the page makes
	Others []Sender      // what others send in the same run
	Policy policy.Policy // what the API answers before the learner changes anything
	Change []string      // what the learner may change, of Changeable

	Expect Expect // what happens at the first Send
	Goal   []Fact // what counts as solved; all must hold in one run; none only in a sandbox
	Hints  []string

	Pictures map[string]Picture // in the story and the hints, by name, of a scenario in a library

	Solutions []Change // each one solves it; none only in a sandbox
	Wrong     []Change // none of these solves it

	Began *Scenario // of a sandbox: as what it began; else nil
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

// Allows reports whether the learner may change the named part, which is one
// of [Changeable]. The way to the API is fixed where it is not named.
func (s *Scenario) Allows(part string) bool {
	if word, ok := strings.CutPrefix(part, "script."); ok && !s.Script.Has(word) {
		return false
	}
	for _, allowed := range s.Change {
		if allowed == part || (allowed == "script" && part != "policy" && part != "script.via") {
			return true
		}
	}
	return false
}

// APIs lists the API origins that the scenario's requests can reach, that of
// the script first.
func (s *Scenario) APIs(o origin.Set) []string {
	apis := []string{s.Script.API(o)}
	for _, route := range s.Policy.Routes {
		apis = append(apis, apiOf(route.URL, o))
	}
	for _, part := range s.Others {
		apis = append(apis, part.Script.API(o))
	}
	return phrase.Unique(apis...)
}

// Computes reports whether values of the policy can be made by rules: whether
// the scenario, a solution or a wrong answer has one, or all can be set.
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

// Changeable lists the parts of a scenario that its key "change" can open to
// the learner. "script" opens all parts that the script's kind has, except for the way
// to the API.
func Changeable() []string {
	parts := []string{"policy", "script", "script.headers"}
	for _, t := range settable {
		parts = append(parts, t.Part())
	}
	return parts
}
