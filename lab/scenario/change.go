package scenario

import (
	"reflect"
	"slices"

	"corslab/lab/policy"
)

// Change is a difference to a scenario's start: a solution or a wrong answer.
// An empty field means that nothing is changed there.
type Change struct {
	Script  Script
	Policy  policy.Change
	Sends   int    // how many times to press Send, 1 where the file does not say
	Because string // for wrong answers: why it is one
}

// NeedsNothing reports whether one of the scenario's solutions changes nothing,
// so that its start may solve it.
func (s *Scenario) NeedsNothing() bool {
	return slices.ContainsFunc(s.Solutions, func(c Change) bool {
		c.Sends = 0
		return reflect.DeepEqual(c, Change{})
	})
}
