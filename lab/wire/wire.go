// Package wire is the one way to ask what a server would say. Whoever asks
// builds a [Request] and gets a [Response]. A [Server] may be the server under
// test, a copy of it that changes nothing, recorded responses, or a real
// server somewhere else.
//
// Header names and values are bytes, as on the wire. Package cors has one code
// point for each byte instead; [Response.Judged] and [FromJudged] convert.
//
// The package is a leaf. It knows no policies and no sessions, and it opens no
// connections.
package wire

import "context"

// Server responds to requests.
//
// An error means that there's no way to know what the server would say. A
// server that ends the connection without a response gives no error but a
// [Response] that is closed.
type Server interface {
	Respond(context.Context, Request) (Response, error)
}
