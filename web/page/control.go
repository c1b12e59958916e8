package page

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/go-chi/chi/v5"
)

// maxControlBody bounds the body of a control request, in bytes. It is well
// above any attempt that is accepted, so that the one that is not is answered
// with the row that is too long.
const maxControlBody = 2 << 20

// handover is what a page hands over: all that the session cannot know of
// itself after a restart or on a link.
type handover struct {
	Scenario string            `json:"scenario"`
	Attempt  *scenario.Attempt `json:"attempt"` // nil for the scenario's start
	Seq      uint64            `json:"seq"`     // the last entry that the page saw
	Run      int               `json:"run"`     // the last run that it started
}

// putSession handles PUT /sessions/{session}: it makes the session, or sets
// what is in force in it. The answer holds the fragments that depend on it.
func (s *server) putSession(w http.ResponseWriter, r *http.Request) {
	var handed handover
	if err := readJSON(w, r, &handed); err != nil {
		s.fail(w, r, err)
		return
	}
	found := s.library.Find(handed.Scenario)
	if found == nil {
		s.fail(w, r, fmt.Errorf("%q: %w", handed.Scenario, errScenario))
		return
	}
	attempt := found.Start(s.origins)
	if handed.Attempt != nil {
		var faults scenario.Faults
		if attempt, faults = found.Take(*handed.Attempt, s.origins); len(faults) > 0 {
			s.refuseAttempt(w, r, found, attempt, faults)
			return
		}
	}
	id := chi.URLParam(r, "session")
	current, err := s.sessions.Open(id, found, attempt, session.Position{Seq: handed.Seq, Run: handed.Run})
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
	current.Put(found, found.Start(s.origins))
	current.Reset()
	s.answerAttempt(w, r, current)
}

// answerAttempt sends the fragments that show the attempt in force.
func (s *server) answerAttempt(w http.ResponseWriter, r *http.Request, current *session.Session) {
	found, attempt := current.Attempt()
	html, err := s.attemptHTML(r.Context(), current.ID, found, attempt, nil)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	position := current.Position()
	s.sendJSON(w, http.StatusOK, map[string]any{"html": html, "seq": position.Seq, "run": position.Run})
}

// refuseAttempt shows what was handed over with the faults beside the rows.
// Nothing in the session changes. The status is 200, because a browser writes
// every other one into the console, where a learner shall find CORS errors only.
func (s *server) refuseAttempt(w http.ResponseWriter, r *http.Request, found *scenario.Scenario, attempt scenario.Attempt, faults scenario.Faults) {
	html, err := s.attemptHTML(r.Context(), chi.URLParam(r, "session"), found, attempt, faults)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.sendJSON(w, http.StatusOK, map[string]any{"html": html, "error": faults.String()})
}

// attemptHTML renders everything on the page that depends on the attempt.
func (s *server) attemptHTML(ctx context.Context, id string, found *scenario.Scenario, attempt scenario.Attempt, faults scenario.Faults) (string, error) {
	return render(ctx,
		view.Script(found, attempt, s.byHand(id, attempt.Script), s.origins.Of(attempt.Script.From), faults),
		view.Policy(found, attempt.Policy, s.origins, faults))
}

// byHand is the URL that stands in the code on the page: run 0 belongs to no
// press of Send.
func (s *server) byHand(id string, script scenario.Script) string {
	return s.apiURL(id, 0, script)
}

// apiURL puts session and run between the origin and the path of the script.
func (s *server) apiURL(id string, segment int, script scenario.Script) string {
	origin, path, _ := strings.Cut(script.URL, "}")
	return fmt.Sprintf("%s/%s/%d%s", s.origins.Expand(origin+"}"), id, segment, s.origins.Expand(path))
}

// sending is a request as the runner makes it.
type sending struct {
	URL         string        `json:"url"`
	Method      string        `json:"method"`
	Mode        string        `json:"mode"`
	Credentials string        `json:"credentials"`
	Redirect    string        `json:"redirect"`
	Headers     [][2]string   `json:"headers"`
	Body        scenario.Body `json:"body"`
}

// startRun handles POST /sessions/{session}/runs: it opens a run and answers
// with its number and the request that the runner is to make.
func (s *server) startRun(w http.ResponseWriter, r *http.Request) {
	current, err := s.sessions.Get(chi.URLParam(r, "session"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	run := current.Start()
	request := sending{
		URL:    s.apiURL(current.ID, run.Segment, run.Script),
		Method: run.Script.Method, Mode: run.Script.Mode,
		Credentials: run.Script.Credentials, Redirect: run.Script.Redirect,
		Headers: [][2]string{}, Body: run.Script.Body,
	}
	for _, h := range run.Script.Sent() {
		request.Headers = append(request.Headers, [2]string{h.Name, h.Value})
	}
	s.sendJSON(w, http.StatusCreated, map[string]any{"run": run.Number, "request": request})
}

// settleRun handles POST /sessions/{session}/runs/{run}/outcome: the page
// reports what the script got.
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
	if err := current.Settle(number, report); err != nil {
		s.fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// readJSON reads a control request's body, strictly.
func readJSON(w http.ResponseWriter, r *http.Request, into any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxControlBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", errBody, err)
	}
	if decoder.More() {
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
