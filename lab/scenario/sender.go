package scenario

import "corslab/lab/internal/phrase"

// Role is what a script is there for in a run.
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

// MaxSenders is how many others can send in one run.
const MaxSenders = 8

// Sender is a script with its role.
type Sender struct {
	Role   Role
	Script Script
}

// Senders returns what one press of Send plays, in order, with the learner's own
// script as given.
func (s *Scenario) Senders(main Script) []Sender {
	var senders []Sender
	for _, sender := range s.Others {
		if sender.Role == Before {
			senders = append(senders, sender)
		}
	}
	senders = append(senders, Sender{Main, main})
	for _, role := range []Role{Also, Attack} {
		for _, sender := range s.Others {
			if sender.Role == role {
				senders = append(senders, sender)
			}
		}
	}
	return senders
}

// Callers lists who sends in the scenario, the learner's own page first.
func (s *Scenario) Callers() []Caller {
	callers := []Caller{s.Script.From}
	for _, sender := range s.Others {
		callers = append(callers, sender.Script.From)
	}
	return phrase.Unique(callers...)
}

// attacks reports whether a caller sends as an attacker only.
func (s *Scenario) attacks(caller Caller) bool {
	attacks := false
	for _, sender := range s.Senders(s.Script) {
		if sender.Script.From == caller && sender.Role != Attack {
			return false
		}
		attacks = attacks || sender.Script.From == caller
	}
	return attacks
}
