package view

import (
	"strings"

	"corslab/lab/scenario"
)

// opening returns the first paragraph of a story, which says what the scenario is about.
func opening(s *scenario.Scenario) string {
	first, _, _ := strings.Cut(strings.TrimSpace(s.Story), "\n\n")
	return first
}

// requestName names the request of a scenario: its method and, if not the page, its
// caller.
func requestName(s *scenario.Scenario) string {
	if s.Script.From == scenario.CallerPage {
		return s.Script.Method
	}
	return s.Script.Method + " from " + string(s.Script.From)
}
