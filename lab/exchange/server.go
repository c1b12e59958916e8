package exchange

import (
	"context"
	"fmt"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/wire"
)

// Server gives the responses of an exchange, which has no bodies. If two hops have the
// same URL, it gives the first one's responses.
type Server struct{ exchange cors.Exchange }

// NewServer returns the server of an exchange.
func NewServer(exchange cors.Exchange) Server { return Server{exchange} }

// Respond returns the response at the request's URL. It fails if no hop has the URL, or
// if the hop has no response to a preflight.
func (s Server) Respond(_ context.Context, r wire.Request) (wire.Response, error) {
	for _, hop := range s.exchange.Hops {
		if !sameURL(hop.URL, r.URL) {
			continue
		}
		if _, preflight := r.Preflight(); !preflight {
			return ToWire(hop.Response), nil
		}
		if hop.Preflight == nil {
			return wire.Response{}, fmt.Errorf("found a preflight to %s; want a request whose response is in the exchange", r.URL)
		}
		return ToWire(hop.Preflight), nil
	}
	return wire.Response{}, fmt.Errorf("found a request to %s; want %s", r.URL, s.wanted())
}

// wanted lists the URLs of the exchange.
func (s Server) wanted() string {
	if len(s.exchange.Hops) == 0 {
		return "an exchange with hops"
	}
	urls := make([]string, len(s.exchange.Hops))
	for i, hop := range s.exchange.Hops {
		urls[i] = hop.URL
	}
	return "one to " + strings.Join(urls, " or ")
}

// sameURL compares URLs as browsers send them, without their fragments.
func sameURL(a, b string) bool {
	if a == b {
		return true
	}
	first, ok := cors.Resolve(a, a)
	second, also := cors.Resolve(b, b)
	return ok && also && first == second
}
