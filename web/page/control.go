package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/snippet"
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
)

// maxControlBody bounds the body of a control request, in bytes. It is well above the
// largest valid attempt, so that an attempt that is a little too large still gets a
// response that names the row at fault.
const maxControlBody = 512 << 10

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
func (h pageState) isStart() bool { return len(h.Attempt) == 0 || string(h.Attempt) == "null" }

// putSession handles PUT /sessions/{session}. It creates the session or changes its
// attempt, and responds with the fragments that show the attempt.
//
// If something is wrong with the attempt or the link, the status is still 200, because
// browsers log error statuses to the console, where a learner should find only CORS
// errors.
func (s *server) putSession(w http.ResponseWriter, r *http.Request) error {
	var state pageState
	if err := readJSON(w, r, &state); err != nil {
		return err
	}
	found, err := s.find(chi.URLParam(r, "session"), state.Scenario, state.Revision)
	if err != nil {
		return err
	}
	switch {
	case state.Link != "":
		return s.followLink(w, r, found, state)
	case state.isStart():
		return s.putAttempt(w, r, found, found.Start(s.origins), state)
	}
	return s.takeAttempt(w, r, found, state)
}

// takeAttempt puts the page's attempt in force if it fits the scenario.
func (s *server) takeAttempt(w http.ResponseWriter, r *http.Request, found *scenario.Scenario, state pageState) error {
	read, err := scenario.ReadAttempt(state.Attempt)
	if err != nil {
		s.sendJSON(w, http.StatusOK, changed{Error: err.Error()})
		return nil
	}
	opened, attempt, faults := found.Open(read, s.origins)
	if len(faults) > 0 {
		return s.refuseAttempt(w, r, opened, attempt, faults, state.Shown)
	}
	return s.putAttempt(w, r, opened, attempt, state)
}

// putAttempt puts an attempt that fits the scenario in force.
func (s *server) putAttempt(w http.ResponseWriter, r *http.Request, found *scenario.Scenario, attempt scenario.Attempt, state pageState, others ...templ.Component) error {
	current, err := s.open(r, found, attempt, state)
	if err != nil {
		return err
	}
	return s.sendAttempt(w, r, current, state.Shown, others...)
}

// open puts an attempt in force in the request's session.
func (s *server) open(r *http.Request, found *scenario.Scenario, attempt scenario.Attempt, state pageState) (*session.Session, error) {
	return s.sessions.Open(string(s.limits.Proxies.Of(r)), chi.URLParam(r, "session"), found, attempt, session.Position{Seq: state.Seq, Run: state.Run})
}

// resetSession handles POST /sessions/{session}/reset, which restores the scenario's
// start.
func (s *server) resetSession(w http.ResponseWriter, r *http.Request) error {
	var state struct {
		Shown shownParts `json:"shown"`
	}
	if r.ContentLength != 0 {
		if err := readJSON(w, r, &state); err != nil {
			return err
		}
	}
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		return err
	}
	found, _ := current.Attempt()
	found = found.Unshaped()
	current.Put(found, found.Start(s.origins))
	current.Reset()
	return s.sendAttempt(w, r, current, state.Shown, view.GoalAtStart(found, s.origins), view.OutcomeEmpty(), view.VerdictEmpty(), view.AnnouncementEmpty())
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
func (s *server) sendAttempt(w http.ResponseWriter, r *http.Request, current *session.Session, shown shownParts, others ...templ.Component) error {
	found, attempt := current.Attempt()
	parts, err := partsSince(r.Context(), shown, s.inForce(current))
	if err != nil {
		return err
	}
	html, err := render(r.Context(), others...)
	if err != nil {
		return err
	}
	s.sendJSON(w, http.StatusOK, changed{HTML: parts.html + html, Tags: parts.tags, Link: found.Link(attempt, s.origins)})
	return nil
}

// inForce returns the panels that show the attempt in force.
func (s *server) inForce(current *session.Session) []view.Panel {
	found, attempt := current.Attempt()
	panels := s.panels(current.ID, found, attempt, attempt.Script, nil)
	panels = append(panels, view.Panel{Part: view.Part{ID: "caches", Component: view.Caches(current.Caches(), time.Now())}})
	if found.IsSandbox() {
		panels = append(panels, view.Panel{Part: view.Part{ID: "log-apis", Component: view.LogSide(found.APIs(s.origins))}})
	}
	return panels
}

// refuseAttempt changes nothing in the session. It shows the page's attempt with its
// faults next to the rows, and the code of the script that is still in force. If the
// attempt is too large to show, it sends only the error.
func (s *server) refuseAttempt(w http.ResponseWriter, r *http.Request, found *scenario.Scenario, attempt scenario.Attempt, faults scenario.Faults, shown shownParts) error {
	if faults.At(scenario.Field{Section: scenario.SectionAttempt}) != "" {
		s.sendJSON(w, http.StatusOK, changed{Error: faults.String()})
		return nil
	}
	id, inForce := chi.URLParam(r, "session"), found.Start(s.origins)
	if current, err := s.sessions.Get(id); err == nil {
		_, inForce = current.Attempt()
	}
	parts, err := partsSince(r.Context(), shown, s.panels(id, found, attempt, inForce.Script, faults))
	if err != nil {
		return err
	}
	s.sendJSON(w, http.StatusOK, changed{HTML: parts.html, Tags: parts.tags, Error: faults.String()})
	return nil
}

