package scenario

import "corslab/lab/internal/phrase"

// Role is the part that a script has in a run.
type Role string

// The roles, in the order of a run.
const (
	Before Role = "before" // it sends first, as a sign-in does, or what fills a cache
	Main   Role = "main"   // the learner's own
	Also   Role = "also"   // it sends too, whatever came of the learner's
	Attack Role = "attack" // it tries to do harm, once all else is as it should be
)

// Roles lists the roles in the order of a run.
func Roles() []Role { return []Role{Before, Main, Also, Attack} }

// MaxParts is how many others can send in one run.
const MaxParts = 8

// Part is a script with its role.
type Part struct {
	Role   Role
	Script Script
}

// Parts returns what one press of Send plays, in order, with the learner's own
// script as given.
func (s *Scenario) Parts(main Script) []Part {
	var parts []Part
	for _, part := range s.Others {
		if part.Role == Before {
			parts = append(parts, part)
		}
	}
	parts = append(parts, Part{Main, main})
	for _, role := range []Role{Also, Attack} {
		for _, part := range s.Others {
			if part.Role == role {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// Callers lists who sends in the scenario, the learner's own page first.
func (s *Scenario) Callers() []Caller {
	callers := []Caller{s.Script.From}
	for _, part := range s.Others {
		callers = append(callers, part.Script.From)
	}
	return phrase.Unique(callers...)
}

// attacks reports whether a caller sends as an attacker only.
func (s *Scenario) attacks(caller Caller) bool {
	attacks := false
	for _, part := range s.Parts(s.Script) {
		if part.Script.From == caller && part.Role != Attack {
			return false
		}
		attacks = attacks || part.Script.From == caller
	}
	return attacks
}
