// Package api is the API origin: the server under test. It answers every
// request exactly as the policy of the session in its URL says, after it has
// journalled it, and does nothing else. There is no control route here,
// because this origin is meant to be misconfigured.
package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"corslab/lab/inert"
	"corslab/lab/scenario"
	"corslab/lab/session"
)

// drained is how much of a request's body is read, in bytes, so that a browser
// that sends too much still gets to see the refusal.
const drained = 16 << 20

type server struct {
	sessions *session.Store
	hosts    []string
	proxy    http.Handler
	proxyAt  string // its host
	log      *slog.Logger
}

// New returns the API origin's handler. What is at /{session}/{run}/proxy/… of
// {api2} is the proxy's.
func New(sessions *session.Store, origins scenario.Origins, proxy http.Handler, log *slog.Logger) http.Handler {
	s := &server{
		sessions: sessions, hosts: origins.APIHosts(), log: log,
		proxy: proxy, proxyAt: strings.TrimPrefix(origins.API2, "http://"),
	}
	return s.allowHosts(http.HandlerFunc(s.answer))
}

// allowHosts refuses requests to names that are not this lab's, as DNS
// rebinding would bring them.
func (s *server) allowHosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(s.hosts, strings.ToLower(r.Host)) {
			s.refuse(w, http.StatusMisdirectedRequest, fmt.Sprintf("unknown host %q; this API answers to %s", r.Host, strings.Join(s.hosts, ", ")))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// answer handles every method on /{session}/{run}/…. The path is split by hand,
// because a router refuses the methods that it was not told of, and a script
// may send any.
func (s *server) answer(w http.ResponseWriter, r *http.Request) {
	current, run, target, found := s.locate(r)
	if !found {
		s.refuse(w, http.StatusNotFound, "no session here; the addresses of this API are /SESSION/RUN/messages, and a page of the lab makes the session")
		return
	}
	if strings.HasPrefix(target, session.ProxyPath) && strings.EqualFold(r.Host, s.proxyAt) {
		s.proxy.ServeHTTP(w, r)
		return
	}
	answer := current.Receive(run, received(r, target))
	if !wait(r.Context(), answer.Delay) || answer.Closed {
		panic(http.ErrAbortHandler) // net/http's way to close a connection without an answer
	}
	header := w.Header()
	header["Content-Type"] = nil // no sniffing: what the policy does not set is not sent
	for name, values := range answer.Headers {
		header[name] = values
	}
	s.write(w, answer.Status, answer.Body)
}

// wait reports whether the time passed while the browser still waits.
func wait(ctx context.Context, delay time.Duration) bool {
	if delay == 0 {
		return true
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// locate takes the URL apart: the session, the run, and what follows. A URL of
// a session without a run belongs to run 0, as what is sent by hand does.
func (s *server) locate(r *http.Request) (current *session.Session, run int, target string, found bool) {
	id, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
	current, err := s.sessions.Get(id)
	if err != nil {
		return nil, 0, "", false
	}
	segment, path, _ := strings.Cut(rest, "/")
	if run, err = strconv.Atoi(segment); err != nil {
		run, path = 0, rest
	}
	target = "/" + path
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	return current, run, target, true
}

// received reads a request as the journal keeps it.
func received(r *http.Request, target string) session.Request {
	request := session.Request{Method: r.Method, Target: target, Host: r.Host, Headers: r.Header}
	if r.ContentLength == 0 {
		return request
	}
	if len(r.TransferEncoding) > 0 { // net/http takes it out of the headers
		request.Headers = r.Header.Clone()
		request.Headers["Transfer-Encoding"] = r.TransferEncoding
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, session.KeptBody))
	rest := int64(0)
	if err == nil {
		rest, err = io.Copy(io.Discard, io.LimitReader(r.Body, drained))
	}
	request.Body, request.Size, request.Broken = body, int64(len(body))+rest, err != nil
	return request
}

func (s *server) refuse(w http.ResponseWriter, status int, message string) {
	w.Header()["Content-Type"] = []string{"application/json"}
	w.Header()["X-Content-Type-Options"] = []string{"nosniff"}
	s.write(w, status, inert.Error(message))
}

// write is the only place that sends a body. No handler here sends other bytes.
func (s *server) write(w http.ResponseWriter, status int, body inert.Body) {
	w.WriteHeader(status)
	if _, err := body.WriteTo(w); err != nil && !errors.Is(err, http.ErrBodyNotAllowed) {
		s.log.Debug("response not sent", "err", err)
	}
}
