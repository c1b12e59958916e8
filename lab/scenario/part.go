package scenario

import "strings"

// Part is something that a scenario can let the learner change: the policy, the script,
// or one input of the script.
type Part string

// The parts that are no inputs.
const (
	PartPolicy Part = "policy"
	PartScript Part = "script" // all inputs of the script but via
)

// Part returns an input of the script as a part.
func (i Input) Part() Part { return Part("script." + i) }

// Input is the input of the script that the part is, or "" for the policy and the whole
// script.
func (p Part) Input() Input {
	input, found := strings.CutPrefix(string(p), "script.")
	if !found {
		return ""
	}
	return Input(input)
}

// Changeable lists the parts that a scenario's key "change" can open to the learner.
// [PartScript] opens all inputs that the script's kind has, except the way to the API.
func Changeable() []Part {
	parts := []Part{PartPolicy, PartScript, InputHeaders.Part()}
	for _, t := range settable {
		parts = append(parts, t.Part())
	}
	return parts
}

// Allows reports whether the learner may change a part, one of [Changeable]. Unless the
// file names the way to the API, it is fixed.
func (s *Scenario) Allows(part Part) bool {
	if input := part.Input(); input != "" && !s.Script.Has(input) {
		return false
	}
	for _, allowed := range s.Change {
		if allowed == part || allowed == PartScript && part != PartPolicy && part != InputVia.Part() {
			return true
		}
	}
	return false
}
