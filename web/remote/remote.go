// Package remote sends requests to real servers. A [Server] sends one request and
// returns the status and the header lines of the response. It follows no redirect, has
// no cookies of its own and reads no body.
//
// It uses net/http, which changes some things:
//
//   - Header lines go out sorted by name. Lines of one name keep their order.
//   - In a response, the lines of different names lose their order as well, and
//     their names get the canonical spelling. They are returned sorted by name.
//   - Content-Length and Transfer-Encoding go out as the body needs them, whatever
//     the request's headers say, and Connection: close is added.
//   - Over HTTP/2, which TLS servers can choose, names go out in lower case, and
//     header lines about the connection are dropped. A request that such a server
//     refuses before it has processed it may be repeated.
package remote

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"corslab/lab/wire"
)

// Bounds on what a server can make its caller read and wait for.
const (
	connectTime = 10 * time.Second
	maxHeader   = 256 << 10 // bytes of a response's header lines
)

// Transport returns a transport that changes requests as little as net/http can.
// The caller may change its TLS settings.
func Transport() *http.Transport {
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: connectTime}).DialContext,
		TLSHandshakeTimeout:    connectTime,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // otherwise it adds Accept-Encoding and hides Content-Encoding
		DisableKeepAlives:      true, // otherwise it repeats a request whose connection was closed
		MaxResponseHeaderBytes: maxHeader,
	}
}

// Server sends requests to real servers. It is safe for use by several goroutines.
type Server struct{ transport http.RoundTripper }

// New returns a Server that uses a transport, such as [Transport]'s. The URL of a
// request decides where it goes.
func New(transport http.RoundTripper) *Server { return &Server{transport} }

// Respond sends a request and returns the response without its body. If the server was
// reached but sent no valid response, the result says that it closed the connection,
// because browsers make no difference between the two.
//
// It returns an error if the request can't be sent as it is, if the server can't be
// reached, because of its name, its port or its certificate, or if the context ends.
func (s *Server) Respond(ctx context.Context, r wire.Request) (wire.Response, error) {
	var reached atomic.Bool
	request, err := requestOf(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { reached.Store(true) },
	}), r)
	if err != nil {
		return wire.Response{}, err
	}
	response, err := s.transport.RoundTrip(request)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return wire.Response{}, fmt.Errorf("ask %s: %w", r.URL, context.Cause(ctx))
	case reached.Load():
		return wire.Response{Closed: true}, nil
	default:
		return wire.Response{}, fmt.Errorf("ask %s: %w", r.URL, err)
	}
	_ = response.Body.Close() // unread, because it may never end; an error here changes nothing
	return wire.Response{Status: response.StatusCode, Headers: wire.FromMap(response.Header)}, nil
}

// requestOf converts a request for net/http.
func requestOf(ctx context.Context, r wire.Request) (*http.Request, error) {
	if r.Broken || r.Size > int64(len(r.Body)) {
		return nil, fmt.Errorf("ask %s: found the first %d of %d bytes of a body; want all of it", r.URL, len(r.Body), r.Size)
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	if request.URL.Scheme != "http" && request.URL.Scheme != "https" || request.URL.Host == "" {
		return nil, fmt.Errorf("found the URL %q; want one that begins with http:// or https:// and has a host", r.URL)
	}
	request.Header["User-Agent"] = nil // otherwise net/http adds its own
	for _, line := range r.Headers {
		if strings.EqualFold(line.Name, "Host") {
			request.Host = line.Value
		}
	}
	r.Headers.Without("Host").AddTo(request.Header)
	return request, nil
}
