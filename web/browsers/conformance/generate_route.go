package conformance

import (
	"fmt"
	"net/url"
	"strings"

	"corslab/lab/cors"
)

// leg is a hop that is being generated.
type leg struct {
	origin string // of its server
	caller string // the origin that the request has there
	path   string
}

// route returns the hops: usually one, sometimes a few, rarely about as many as a
// browser follows.
func (g *generator) route(page string, r cors.Request) []cors.Hop {
	count := pick(g, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4)
	if g.chance(1) {
		count, g.faults = pick(g, 21, 22, 23), 0
	}
	legs := g.legs(page, count)
	hops := make([]cors.Hop, 0, count)
	next := g.firstURL(legs[0])
	for i, l := range legs {
		hop := cors.Hop{URL: next, Preflight: g.preflight(l, r), Response: g.response(l, r)}
		if i+1 == len(legs) {
			return append(hops, g.lastHop(hop, l, r, count == 1)...)
		}
		location, leadsTo := g.location(l, legs[i+1])
		hop.Response = g.redirect(hop.Response, location, 301, 302, 303, 307, 308)
		hops = append(hops, hop)
		next = leadsTo
	}
	return hops
}

func (g *generator) legs(page string, count int) []leg {
	const api = "http://localhost:8000"
	origins := []string{api, api, "http://127.0.0.1:8000", "http://localhost:8080", "http://127.0.0.1:8080"}
	still := count > 4 || g.chance(40) // a chain within one origin
	legs := make([]leg, count)
	for i := range legs {
		l := &legs[i]
		l.origin, l.caller = usually(g, 40, api, origins...), page
		l.path = fmt.Sprintf("/%s/%d", g.id, i)
		if i == 0 {
			continue
		}
		before := legs[i-1]
		if still {
			l.origin = before.origin
		}
		l.caller = before.caller
		if l.origin != before.origin && before.origin != page {
			l.caller = "null"
		}
	}
	return legs
}

func (g *generator) firstURL(l leg) string {
	address := l.origin + l.path + usually(g, 10, "", "?a=1", "?")
	switch g.IntN(60) {
	case 0:
		return withUser(address, pick(g, "user:pw", "user", ":pw"))
	case 1:
		return address + "#part"
	}
	return address
}

func withUser(address, user string) string {
	return strings.Replace(address, "http://", "http://"+user+"@", 1)
}

// location returns a Location that leads to the next hop, and the URL that it resolves
// to.
func (g *generator) location(from, to leg) (location, leadsTo string) {
	address := to.origin + to.path
	switch g.IntN(20) {
	case 0:
		user := pick(g, "user:pw", "user", "user:pw")
		return withUser(address, user), withUser(address, user)
	case 1:
		return withUser(address, pick(g, "", ":")), address
	case 2:
		return strings.TrimPrefix(address, "http:"), address
	case 3:
		return address + "#part", address + "#part"
	case 4:
		return pick(g, " "+address, address+"\t", strings.Replace(address, "http", "HTTP", 1)), address
	case 5:
		return to.origin + "/x/.." + to.path, address
	case 6:
		return strings.ReplaceAll(address, "/", `\`), address
	}
	if from.origin == to.origin && g.chance(50) {
		name := to.path[strings.LastIndex(to.path, "/")+1:]
		return pick(g, to.path, name, "./"+name, "../"+g.id+"/"+name), address
	}
	return address, address
}

// lastHop returns the last hop of a route. It may redirect too, but then no browser, or
// not every browser, follows. alone says that it is also the first hop.
func (g *generator) lastHop(hop cors.Hop, l leg, r cors.Request, alone bool) []cors.Hop {
	switch g.IntN(100) {
	case 0, 1:
		hop.Response = nil
	case 2, 3, 4:
		hop.Response = g.redirect(hop.Response, g.deadEnd(), 301, 302, 303, 307, 308)
	case 5:
		hop.Response = g.redirect(hop.Response, "/"+g.id+"/not-followed", 300, 304, 305)
	case 6:
		hop.Response.Status = pick(g, 301, 302, 303, 307, 308) // without a Location
	case 7:
		return g.twoLocations(hop, l, r)
	case 8:
		if alone && plain(hop.URL) && simple(r) {
			return g.circle(hop)
		}
	}
	return []cors.Hop{hop}
}

// twoLocations returns a hop whose response has two Location lines, and the hop that
// some browsers reach by joining them.
func (g *generator) twoLocations(hop cors.Hop, l leg, r cors.Request) []cors.Hop {
	hop.Response = g.redirect(hop.Response, "/"+g.id+"/a", 302, 307)
	hop.Response.Headers = append(hop.Response.Headers, [2]string{"Location", "/" + g.id + "/b"})
	joined := fmt.Sprintf("%s/%s/a,%%20/%s/b", l.origin, g.id, g.id)
	return []cors.Hop{hop, {URL: joined, Preflight: g.preflight(l, r), Response: g.response(l, r)}}
}

// plain reports whether a URL has no fragment. Redirects would inherit one.
func plain(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Fragment == ""
}

// simple reports whether a request needs no preflight in any browser. In a circle, the
// preflight cache would interfere.
func simple(r cors.Request) bool {
	return (r.Method == "GET" || r.Method == "HEAD") && len(r.Headers) == 0 && !r.UploadListener
}

// circle returns a hop that leads to itself, repeated as often as a browser might follow
// it.
func (g *generator) circle(hop cors.Hop) []cors.Hop {
	hop.Response = g.redirect(hop.Response, "", 301, 302, 307)
	hops := make([]cors.Hop, 22)
	for i := range hops {
		hops[i] = hop
	}
	return hops
}

// deadEnd returns a Location that leads nowhere.
func (g *generator) deadEnd() string {
	return pick(g,
		"foo:bar", "foo://localhost:8000/"+g.id, "data:text/plain,x", "ftp://localhost/"+g.id, "file:///"+g.id, "about:blank", "blob:x",
		"javascript:1", "ws://localhost:8000/"+g.id,
		"http://[", "http://", "http://]", "http://localhost:99999/"+g.id, "http://%/", "http://localhost:8000:8000/"+g.id)
}

// redirect turns a response into a redirect.
func (g *generator) redirect(response *cors.Response, location string, statuses ...int) *cors.Response {
	name := pick(g, "Location", "Location", "location")
	return &cors.Response{
		Status:  pick(g, statuses...),
		Headers: append(response.Headers, [2]string{name, location}),
	}
}
