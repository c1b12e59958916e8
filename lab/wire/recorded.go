package wire

import (
	"context"
	"fmt"
	"strings"

	"corslab/lab/cors"
)

// Recorded is a server that gives the responses recorded in an exchange. Bodies aren't
// recorded. If two hops have the same URL, it gives the first one's responses.
type Recorded struct{ exchange cors.Exchange }

// NewRecorded returns the server of an exchange.
func NewRecorded(exchange cors.Exchange) Recorded { return Recorded{exchange} }

// Respond returns the recorded response for the request's URL. It fails if the URL is
// unknown, or if a preflight's response wasn't recorded.
func (s Recorded) Respond(_ context.Context, r Request) (Response, error) {
	for _, hop := range s.exchange.Hops {
		if !sameURL(hop.URL, r.URL) {
			continue
		}
		if _, preflight := r.Preflight(); !preflight {
			return FromJudged(hop.Response), nil
		}
		if hop.Preflight == nil {
			return Response{}, fmt.Errorf("found a preflight to %s; want a request whose response is in the exchange", r.URL)
		}
		return FromJudged(hop.Preflight), nil
	}
	return Response{}, fmt.Errorf("found a request to %s; want %s", r.URL, s.wanted())
}

// wanted lists the URLs of the exchange.
func (s Recorded) wanted() string {
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
