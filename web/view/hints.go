package view

import (
	"fmt"

	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"
)

func hintTitle(i, count int) string { return fmt.Sprintf("Hint %d of %d", i+1, count) }

// solution returns the first solution as a change to the scenario's start.
func solution(s *scenario.Scenario, o origin.Set) session.Change {
	solved := s.With(s.Solutions[0], o)
	return session.Change{Attempt: solved, Edits: solved.Difference(s.Start(o))}
}
