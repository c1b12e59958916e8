// Package wire is the only way to ask what a server would respond. The caller builds a
// [Request] and gets a [Response]. A [Server] may be the server under test, a copy of
// it that changes nothing, the responses of an exchange, or a real server somewhere else.
//
// Header names and values are bytes, as on the wire.
//
// The package is a leaf: it knows neither the judge nor policies nor sessions, and opens
// no connections.
package wire

import "context"

// Server responds to requests.
//
// An error means that there is no way to know the server's response. If a server ends
// the connection without one, that isn't an error, but a [Response] that is closed.
type Server interface {
	Respond(context.Context, Request) (Response, error)
}
