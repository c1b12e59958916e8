package session

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/exchange"
	"corslab/lab/fields"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/wire"
)

// maxHops is how many URLs one fetch can lead to: its own and twenty redirects.
const maxHops = 21

// exchange is the call as the judge sees it. If the browser left out a preflight or a
// request, exchange fills in what the API would respond, because another engine may
// have sent it.
func (c *call) exchange() cors.Exchange {
	seen := cors.Exchange{Origin: c.Origin, Page: c.Page, Request: c.Script.Request(), Hops: c.hops()}
	if c.Script.Kind == scenario.KindForm {
		seen.Hops = withoutResourcePolicy(seen.Hops)
	}
	return seen
}

// withoutResourcePolicy leaves out a header that doesn't apply to navigations
// (https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check).
func withoutResourcePolicy(hops []cors.Hop) []cors.Hop {
	for _, hop := range hops {
		if hop.Response != nil {
			hop.Response.Headers = slices.DeleteFunc(hop.Response.Headers, func(h [2]string) bool { return h[0] == "Cross-Origin-Resource-Policy" })
		}
	}
	return hops
}

// hops follows the redirects as long as they stay within the session. There is always
// a first hop, which has no response if the script's URL doesn't lead to the session.
func (c *call) hops() []cors.Hop {
	var hops []cors.Hop
	at, from := c.URL, c.Origin
	for len(hops) < maxHops {
		here, err := url.Parse(at)
		if err == nil && c.isNowhere(here) {
			return append(hops, cors.Hop{URL: at})
		}
		if err != nil || !c.within(here) {
			if len(hops) == 0 {
				hops = append(hops, cors.Hop{URL: at})
			}
			break
		}
		hop := c.hop(here, at, from)
		hops = append(hops, hop)
		next := leadsTo(here, hop.Response)
		if next == nil {
			break
		}
		if next.Host != here.Host && origin.At(here.Scheme, here.Host).String() != c.Origin {
			from = "null" // https://fetch.spec.whatwg.org/#concept-request-tainted-origin
		}
		at = next.String()
	}
	return hops
}

// hop is what the browser got at a URL. For a request that it didn't send, hop asks the
// API.
func (c *call) hop(here *url.URL, at, from string) cors.Hop {
	request := wire.Request{Method: c.Script.Method, URL: wire.URLOf(here.Scheme, here.Host, here), Headers: wire.Headers{{Name: "Origin", Value: from}}}
	to := endpoint.Parse(request.URL)
	got, server := c.responses[to.Key()], c.server(to)
	return cors.Hop{
		URL:       at,
		Preflight: judged(got.preflight, server, c.preflight(request)),
		Response:  judged(got.response, server, request),
	}
}

// server is the server at an address: the API, or a proxy in front of it.
func (c *call) server(to endpoint.URL) wire.Server {
	if to.Via != endpoint.Direct {
		return backend.Proxy{Kind: c.Script.Via, Origins: c.origins, API: c.api}
	}
	return c.api
}

// preflight is the preflight that an engine would send for a request.
func (c *call) preflight(r wire.Request) wire.Request {
	r.Headers = append(slices.Clone(r.Headers), wire.Line{Name: "Access-Control-Request-Method", Value: r.Method})
	var names []string
	for _, h := range c.Script.Sent() {
		names = append(names, strings.ToLower(h.Name))
	}
	if len(names) > 0 {
		r.Headers.Add("Access-Control-Request-Headers", strings.Join(names, ","))
	}
	r.Method = "OPTIONS"
	return r
}

// judged is a response as the judge sees it: the one that the browser got, or else the
// one that the server would give. It is nil if the connection ends without a response,
// or if the server's response can't be known.
func judged(got *wire.Response, server wire.Server, r wire.Request) *cors.Response {
	if got != nil {
		return exchange.FromWire(*got)
	}
	would, err := server.Respond(context.Background(), r)
	if err != nil {
		return nil
	}
	return exchange.FromWire(would)
}

// isNowhere reports whether a redirect leads to an origin where no server can answer.
func (c *call) isNowhere(at *url.URL) bool {
	return origin.At(at.Scheme, at.Host) == c.origins.Closed || fields.IsNowhere(at.Host)
}

// arriving leaves out the requests that no server can receive, because they never show
// up in the log.
func (c *call) arriving(wire []cors.WireRequest) []cors.WireRequest {
	return slices.DeleteFunc(wire, func(w cors.WireRequest) bool {
		at, err := url.Parse(w.URL)
		return err == nil && c.isNowhere(at)
	})
}

// within reports whether a URL belongs to this run, at the API or at a proxy on the
// page's origin.
func (c *call) within(at *url.URL) bool {
	return endpoint.Parse(at.String()).In(c.session, c.segment)
}

// routeOf is the number, from 1, of the policy's route for the last request; 0 if there
// is none.
func (c *call) routeOf(sent []cors.WireRequest) int {
	if len(sent) == 0 {
		return 0
	}
	at, err := url.Parse(sent[len(sent)-1].URL)
	if err != nil {
		return 0
	}
	return c.api.Route(endpoint.Parse(wire.URLOf(at.Scheme, at.Host, at)))
}

// leadsTo is the URL that a response redirects to, or nil. The judge decides whether a
// browser follows.
func leadsTo(from *url.URL, response *cors.Response) *url.URL {
	if response == nil || response.Status/100 != 3 {
		return nil
	}
	for _, h := range response.Headers {
		if h[0] == "Location" {
			if next, err := from.Parse(h[1]); err == nil {
				return next
			}
		}
	}
	return nil
}
