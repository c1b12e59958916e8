package page

import (
	"encoding/json"
	"net/http"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// pageState is what a page sends to set its session. It holds everything that a session
// can't know after the lab restarted, or when a link was opened.
type pageState struct {
	Scenario string          `json:"scenario"`
	Revision string          `json:"revision"` // of the scenario that the page shows
	Attempt  json.RawMessage `json:"attempt"`  // null or absent for the scenario's start
	Link     string          `json:"link"`     // from the page's address; if not "", used instead of Attempt
	Known    bool            `json:"known"`    // the learner knows what the link sets
	Shown    shownParts      `json:"shown"`
	Seq      uint64          `json:"seq"` // the last entry that the page has seen
	Run      int             `json:"run"` // the last run that it has started
}

// isStart reports whether the page wants the scenario's start.
func (p pageState) isStart() bool { return len(p.Attempt) == 0 || string(p.Attempt) == "null" }

// stateControl is a control request that sets the state of a session.
type stateControl struct {
	control
	pageState
	found *scenario.Scenario
}

// putSession handles PUT /sessions/{session}. It creates the session or changes its
// attempt, and responds with the fragments that show the attempt.
//
// If something is wrong with the attempt or the link, the status is still 200, because
// browsers log error statuses to the console, where a learner should find only CORS
// errors.
func (c control) putSession() error {
	var state pageState
	if err := c.read(&state); err != nil {
		return err
	}
	found, err := c.find(c.id(), state.Scenario, state.Revision)
	if err != nil {
		return err
	}
	s := stateControl{c, state, found}
	switch {
	case s.Link != "":
		return s.followLink()
	case s.isStart():
		return s.put(found, found.Start(c.origins))
	}
	return s.takeAttempt()
}

// takeAttempt puts the page's attempt in force if it fits the scenario.
func (s stateControl) takeAttempt() error {
	read, err := scenario.ReadAttempt(s.Attempt)
	if err != nil {
		s.send(http.StatusOK, changed{Error: err.Error()})
		return nil
	}
	opened, attempt, faults := s.found.Open(read, s.origins)
	if len(faults) > 0 {
		return s.refuse(opened, attempt, faults)
	}
	return s.put(opened, attempt)
}

// put puts an attempt that fits the scenario in force.
func (s stateControl) put(opened *scenario.Scenario, attempt scenario.Attempt, others ...templ.Component) error {
	current, err := s.open(opened, attempt)
	if err != nil {
		return err
	}
	return s.sendAttempt(current, s.Shown, others...)
}

// open puts an attempt in force in the request's session.
func (s stateControl) open(opened *scenario.Scenario, attempt scenario.Attempt) (*session.Session, error) {
	client := session.Client(s.limits.Proxies.Of(s.r))
	return s.sessions.Open(client, s.id(), opened, attempt, session.Position{Seq: s.Seq, Run: s.Run})
}

// refuse changes nothing in the session. It shows the page's attempt with its faults
// next to the rows, and the code of the script that is still in force. If the attempt is
// too large to show, it sends only the error.
func (s stateControl) refuse(opened *scenario.Scenario, attempt scenario.Attempt, faults scenario.Faults) error {
	if faults.At(scenario.Field{Section: scenario.SectionAttempt}) != "" {
		s.send(http.StatusOK, changed{Error: faults.String()})
		return nil
	}
	inForce := opened.Start(s.origins)
	if current, err := s.session(); err == nil {
		_, inForce = current.Attempt()
	}
	shown := view.AttemptPanels{Scenario: opened, Attempt: attempt, Faults: faults}
	parts, err := partsSince(s.r.Context(), s.Shown, s.panels(s.id(), inForce.Script, shown))
	if err != nil {
		return err
	}
	s.send(http.StatusOK, changed{HTML: parts.html, Tags: parts.tags, Error: faults.String()})
	return nil
}

// resetSession handles POST /sessions/{session}/reset, which restores the scenario's
// start.
func (c control) resetSession() error {
	var state struct {
		Shown shownParts `json:"shown"`
	}
	if c.r.ContentLength != 0 {
		if err := c.read(&state); err != nil {
			return err
		}
	}
	current, err := c.session()
	if err != nil {
		return err
	}
	found, _ := current.Attempt()
	found = found.Unshaped()
	current.Put(found, found.Start(c.origins))
	current.Reset()
	return c.sendAttempt(current, state.Shown, view.GoalAtStart(found, c.origins), view.OutcomeEmpty(), view.VerdictEmpty(), view.AnnouncementEmpty())
}

// changed is the response to a request that sets the attempt.
type changed struct {
	HTML  string     `json:"html,omitempty"`
	Tags  shownParts `json:"tags,omitempty"`  // of the parts in the markup
	Link  string     `json:"link"`            // to the attempt in force; empty for the scenario's start
	Error string     `json:"error,omitempty"` // why nothing changed
}

// sendAttempt responds with those fragments of the attempt in force that the page
// doesn't show yet, and with the others. In a sandbox, the log also names the APIs that
// get requests.
func (c control) sendAttempt(current *session.Session, shown shownParts, others ...templ.Component) error {
	found, attempt := current.Attempt()
	parts, err := partsSince(c.r.Context(), shown, c.inForce(current))
	if err != nil {
		return err
	}
	html, err := render(c.r.Context(), others...)
	if err != nil {
		return err
	}
	c.send(http.StatusOK, changed{HTML: parts.html + html, Tags: parts.tags, Link: found.Link(attempt, c.origins)})
	return nil
}
