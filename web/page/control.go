package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"corslab/lab/session"

	"github.com/go-chi/chi/v5"
)

// maxControlBody bounds the body of a control request, in bytes. It is well above the
// largest valid attempt, so that an attempt that is a little too large still gets a
// response that names the row at fault.
const maxControlBody = 512 << 10

// control is one control request.
type control struct {
	*server
	w http.ResponseWriter
	r *http.Request
}

// takeControl makes an [http.HandlerFunc] of a handler of control requests.
func (s *server) takeControl(h func(control) error) http.HandlerFunc {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error { return h(control{s, w, r}) })
}

// id is the ID of the request's session, which need not exist.
func (c control) id() string { return chi.URLParam(c.r, "session") }

// session is the session of the request.
func (c control) session() (*session.Session, error) { return c.sessions.Get(c.id()) }

// read reads the request's body, strictly.
func (c control) read(into any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(c.w, c.r.Body, maxControlBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", errBody, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: more than one JSON value", errBody)
	}
	return nil
}

// send responds with JSON.
func (c control) send(status int, v any) { c.sendJSON(c.w, status, v) }

func (s *server) sendJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.log.Debug("answer not sent", "err", err)
	}
}
