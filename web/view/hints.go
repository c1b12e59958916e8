package view

import (
	"fmt"

	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"
)

func hintTitle(i, count int) string { return fmt.Sprintf("Hint %d of %d", i+1, count) }

// solution is the first solution as a difference to the scenario's start. Only a
// sandbox has no solution, and its page has no hints.
func solution(s *scenario.Scenario, o origin.Set) session.Change {
	solved := s.With(s.Solutions[0], o)
	return session.Change{Attempt: solved, Edits: solved.Difference(s.Start(o))}
}
