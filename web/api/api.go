// Package api is the API origin: the server under test. It journals every request, then
// responds exactly as the policy of the session in the URL says, and does nothing else.
// It has no control routes, because this origin is meant to be misconfigured.
package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"corslab/lab/backend"
	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// maxDrained bounds how much of a request's body is read, in bytes. A browser shows the
// refusal of a large body only if the server reads on until the browser has sent it.
const maxDrained = 16 << 20

type server struct {
	sessions *session.Store
	hosts    []string
	proxy    http.Handler
	proxyAt  string // its host
	log      *slog.Logger
}

// New returns the API origin's handler. Requests for /{session}/{run}/proxy/… of {api2}
// go to the proxy.
func New(sessions *session.Store, origins origin.Set, proxy http.Handler, log *slog.Logger) http.Handler {
	s := &server{
		sessions: sessions, hosts: origins.APIHosts(), log: log,
		proxy: proxy, proxyAt: origins.API2.HostPort(),
	}
	return s.allowHosts(http.HandlerFunc(s.respond))
}

// allowHosts refuses requests for other host names than the lab's, because DNS rebinding
// would use one.
func (s *server) allowHosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(s.hosts, strings.ToLower(r.Host)) {
			s.send(w, wire.Refusal(http.StatusMisdirectedRequest, fmt.Sprintf("unknown host %q; this API answers to %s", r.Host, strings.Join(s.hosts, ", "))))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// respond handles every method on /{session}/{run}/…. It splits the path itself, because
// routers refuse unknown methods, and a script can send any.
func (s *server) respond(w http.ResponseWriter, r *http.Request) {
	url := wire.URLOf("http", r.Host, r.URL)
	to := endpoint.Parse(url)
	current, err := s.sessions.Get(to.Session)
	if err != nil || to.Via == endpoint.SameOrigin {
		s.send(w, wire.Refusal(http.StatusNotFound, "no session here; the addresses of this API are /SESSION/RUN/messages, and a page of the lab makes the session"))
		return
	}
	if strings.EqualFold(r.Host, s.proxyAt) && to.Via == endpoint.CORS {
		s.proxy.ServeHTTP(w, r)
		return
	}
	response, err := current.Respond(r.Context(), received(r, url))
	if err != nil || !wait(r.Context(), response.Delay) || response.Closed {
		panic(http.ErrAbortHandler) // net/http's way to close a connection without a response
	}
	s.send(w, response)
}

// wait waits, and reports false if the client goes away first.
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

// received reads a request with the first bytes of its body.
func received(r *http.Request, url string) wire.Request {
	request := wire.Request{Method: r.Method, URL: url, Headers: wire.FromMap(r.Header)}
	if r.ContentLength == 0 {
		return request
	}
	for _, coding := range r.TransferEncoding { // net/http removes it from the headers
		request.Headers.Add("Transfer-Encoding", coding)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, backend.FirstBytes))
	rest := int64(0)
	if err == nil {
		rest, err = io.Copy(io.Discard, io.LimitReader(r.Body, maxDrained))
	}
	request.Body, request.Size, request.Broken = body, int64(len(body))+rest, err != nil
	return request
}

// send is the only place that sends a response. No handler here sends other bytes
// than an inert body.
func (s *server) send(w http.ResponseWriter, response wire.Response) {
	header := w.Header()
	header["Content-Type"] = nil // no sniffing: what the policy does not set is not sent
	response.Headers.AddTo(header)
	w.WriteHeader(response.Status)
	if _, err := response.Body.WriteTo(w); err != nil && !errors.Is(err, http.ErrBodyNotAllowed) {
		s.log.Debug("response not sent", "err", err)
	}
}
