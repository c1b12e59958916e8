package view

import (
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

func solvedMark(solved bool) templ.Attributes {
	if !solved {
		return nil
	}
	return templ.Attributes{"data-solved": "true"}
}

func heldMark(held bool) templ.Attributes {
	if !held {
		return nil
	}
	return templ.Attributes{"data-held": "true"}
}

// unmet returns the goal before the first run: no fact holds yet.
func unmet(s *scenario.Scenario, o origin.Set) []session.Met {
	lines := make([]session.Met, len(s.Goal))
	for i, fact := range s.Goal {
		lines[i] = session.Met{Fact: fact, Text: fact.Text(o)}
	}
	return lines
}
