package page

import (
	"fmt"
	"net/http"

	"corslab/lab/scenario"
	"corslab/web/view"
)

// compared is a run as the page sends it. The page stores each run's attempt, so two
// runs can be compared after their session is gone.
type compared struct {
	Run     int              `json:"run"`
	Attempt scenario.Attempt `json:"attempt"`
}

// compareRuns handles POST /scenarios/{scenario}/comparison. It responds with the
// fragment that shows two runs side by side.
func (c control) compareRuns() error {
	var sent struct {
		Session  string   `json:"session"`
		Revision string   `json:"revision"`
		Before   compared `json:"before"`
		After    compared `json:"after"`
	}
	if err := c.read(&sent); err != nil {
		return err
	}
	found, err := c.find(sent.Session, scenarioID(c.r), sent.Revision)
	if err != nil {
		return err
	}
	before, err := c.takeCompared(found, sent.Before)
	if err != nil {
		return err
	}
	after, err := c.takeCompared(found, sent.After)
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

func (s *server) takeCompared(found *scenario.Scenario, sent compared) (view.Compared, error) {
	if sent.Run < 1 {
		return view.Compared{}, fmt.Errorf("%w: run %d: want a number from 1", errCompared, sent.Run)
	}
	_, attempt, faults := found.Open(sent.Attempt, s.origins)
	if len(faults) > 0 {
		return view.Compared{}, fmt.Errorf("%w: run %d: %s", errCompared, sent.Run, faults)
	}
	return view.Compared{Run: sent.Run, Attempt: attempt}, nil
}
