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
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
)

// maxControlBody bounds the body of a control request, in bytes. It is well
// above any attempt that is accepted, so that the one that is not is answered
// with the row that is too long.
const maxControlBody = 512 << 10

// handover is what a page hands over: all that the session cannot know of
// itself after a restart or on a link.
type handover struct {
	Scenario string            `json:"scenario"`
	Revision string            `json:"revision"` // of the scenario, as the page shows it
	Attempt  *scenario.Attempt `json:"attempt"`  // nil for the scenario's start
	Seq      uint64            `json:"seq"`      // the last entry that the page saw
	Run      int               `json:"run"`      // the last run that it started
}

// putSession handles PUT /sessions/{session}: it makes the session, or sets
// what is in force in it. The answer holds the fragments that depend on it.
func (s *server) putSession(w http.ResponseWriter, r *http.Request) {
	var handed handover
	if err := readJSON(w, r, &handed); err != nil {
		s.fail(w, r, err)
		return
	}
	id := chi.URLParam(r, "session")
	found, err := s.find(id, handed.Scenario, handed.Revision)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	attempt := found.Start(s.origins)
	if handed.Attempt != nil {
		var faults scenario.Faults
		if found, attempt, faults = found.Open(*handed.Attempt, s.origins); len(faults) > 0 {
			s.refuseAttempt(w, r, found, attempt, faults)
			return
		}
	}
	current, err := s.sessions.OpenFor(string(s.limits.Proxies.Of(r)), id, found, attempt, session.Position{Seq: handed.Seq, Run: handed.Run})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.answerAttempt(w, r, current)
}

// resetSession handles POST /sessions/{session}/reset: back to the scenario's
// start.
func (s *server) resetSession(w http.ResponseWriter, r *http.Request) {
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	found, _ := current.Attempt()
	found = found.Unshaped()
	current.Put(found, found.Start(s.origins))
	current.Reset()
	s.answerAttempt(w, r, current, view.GoalAtStart(found, s.origins), view.OutcomeEmpty(), view.VerdictEmpty(), view.AnnouncementEmpty())
}

// answerAttempt sends the fragments that show the attempt in force, and others.
// In a sandbox they name the APIs that are asked, too.
func (s *server) answerAttempt(w http.ResponseWriter, r *http.Request, current *session.Session, others ...templ.Component) {
	found, attempt := current.Attempt()
	panels := append(s.panels(current.ID, found, attempt, attempt.Script, nil), view.Memory(current.Memory(), time.Now()))
	if found.IsSandbox() {
		panels = append(panels, view.LogSide(found.APIs(s.origins)))
	}
	html, err := render(r.Context(), append(panels, others...)...)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.sendJSON(w, http.StatusOK, map[string]string{"html": html})
}

// refuseAttempt shows what was handed over with the faults beside the rows, but
// the code of the script that is still in force. Nothing in the session
// changes. The status is 200, because a browser writes every other one into the
// console, where a learner shall find CORS errors only.
func (s *server) refuseAttempt(w http.ResponseWriter, r *http.Request, found *scenario.Scenario, attempt scenario.Attempt, faults scenario.Faults) {
	id, inForce := chi.URLParam(r, "session"), found.Start(s.origins)
	if current, err := s.sessions.Get(id); err == nil {
		_, inForce = current.Attempt()
	}
	html, err := render(r.Context(), s.panels(id, found, attempt, inForce.Script, faults)...)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.sendJSON(w, http.StatusOK, map[string]string{"html": html, "error": faults.String()})
}

// panels are the fragments that depend on the attempt, in a sandbox also who
// sends. The code is for use by hand, so its URL names run 0, which belongs to no
// press of Send.
func (s *server) panels(id string, found *scenario.Scenario, attempt scenario.Attempt, inForce scenario.Script, faults scenario.Faults) []templ.Component {
	url := inForce.At(id, 0, s.origins)
	panels := view.AttemptPanels{
		Scenario: found, Attempt: attempt, Origins: s.origins, Faults: faults,
		Code: inForce.JavaScript(url), Curl: inForce.Curl(url, s.origins.Of(inForce.From)),
	}
	fragments := []templ.Component{view.Script(panels), view.Policy(panels)}
	if found.IsSandbox() {
		fragments = append(fragments, view.Runners(found, s.origins))
	}
	return fragments
}

// call tells the page what is to be sent next in a run, and by whom.
type call struct {
	Run     int         `json:"run"`
	Caller  string      `json:"caller"` // whose runner sends
	In      string      `json:"in"`     // the runner in a frame, or in a window
	Request callRequest `json:"request"`
}

// callRequest is a request as the runner makes it.
type callRequest struct {
	Kind           string        `json:"kind"`
	URL            string        `json:"url"`
	Method         string        `json:"method"`
	Mode           string        `json:"mode"`
	Credentials    string        `json:"credentials"`
	Redirect       string        `json:"redirect"`
	Headers        [][2]string   `json:"headers"`
	Body           scenario.Body `json:"body"`
	Stream         bool          `json:"stream"`
	UploadListener bool          `json:"upload_listener"`
	CrossOrigin    string        `json:"crossorigin"`
}

func callOf(run session.Run) call {
	script := run.Call.Script
	request := callRequest{
		Kind: script.Kind, URL: run.Call.URL,
		Method: script.Method, Mode: script.Mode,
		Credentials: script.Credentials, Redirect: script.Redirect,
		Headers: [][2]string{}, Body: script.Body, Stream: script.Stream == "true",
		UploadListener: script.UploadListener == "true", CrossOrigin: script.CrossOrigin,
	}
	for _, h := range script.Sent() {
		request.Headers = append(request.Headers, [2]string{h.Name, h.Value})
	}
	return call{Run: run.Number, Caller: script.From, In: script.In, Request: request}
}

// startRun handles POST /sessions/{session}/runs: it opens a run and answers
// with its first call.
func (s *server) startRun(w http.ResponseWriter, r *http.Request) {
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.sendJSON(w, http.StatusCreated, callOf(current.Start()))
}

// settleRun handles POST /sessions/{session}/runs/{run}/outcome: the page
// reports what the script got. The answer is the run's next call, if it has one.
func (s *server) settleRun(w http.ResponseWriter, r *http.Request) {
	var report session.Report
	if err := readJSON(w, r, &report); err != nil {
		s.fail(w, r, err)
		return
	}
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	number, err := strconv.Atoi(chi.URLParam(r, "run"))
	if err != nil {
		s.fail(w, r, fmt.Errorf("run %q: %w", chi.URLParam(r, "run"), session.ErrRun))
		return
	}
	next, more, err := current.Settle(number, report, engineOf(r.UserAgent()))
	switch {
	case err != nil:
		s.fail(w, r, err)
	case more:
		s.sendJSON(w, http.StatusOK, callOf(next))
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// sessionFile handles GET /sessions/{session}/file: what is set, as a scenario
// file. The status is 200 also where there is none, because a browser writes
// every other one into the console.
func (s *server) sessionFile(w http.ResponseWriter, r *http.Request) {
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	draft, err := current.Draft()
	if err != nil {
		s.sendJSON(w, http.StatusOK, map[string]string{"error": err.Error()})
		return
	}
	text, err := scenario.Write(draft)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.sendJSON(w, http.StatusOK, map[string]string{"name": "my-scenario.yaml", "text": string(text)})
}

// readJSON reads a control request's body, strictly.
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
