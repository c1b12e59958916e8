package session

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/fields"
	"corslab/lab/scenario"
)

// maxHops is how many URLs one fetch can lead to: its own and twenty redirects.
const maxHops = 21

// exchange is the call as the judge takes it. Where this browser sent no
// preflight or no request, it holds what the API would have answered, because
// another engine may have sent one.
func (c *Call) exchange() cors.Exchange {
	exchange := cors.Exchange{Origin: c.Origin, Page: c.Page, Request: c.Script.Request(), Hops: c.hops()}
	if c.Script.Kind == scenario.KindForm {
		exchange.Hops = withoutResourcePolicy(exchange.Hops)
	}
	return exchange
}

// withoutResourcePolicy leaves out a header that binds no navigation
// (https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check).
func withoutResourcePolicy(hops []cors.Hop) []cors.Hop {
	for _, hop := range hops {
		if hop.Response != nil {
			hop.Response.Headers = slices.DeleteFunc(hop.Response.Headers, func(h [2]string) bool { return h[0] == "Cross-Origin-Resource-Policy" })
		}
	}
	return hops
}

// hops follows the redirects as far as they lead within the session.
func (c *Call) hops() []cors.Hop {
	var hops []cors.Hop
	at, origin := c.URL, c.Origin
	for len(hops) < maxHops {
		here, err := url.Parse(at)
		if err == nil && c.isNowhere(here) {
			return append(hops, cors.Hop{URL: at})
		}
		if err != nil || !c.within(here) {
			break
		}
		hop := c.hop(here, at, origin)
		hops = append(hops, hop)
		next := leadsTo(here, hop.Response)
		if next == nil {
			break
		}
		if next.Host != here.Host && "http://"+here.Host != c.Origin {
			origin = "null" // https://fetch.spec.whatwg.org/#concept-request-tainted-origin
		}
		at = next.String()
	}
	return hops
}

// hop is what the API answers at a URL, or would.
func (c *Call) hop(here *url.URL, at, origin string) cors.Hop {
	place := c.spotOf(here)
	answered := c.given[place]
	if strings.HasPrefix(place.target, ProxyPath) {
		would := c.proxied(place)
		answered.preflight, answered.response = cmp.Or(answered.preflight, would.preflight), cmp.Or(answered.response, would.response)
	}
	if answered.preflight == nil {
		answered.preflight = new(c.answers.preflight(place, origin, c.prefix))
	}
	if answered.response == nil {
		answered.response = new(c.answers.response(place, origin, c.prefix))
	}
	return cors.Hop{URL: at, Preflight: onWire(*answered.preflight), Response: onWire(*answered.response)}
}

// isNowhere reports whether a redirect led to a place where nothing can answer.
func (c *Call) isNowhere(at *url.URL) bool {
	return at.Scheme+"://"+at.Host == c.answers.closed || fields.IsNowhere(at.Host)
}

// arriving leaves out the requests that no server can receive, because the log
// never has them.
func (c *Call) arriving(wire []cors.WireRequest) []cors.WireRequest {
	return slices.DeleteFunc(wire, func(w cors.WireRequest) bool {
		at, err := url.Parse(w.URL)
		return err == nil && c.isNowhere(at)
	})
}

// within reports whether a URL is the session's and of this run, at the API or
// at a proxy of the page's origin.
func (c *Call) within(at *url.URL) bool {
	path := at.EscapedPath()
	return strings.HasPrefix(path, c.prefix+"/") || strings.HasPrefix(path, "/proxy"+c.prefix+"/")
}

// spotOf is where a URL leads without what the session adds to it.
func (c *Call) spotOf(at *url.URL) spot {
	if rest, found := strings.CutPrefix(at.RequestURI(), "/proxy"+c.prefix+"/"); found {
		return spot{at.Host, ProxyPath + rest}
	}
	return spot{at.Host, strings.TrimPrefix(at.RequestURI(), c.prefix)}
}

// routeOf is the number of the policy's route, from 1, that the last request
// went to, 0 for none.
func (c *Call) routeOf(wire []cors.WireRequest) int {
	if len(wire) == 0 {
		return 0
	}
	at, err := url.Parse(wire[len(wire)-1].URL)
	if err != nil {
		return 0
	}
	return 1 + c.answers.route(c.spotOf(at))
}

// leadsTo is where an answer redirects to, nil for nowhere. The judge decides
// whether a browser follows.
func leadsTo(from *url.URL, answer *cors.Response) *url.URL {
	if answer == nil || answer.Status/100 != 3 {
		return nil
	}
	for _, h := range answer.Headers {
		if h[0] == "Location" {
			if next, err := from.Parse(h[1]); err == nil {
				return next
			}
		}
	}
	return nil
}

// onWire is an answer as the judge takes it; nil where none was sent.
func onWire(a Answer) *cors.Response {
	if a.Closed {
		return nil
	}
	answer := &cors.Response{Status: a.Status, Headers: [][2]string{}}
	for name, values := range a.Headers {
		for _, value := range values {
			answer.Headers = append(answer.Headers, [2]string{name, cors.IsomorphicDecode([]byte(value))})
		}
	}
	slices.SortStableFunc(answer.Headers, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return answer
}
