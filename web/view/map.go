package view

import (
	"cmp"

	"corslab/lab/library"
	"corslab/lab/scenario"
)

// How far a learner has come with a scenario. Only the page's script knows; the server
// sets it in samples.
const (
	notYet = "not-yet"
	solved = "solved"
	helped = "helped" // solved after the solution was shown
)

func standingOf(id string, standings map[string]string) string {
	return cmp.Or(standings[id], notYet)
}

func isSolved(standing string) bool { return standing == solved || standing == helped }

func solvedOf(track scenario.Track, standings map[string]string) (n int) {
	for _, s := range track.Scenarios {
		if isSolved(standings[s.ID]) {
			n++
		}
	}
	return n
}

// needed returns the scenarios that should be solved first. It skips any that no longer
// exist, because files may change while the lab runs.
func needed(s *scenario.Scenario, all *library.Library) (needs []*scenario.Scenario) {
	for _, id := range s.Needs {
		if need := all.Find(id); need != nil {
			needs = append(needs, need)
		}
	}
	return needs
}
