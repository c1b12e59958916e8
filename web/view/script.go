package view

import (
	"slices"

	"corslab/lab/scenario"
)

func anyOf(s *scenario.Scenario, parts ...string) bool { return slices.ContainsFunc(parts, s.Allows) }

// withWord adds a word that a scenario uses and the usual choice lacks.
func withWord(words []string, word string) []string {
	if slices.Contains(words, word) {
		return words
	}
	return append(words, word)
}
