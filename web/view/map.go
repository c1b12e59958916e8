package view

import (
	"cmp"

	"corslab/lab/library"
	"corslab/lab/scenario"
)

// How far a learner has come with a scenario. The page's script knows; the
// server shows it in samples only.
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

// needed returns the scenarios that one should be solved after. While files are
// being changed, one may be gone.
func needed(s *scenario.Scenario, all *library.Library) (needs []*scenario.Scenario) {
	for _, id := range s.Needs {
		if need := all.Find(id); need != nil {
			needs = append(needs, need)
		}
	}
	return needs
}
