package scenario

import "strings"

// Changeable is something that a scenario can let the learner change: the policy, the
// script, or one input of the script.
type Changeable string

// The policy, and the script as a whole.
const (
	ChangeablePolicy Changeable = "policy"
	ChangeableScript Changeable = "script" // all inputs of the script but via
)

// Changeable returns an input of the script as something that a scenario can open.
func (i Input) Changeable() Changeable { return Changeable("script." + string(i)) }

// Input returns the input of the script, or "" for the policy and the whole script.
func (c Changeable) Input() Input {
	input, found := strings.CutPrefix(string(c), "script.")
	if !found {
		return ""
	}
	return Input(input)
}

// Changeables lists what a scenario's key "change" can open to the learner.
// [ChangeableScript] opens all inputs that the script's kind has, except the way to the
// API.
func Changeables() []Changeable {
	all := []Changeable{ChangeablePolicy, ChangeableScript, InputHeaders.Changeable()}
	for _, t := range settable {
		all = append(all, t.Changeable())
	}
	return all
}

// Allows reports whether the learner may change c, one of [Changeables]. Unless the file
// names the way to the API, it is fixed.
func (s *Scenario) Allows(c Changeable) bool {
	if input := c.Input(); input != "" && !s.Script.Has(input) {
		return false
	}
	for _, allowed := range s.Change {
		if allowed == c || allowed == ChangeableScript && c != ChangeablePolicy && c != InputVia.Changeable() {
			return true
		}
	}
	return false
}
