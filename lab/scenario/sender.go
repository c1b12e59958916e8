package scenario

import "corslab/lab/internal/phrase"

// Role says when and why a script is sent in a run.
type Role string

// The roles, in the order of a run.
const (
	Before Role = "before" // sent first, such as a sign-in or a request that fills a cache
	Main   Role = "main"   // the learner's own script
	Also   Role = "also"   // sent too, however the learner's script ended
	Attack Role = "attack" // tries to do harm, once everything else works
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

// Senders returns the scripts that one press of Send runs, in order, with the learner's
// own script as given.
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

// Callers lists the callers of the scenario, the learner's own page first.
func (s *Scenario) Callers() []Caller {
	callers := []Caller{s.Script.From}
	for _, sender := range s.Others {
		callers = append(callers, sender.Script.From)
	}
	return phrase.Unique(callers...)
}

// attacks reports whether a caller sends only attacks.
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
