package wire

import (
	"time"

	"corslab/lab/inert"
)

// Response is what a server sends back. Its body does nothing in a browser, because the
// lab sends no other bodies. A response from another server has no body here, because
// the body doesn't affect who can read it.
type Response struct {
	Status  int
	Headers Headers // may be shared, so copy them before you change them
	Body    inert.Body
	Closed  bool          // the connection ends, and the response isn't sent
	Delay   time.Duration // time before the response is sent
}

// Refusal is a response that the lab itself makes, for a request that it doesn't
// serve. It may come from any of the lab's origins, also from one that is meant to be
// attacked: the body is inert, and browsers don't guess another type.
func Refusal(status int, message string) Response {
	headers := Headers{{"Content-Type", "application/json"}, {"X-Content-Type-Options", "nosniff"}}
	return Response{Status: status, Headers: headers, Body: inert.Error(message)}
}

// Seen is the status that a browser sees: 0 if the connection is closed instead.
func (r Response) Seen() int {
	if r.Closed {
		return 0
	}
	return r.Status
}

// Size estimates how many bytes of memory the response uses.
func (r Response) Size() int { return LineOverhead + r.Body.Len() + r.Headers.Size() }
