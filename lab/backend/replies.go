package backend

import (
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"time"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/fields"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/wire"
)

// replies is a policy prepared for sending.
type replies struct {
	main   route
	routes []route
	apis   []string // the API origins, which a Location can name
}

// route is a path that has its own replies, or all other paths.
type route struct {
	host, path          string
	preflight, response reply
}

// reply is a reply of a policy with only the headers that may be sent.
type reply struct {
	policy.Reply
	rows     []row // sorted by name, which is the order in which Go's server sends them
	withheld []string
}

// row is a header that may be sent.
type row struct {
	policy.Header
	name  string // in canonical spelling
	front bool   // a front adds it, so an error doesn't lose it
}

func compile(p policy.Policy, o origin.Set) *replies {
	var front reply
	if p.Front != nil {
		front.add(p.Front.Headers, o, true)
	}
	ready := &replies{main: route{preflight: readyReply(p.Preflight, front, o), response: readyReply(p.Response, front, o)}, apis: serialized(o.APIs())}
	for _, own := range p.Routes {
		at, err := url.Parse(own.URL)
		if err != nil {
			continue // no file has such a URL
		}
		ready.routes = append(ready.routes, route{at.Host, at.EscapedPath(), readyReply(own.Preflight, front, o), readyReply(own.Response, front, o)})
	}
	return ready
}

// readyReply checks a reply against this lab's origins, and adds the front's headers.
// This can't be checked when a scenario file is read, because the ports aren't known
// then.
func readyReply(set policy.Reply, front reply, o origin.Set) reply {
	r := reply{Reply: set}
	r.add(set.Headers, o, false)
	r.rows, r.withheld = append(r.rows, front.rows...), append(r.withheld, front.withheld...)
	slices.SortStableFunc(r.rows, func(a, b row) int { return strings.Compare(a.name, b.name) })
	return r
}

// add adds the headers that are switched on and that a response may have.
func (r *reply) add(headers []policy.Header, o origin.Set, front bool) {
	for _, h := range policy.On(headers) {
		if problem := h.CheckSettable(o); problem != "" {
			r.withheld = append(r.withheld, problem)
			continue
		}
		r.rows = append(r.rows, row{h, textproto.CanonicalMIMEHeaderKey(h.Name), front})
	}
}

func (p *replies) at(to endpoint.URL) route {
	if i := p.route(to); i >= 0 {
		return p.routes[i]
	}
	return p.main
}

// route is the index of the route for a request, or -1.
func (p *replies) route(to endpoint.URL) int {
	path := to.Path()
	return slices.IndexFunc(p.routes, func(r route) bool { return strings.EqualFold(r.host, to.Host) && r.path == path })
}

// preflight is the response to a preflight from an origin.
func (p *replies) preflight(to endpoint.URL, origin string) Handled {
	return p.give(p.at(to).preflight, origin, to)
}

// response is the response to any other request.
func (p *replies) response(to endpoint.URL, origin string) Handled {
	return p.give(p.at(to).response, origin, to)
}

// refusal is response with another status, for requests that the API itself refuses.
func (p *replies) refusal(to endpoint.URL, origin string, status int) Handled {
	set := p.at(to).response
	set.Status = status
	return p.give(set, origin, to)
}

// give builds the response to one request.
func (p *replies) give(set reply, origin string, to endpoint.URL) Handled {
	headers := make(wire.Headers, 0, len(set.rows)+1) // the account can add one
	for _, row := range set.rows {
		value, sent := row.For(origin)
		if !sent || !row.front && !set.Keeps(row.Header) {
			continue
		}
		switch row.name {
		case "Location":
			value = p.located(value, to.Prefix())
		case "Set-Cookie":
			value = fields.ParseCookie(value).Under(to.Folder())
		}
		headers.Add(row.name, string(cors.IsomorphicEncode(value)))
	}
	return Handled{
		Response: wire.Response{Status: set.Status, Headers: headers, Closed: set.Close, Delay: time.Duration(set.Delay) * time.Millisecond},
		Withheld: set.withheld,
	}
}

// located puts the session and the run into a URL of the API, because all URLs of the
// API have them.
func (p *replies) located(value, prefix string) string {
	if strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "//") {
		return prefix + value
	}
	for _, api := range p.apis {
		if rest, found := strings.CutPrefix(value, api); found && (rest == "" || rest[0] == '/') {
			return api + prefix + rest
		}
	}
	return fields.Ended(value)
}

func serialized(origins []origin.Origin) []string {
	texts := make([]string, len(origins))
	for i, o := range origins {
		texts[i] = o.String()
	}
	return texts
}
