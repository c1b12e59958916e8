// Package proxy holds the two proxies that a page can use to read from an API that
// doesn't allow it. One is on the page's own origin, so the browser sees no cross-origin
// request. The other is a CORS proxy on another origin, which lets every page read. Both
// really forward requests, over connections of their own. They reach only this lab's
// API, which has no control routes.
package proxy

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"corslab/lab/backend"
	"corslab/lab/endpoint"
	"corslab/lab/inert"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// Bounds on what is forwarded.
const (
	longest     = policy.MaxDelay*time.Millisecond + 5*time.Second
	maxResponse = 1 << 20 // bytes
)

// Proxies are the two proxies of one lab.
type Proxies struct {
	sessions *session.Store
	origins  origin.Set
	client   *http.Client
	log      *slog.Logger
}

// New returns the proxies to the API that listens at an address.
func New(sessions *session.Store, origins origin.Set, api string, log *slog.Logger) *Proxies {
	transport := &http.Transport{
		// The URL's host is one of the lab's names, which the system may not be able to
		// resolve.
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, api)
		},
		DisableCompression: true,
		DisableKeepAlives:  true, // otherwise a request is repeated when the API closes its connection
	}
	client := &http.Client{
		Transport: transport, Timeout: longest,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Proxies{sessions: sessions, origins: origins, client: client, log: log}
}

// SameOrigin handles every method on /proxy/{session}/{run}/{api}/… of the page
// listener. A session's API response must not run on the page's origin, whether a
// browser loads it as a document, a script or a worker. So the responses are harmless in
// themselves: the bytes are inert, and [confined] puts them into a sandbox. Nothing
// here depends on Sec-Fetch-Site or Sec-Fetch-Dest: browsers send them only to
// trustworthy addresses, never over plain HTTP on a LAN.
//
// It refuses pages of other origins if the browser names their origin. If it doesn't, as
// for an image, the page gets nothing that it can read, and it could have sent the
// request to the API itself.
func (p *Proxies) SameOrigin() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from := r.Header.Get("Origin"); from != "" && !strings.EqualFold(from, origin.At("http", r.Host).String()) {
			p.send(w, wire.Refusal(http.StatusForbidden, "this proxy serves only pages of its own origin"))
			return
		}
		p.serve(w, r, endpoint.SameOrigin)
	})
}

// CORS handles every method on /{session}/{run}/proxy/{api}/… of {api2}. It responds to
// preflights itself.
func (p *Proxies) CORS() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.serve(w, r, endpoint.CORS) })
}

// forwarded is one request on its way through a proxy.
type forwarded struct {
	session *session.Session
	at, to  endpoint.URL // of the proxy and of the API
}

// way resolves a URL of the proxy of a kind to the API URL that it stands for.
func (p *Proxies) way(kind endpoint.Via, url string) (forwarded, bool) {
	at := endpoint.Parse(url)
	to, err := at.Behind(p.origins)
	if err != nil || at.Via != kind {
		return forwarded{}, false
	}
	current, err := p.sessions.Get(at.Session)
	return forwarded{current, at, to}, err == nil
}

// serve responds to a browser's request and records it in the session.
func (p *Proxies) serve(w http.ResponseWriter, r *http.Request, kind endpoint.Via) {
	seen := wire.Request{Method: r.Method, URL: wire.URLOf("http", r.Host, r.URL), Headers: wire.FromMap(r.Header)}
	way, found := p.way(kind, seen.URL)
	switch {
	case !found:
		p.send(w, wire.Refusal(http.StatusNotFound, "this proxy leads to the API of a session of this lab only"))
		return
	case strings.Contains(strings.Join(r.Header["Via"], ","), "corslab-"):
		p.send(w, wire.Refusal(http.StatusLoopDetected, "this request has passed a proxy already"))
		return
	}
	response := p.forward(seen, relay{p, way, w, r})
	way.session.Relayed(kind, seen, response)
	if kind == endpoint.SameOrigin {
		response = confined(response)
	}
	p.send(w, response)
}

// forward returns the proxy's response to the browser.
func (p *Proxies) forward(seen wire.Request, api relay) wire.Response {
	kind := api.way.at.Via
	response, err := backend.Proxy{Kind: kind, Origins: p.origins, API: api}.Respond(api.r.Context(), seen)
	if err == nil {
		return response
	}
	failed := wire.Response{Status: http.StatusBadGateway, Body: inert.Error("the API sent this proxy no response")}
	if large := new(http.MaxBytesError); errors.As(err, &large) {
		failed.Status, failed.Body = http.StatusRequestEntityTooLarge, inert.Error("the body is too large for this proxy")
	} else {
		p.log.Debug("not forwarded", "err", err)
	}
	if kind == endpoint.CORS {
		failed.Headers = backend.Open(failed.Headers)
	}
	return failed
}

// confined is a response as it may come from the page's own origin. These headers
// replace the API's: a document is in a sandbox without scripts, browsers don't guess
// the type, and other origins can't embed it.
func confined(response wire.Response) wire.Response {
	response.Headers = response.Headers.Without("Service-Worker-Allowed").
		With("Content-Security-Policy", "sandbox; default-src 'none'").
		With("X-Content-Type-Options", "nosniff").
		With("Cross-Origin-Resource-Policy", "same-origin")
	return response
}

// send sends a response to the browser.
func (p *Proxies) send(w http.ResponseWriter, response wire.Response) {
	header := w.Header()
	header["Content-Type"] = nil // no sniffing here either
	response.Headers.AddTo(header)
	w.WriteHeader(response.Status)
	if _, err := response.Body.WriteTo(w); err != nil && !errors.Is(err, http.ErrBodyNotAllowed) {
		p.log.Debug("response not sent", "err", err)
	}
}