// panels returns the panels that depend on the attempt and, in a sandbox, the runners.
// The code is for use outside of the page, so its URL names run 0, which belongs to no
// press of Send.
func (s *server) panels(id string, found *scenario.Scenario, attempt scenario.Attempt, inForce scenario.Script, faults scenario.Faults) []view.Panel {
	url := inForce.At(id, 0, s.origins)
	shown := view.AttemptPanels{
		Scenario: found, Attempt: attempt, Origins: s.origins, Faults: faults,
		Code: snippet.JavaScript(inForce, url), Curl: snippet.Curl(inForce, url, inForce.From.Origin(s.origins)),
	}
	panels := []view.Panel{view.ScriptPanel(shown), view.PolicyPanel(shown)}
	if found.IsSandbox() {
		panels = append(panels, view.Panel{Part: view.Part{ID: "runners", Component: view.Runners(found, s.origins)}})
	}
	return panels
}

// call tells the page which request of a run comes next, and which runner sends it.
type call struct {
	Run     int              `json:"run"`
	Runner  string           `json:"runner"` // the name of the document that sends
	In      scenario.Context `json:"in"`     // the runner in a frame, or in a window
	Request callRequest      `json:"request"`
}

// callRequest is a request for the runner to send.
type callRequest struct {
	Kind           scenario.Kind     `json:"kind"`
	URL            string            `json:"url"`
	Options        map[string]string `json:"options"` // of fetch() or of the element, by property
	Headers        [][2]string       `json:"headers"`
	Body           scenario.Body     `json:"body"`
	Stream         bool              `json:"stream"`
	UploadListener bool              `json:"upload_listener"`
}

func callOf(run session.Run) call {
	script := run.Call.Script
	request := callRequest{
		Kind: script.Kind, URL: run.Call.URL, Options: make(map[string]string),
		Headers: [][2]string{}, Body: script.Body,
		Stream: script.Stream == scenario.SwitchOn, UploadListener: script.UploadListener == scenario.SwitchOn,
	}
	for _, option := range script.Options() {
		request.Options[option.Property] = option.Value
	}
	for _, h := range script.Sent() {
		request.Headers = append(request.Headers, [2]string{h.Name, h.Value})
	}
	return call{Run: run.Number, Runner: script.Runner().Name(), In: script.In, Request: request}
}

// startRun handles POST /sessions/{session}/runs. It starts a run and responds with its
// first call.
func (s *server) startRun(w http.ResponseWriter, r *http.Request) error {
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		return err
	}
	found, attempt := current.Attempt()
	if name := found.OutOfReach(attempt.Script, s.origins); name != "" {
		return fmt.Errorf("%w: this scenario needs {%s}, which is %s, and that is another program's on your machine. Run corslab on your own machine for it", errElsewhere, name, s.origins.Of(name))
	}
	s.sendJSON(w, http.StatusCreated, callOf(current.Start()))
	return nil
}

// settleRun handles POST /sessions/{session}/runs/{run}/outcome, with which the page
// reports what the script got. It responds with the run's next call, if there is one.
func (s *server) settleRun(w http.ResponseWriter, r *http.Request) error {
	var report session.Report
	if err := readJSON(w, r, &report); err != nil {
		return err
	}
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(chi.URLParam(r, "run"))
	if err != nil {
		return fmt.Errorf("run %q: %w", chi.URLParam(r, "run"), session.ErrRun)
	}
	next, more, err := current.Settle(number, report, engineOf(r.UserAgent()))
	switch {
	case err != nil:
		return err
	case more:
		s.sendJSON(w, http.StatusOK, callOf(next))
	default:
		w.WriteHeader(http.StatusNoContent)
	}
	return nil
}

// sessionFile handles GET /sessions/{session}/file, which returns the attempt as a
// scenario file. The status is 200 even if there is none, because browsers log error
// statuses to the console.
func (s *server) sessionFile(w http.ResponseWriter, r *http.Request) error {
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		return err
	}
	draft, err := current.Draft()
	if err != nil {
		s.sendJSON(w, http.StatusOK, map[string]string{"error": err.Error()})
		return nil
	}
	text, err := format.Write(draft)
	if err != nil {
		return err
	}
	s.sendJSON(w, http.StatusOK, map[string]string{"name": "my-scenario.yaml", "text": string(text)})
	return nil
}

// readJSON decodes a control request's body. It accepts no unknown keys.
func readJSON(w http.ResponseWriter, r *http.Request, into any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxControlBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", errBody, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: more than one JSON value", errBody)
	}
	return nil
}

func (s *server) sendJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.log.Debug("answer not sent", "err", err)
	}
}
