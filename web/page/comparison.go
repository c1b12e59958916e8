package page

import (
	"fmt"
	"net/http"

	"corslab/lab/scenario"
	"corslab/web/view"
)

// compared is a run as the page hands it over. The page keeps with each run
// what it was made with, so that a comparison needs no session that has it.
type compared struct {
	Run     int              `json:"run"`
	Attempt scenario.Attempt `json:"attempt"`
}

// compareRuns handles POST /scenarios/{scenario}/comparison: it answers with the
// fragment that shows two runs side by side.
func (c control) compareRuns() error {
	var handed struct {
		Session  string   `json:"session"`
		Revision string   `json:"revision"`
		Before   compared `json:"before"`
		After    compared `json:"after"`
	}
	if err := c.read(&handed); err != nil {
		return err
	}
	found, err := c.find(handed.Session, scenarioID(c.r), handed.Revision)
	if err != nil {
		return err
	}
	before, err := c.takeCompared(found, handed.Before)
	if err != nil {
		return err
	}
	after, err := c.takeCompared(found, handed.After)
	if err != nil {
		return err
	}
	html, err := render(c.r.Context(), view.Comparison(before, after))
	if err != nil {
		return err
	}
	c.send(http.StatusOK, map[string]string{"html": html})
	return nil
}

func (s *server) takeCompared(found *scenario.Scenario, handed compared) (view.Compared, error) {
	if handed.Run < 1 {
		return view.Compared{}, fmt.Errorf("%w: run %d: want a number from 1", errCompared, handed.Run)
	}
	_, attempt, faults := found.Open(handed.Attempt, s.origins)
	if len(faults) > 0 {
		return view.Compared{}, fmt.Errorf("%w: run %d: %s", errCompared, handed.Run, faults)
	}
	return view.Compared{Run: handed.Run, Attempt: attempt}, nil
}
