package proxy

import (
	"context"
	"errors"
	"io"
	"net/http"

	"corslab/lab/backend"
	"corslab/lab/fields"
	"corslab/lab/wire"
)

// relay is the API as one request to a proxy reaches it: over a connection of the
// proxy's own, with the body that the browser sends.
type relay struct {
	*Proxies
	way forwarded
	w   http.ResponseWriter
	r   *http.Request
}

// Respond sends a request to the API. Header fields that apply to one connection
// (https://httpwg.org/specs/rfc9110.html#field.connection) stay behind.
func (a relay) Respond(ctx context.Context, r wire.Request) (wire.Response, error) {
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, http.MaxBytesReader(a.w, a.r.Body, backend.MaxBody))
	if err != nil {
		return wire.Response{}, err
	}
	request.ContentLength = a.r.ContentLength
	if a.r.ContentLength == 0 {
		request.Body = http.NoBody
	}
	request.Header = make(http.Header)
	r.Headers.WithoutFunc(func(name string) bool { return fields.Lookup(name).HopByHop }).AddTo(request.Header)
	response, err := a.client.Do(request)
	if err != nil {
		return wire.Response{}, err
	}
	defer func() { _ = response.Body.Close() }()
	received, err := io.ReadAll(io.LimitReader(response.Body, maxResponse))
	if err != nil {
		return wire.Response{}, err
	}
	body, ok := backend.ReadBody(received)
	if !ok {
		return wire.Response{}, errors.New("found a body that the API doesn't send")
	}
	return wire.Response{Status: response.StatusCode, Headers: wire.FromMap(a.responseHeaders(response, a.way)), Body: body}, nil
}
