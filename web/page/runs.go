package page

import (
	"fmt"
	"net/http"
	"strconv"

	"corslab/lab/scenario"
	"corslab/lab/session"

	"github.com/go-chi/chi/v5"
)

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
func (c control) startRun() error {
	current, err := c.session()
	if err != nil {
		return err
	}
	found, attempt := current.Attempt()
	if name := found.OutOfReach(attempt.Script, c.origins); name != "" {
		return fmt.Errorf("%w: this scenario needs {%s}, which is %s, and that is another program's on your machine. Run corslab on your own machine for it", errElsewhere, name, c.origins.Of(name))
	}
	c.send(http.StatusCreated, callOf(current.Start()))
	return nil
}

// settleRun handles POST /sessions/{session}/runs/{run}/outcome, with which the page
// reports what the script got. It responds with the run's next call, if there is one.
func (c control) settleRun() error {
	var report session.Report
	if err := c.read(&report); err != nil {
		return err
	}
	current, err := c.session()
	if err != nil {
		return err
	}
	run := chi.URLParam(c.r, "run")
	number, err := strconv.Atoi(run)
	if err != nil {
		return fmt.Errorf("run %q: %w", run, session.ErrRun)
	}
	next, more, err := current.Settle(number, report, engineOf(c.r.UserAgent()))
	switch {
	case err != nil:
		return err
	case more:
		c.send(http.StatusOK, callOf(next))
	default:
		c.w.WriteHeader(http.StatusNoContent)
	}
	return nil
}
