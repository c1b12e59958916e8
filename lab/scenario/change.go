package scenario

import (
	"reflect"
	"slices"

	"corslab/lab/policy"
)

// Change is a difference to a scenario's start: a solution or a wrong answer. An empty
// field changes nothing.
type Change struct {
	Script  Script
	Policy  policy.Change
	Sends   int    // how many times to press Send; 1 if the file doesn't say
	Because string // why a wrong answer is wrong
}

// NeedsNothing reports whether one of the scenario's solutions changes nothing, so that
// the start may already be solved.
func (s *Scenario) NeedsNothing() bool {
	return slices.ContainsFunc(s.Solutions, func(c Change) bool {
		c.Sends = 0
		return reflect.DeepEqual(c, Change{})
	})
}
