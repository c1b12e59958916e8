package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"corslab/lab/session"
)

var (
	errBody      = errors.New("the request's body is not the JSON that this route takes")
	errScenario  = errors.New("no such scenario")
	errHost      = errors.New("unknown host")
	errOrigin    = errors.New("cross-origin request refused")
	errElsewhere = errors.New("this lab can't send that")
	errCompared  = errors.New("not a run of this scenario")

	// A client still reads this only if the lab is stopping.
	errBrokenOff = errors.New("the lab is stopping; try again when it's running")
)

// handler handles a control request. If it returns an error, it must not have sent
// anything.
type handler func(w http.ResponseWriter, r *http.Request) error

// handle turns a handler into an [http.HandlerFunc].
func (s *server) handle(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}

// fail responds to a control request with an error status. It logs unknown errors and
// hides them from the client.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, message := http.StatusInternalServerError, "the lab failed; its log says why"
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, context.Canceled):
		status, message = http.StatusServiceUnavailable, errBrokenOff.Error()
		s.log.Debug("request broken off", "path", r.URL.Path, "err", err)
	case errors.As(err, &tooLarge):
		status, message = http.StatusRequestEntityTooLarge, fmt.Sprintf("the request has more than %d bytes", tooLarge.Limit)
	case errors.Is(err, errBody):
		status, message = http.StatusBadRequest, errBody.Error()
		s.log.Debug("bad request", "path", r.URL.Path, "err", fmt.Sprintf("%.200s", err.Error()))
	case errors.Is(err, session.ErrID), errors.Is(err, session.ErrPosition), errors.Is(err, session.ErrReport), errors.Is(err, errCompared):
		status, message = http.StatusBadRequest, err.Error()
	case errors.Is(err, errHost):
		status, message = http.StatusMisdirectedRequest, err.Error()
	case errors.Is(err, errOrigin):
		status, message = http.StatusForbidden, err.Error()
	case errors.Is(err, session.ErrNotFound), errors.Is(err, errScenario):
		status, message = http.StatusNotFound, err.Error()
	case errors.Is(err, session.ErrRun), errors.Is(err, errElsewhere):
		status, message = http.StatusConflict, err.Error()
	case errors.Is(err, session.ErrFull):
		w.Header().Set("Retry-After", "60")
		status, message = http.StatusServiceUnavailable, err.Error()
	case errors.Is(err, session.ErrClientFull), errors.Is(err, session.ErrTooFast):
		w.Header().Set("Retry-After", "10")
		status, message = http.StatusTooManyRequests, err.Error()
	default:
		s.log.Error("request failed", "method", r.Method, "path", r.URL.Path, "err", err)
	}
	setSecurity(w.Header(), contentSecurityPolicy(s.origins))
	s.sendJSON(w, status, map[string]string{"error": message})
}
