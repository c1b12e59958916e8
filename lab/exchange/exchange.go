// Package exchange joins the wire and the judge. It turns the responses of a server into
// those of a [cors.Exchange] and back, and has a [Server] that gives the responses of an
// exchange.
//
// Header names and values are bytes on the wire, while package cors has one code point
// for each byte.
package exchange

import (
	"corslab/lab/cors"
	"corslab/lab/wire"
)

// FromWire returns a response as the judge sees it, or nil if the connection is closed.
func FromWire(r wire.Response) *cors.Response {
	if r.Closed {
		return nil
	}
	judged := &cors.Response{Status: r.Status, Headers: make(cors.HeaderList, len(r.Headers))}
	for i, line := range r.Headers {
		judged.Headers[i] = [2]string{cors.IsomorphicDecode([]byte(line.Name)), cors.IsomorphicDecode([]byte(line.Value))}
	}
	return judged
}

// ToWire is the inverse of FromWire.
func ToWire(judged *cors.Response) wire.Response {
	if judged == nil {
		return wire.Response{Closed: true}
	}
	response := wire.Response{Status: judged.Status, Headers: make(wire.Headers, len(judged.Headers))}
	for i, line := range judged.Headers {
		response.Headers[i] = wire.Line{Name: string(cors.IsomorphicEncode(line[0])), Value: string(cors.IsomorphicEncode(line[1]))}
	}
	return response
}
