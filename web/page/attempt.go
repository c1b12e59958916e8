package page

import (
	"encoding/json"
	"net/http"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// handover is what a page hands over: all that the session cannot know of
// itself after a restart or on a link.
type handover struct {
	Scenario string          `json:"scenario"`
	Revision string          `json:"revision"` // of the scenario, as the page shows it
	Attempt  json.RawMessage `json:"attempt"`  // null or absent for the scenario's start
	Link     string          `json:"link"`     // from the page's address, to be put in force instead; may be empty
	Known    bool            `json:"known"`    // the learner knows what the link sets
	Shown    shownParts      `json:"shown"`
	Seq      uint64          `json:"seq"` // the last entry that the page saw
	Run      int             `json:"run"` // the last run that it started
}

// isStart reports whether the page hands over no attempt of its own.
func (h handover) isStart() bool { return len(h.Attempt) == 0 || string(h.Attempt) == "null" }

// taken is a handover with its request and its scenario.
type taken struct {
	control
	handover
	found *scenario.Scenario
}

// putSession handles PUT /sessions/{session}: it makes the session, or sets
// what is in force in it. The response holds the fragments that depend on it.
//
// Whatever is wrong with the attempt or the link, the status is 200: a browser logs
// other statuses to the console, where a learner should find only CORS errors.
func (c control) putSession() error {
	var handed handover
	if err := c.read(&handed); err != nil {
		return err
	}
	found, err := c.find(c.id(), handed.Scenario, handed.Revision)
	if err != nil {
		return err
	}
	t := taken{c, handed, found}
	switch {
	case t.Link != "":
		return t.followLink()
	case t.isStart():
		return t.put(found, found.Start(c.origins))
	}
	return t.takeAttempt()
}

// takeAttempt puts the attempt that the page handed over in force, if it fits.
func (t taken) takeAttempt() error {
	read, err := scenario.ReadAttempt(t.Attempt)
	if err != nil {
		t.send(http.StatusOK, changed{Error: err.Error()})
		return nil
	}
	opened, attempt, faults := t.found.Open(read, t.origins)
	if len(faults) > 0 {
		return t.refuse(opened, attempt, faults)
	}
	return t.put(opened, attempt)
}

// put puts an attempt that fits the scenario in force.
func (t taken) put(opened *scenario.Scenario, attempt scenario.Attempt, others ...templ.Component) error {
	current, err := t.open(opened, attempt)
	if err != nil {
		return err
	}
	return t.answerAttempt(current, t.Shown, others...)
}

// open puts an attempt in force in the session of the request.
func (t taken) open(opened *scenario.Scenario, attempt scenario.Attempt) (*session.Session, error) {
	client := session.Client(t.limits.Proxies.Of(t.r))
	return t.sessions.Open(client, t.id(), opened, attempt, session.Position{Seq: t.Seq, Run: t.Run})
}

// refuse shows what was handed over with the faults beside the rows, but the code of
// the script that is still in force. Nothing in the session changes. An attempt that
// is too large to be taken isn't shown.
func (t taken) refuse(opened *scenario.Scenario, attempt scenario.Attempt, faults scenario.Faults) error {
	if faults.At(scenario.Field{Section: scenario.SectionAttempt}) != "" {
		t.send(http.StatusOK, changed{Error: faults.String()})
		return nil
	}
	inForce := opened.Start(t.origins)
	if current, err := t.session(); err == nil {
		_, inForce = current.Attempt()
	}
	shown := view.AttemptPanels{Scenario: opened, Attempt: attempt, Faults: faults}
	parts, err := partsSince(t.r.Context(), t.Shown, t.panels(t.id(), inForce.Script, shown))
	if err != nil {
		return err
	}
	t.send(http.StatusOK, changed{HTML: parts.html, Tags: parts.tags, Error: faults.String()})
	return nil
}

// resetSession handles POST /sessions/{session}/reset: back to the scenario's
// start.
func (c control) resetSession() error {
	var handed struct {
		Shown shownParts `json:"shown"`
	}
	if c.r.ContentLength != 0 {
		if err := c.read(&handed); err != nil {
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
	return c.answerAttempt(current, handed.Shown, view.GoalAtStart(found, c.origins), view.OutcomeEmpty(), view.VerdictEmpty(), view.AnnouncementEmpty())
}

// changed is the response to a request that sets what is in force.
type changed struct {
	HTML  string     `json:"html,omitempty"`
	Tags  shownParts `json:"tags,omitempty"`  // of the parts in the markup
	Link  string     `json:"link"`            // to what is in force; empty for the scenario's start
	Error string     `json:"error,omitempty"` // why nothing changed
}

// answerAttempt sends the fragments that show the attempt in force, unless the page
// shows them already, and some others. In a sandbox they also name the APIs that
// get requests.
func (c control) answerAttempt(current *session.Session, shown shownParts, others ...templ.Component) error {
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
