package session

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"corslab/lab/cors"
	"corslab/lab/fields"
	"corslab/lab/inert"
	"corslab/lab/scenario"
)

// Answer is what the API sends back.
type Answer struct {
	Status  int
	Headers map[string][]string // canonical names; shared, not to be changed
	Body    inert.Body
	Closed  bool          // the connection ends and nothing of this is sent
	Delay   time.Duration // before it is sent

	Withheld []string // why the lab left out headers of the policy; shared, not to be changed
}

// status is what a browser sees: 0 where the connection is closed instead.
func (a Answer) status() int {
	if a.Closed {
		return 0
	}
	return a.Status
}

// answers is a policy made ready to be sent.
type answers struct {
	main   place
	routes []place
	front  passed
	apis   []string // the API origins, whose URLs a Location can name
	closed string   // the origin where nothing answers
}

// place is where a policy has answers of its own.
type place struct {
	host, path          string // path "" stands for all
	preflight, response checked
}

// checked is a response of a policy, with only the headers that may be sent.
type checked struct {
	scenario.Reply
	withheld []string
}

func compile(p scenario.Policy, o scenario.Origins) answers {
	ready := answers{main: place{preflight: checkedFor(p.Preflight, o), response: checkedFor(p.Response, o)}, apis: o.APIs(), closed: o.Closed}
	for _, route := range p.Routes {
		at, err := url.Parse(route.URL)
		if err != nil {
			continue // no file has such a URL
		}
		ready.routes = append(ready.routes, place{at.Host, at.EscapedPath(), checkedFor(route.Preflight, o), checkedFor(route.Response, o)})
	}
	if p.Front != nil {
		ready.front = pass(p.Front.Headers, o)
	}
	return ready
}

// checkedFor checks a response against this lab's origins. A scenario file can't
// do that: it is read before the ports are known.
func checkedFor(a scenario.Reply, o scenario.Origins) checked {
	gate := pass(a.Headers, o)
	a.Headers = gate.headers
	return checked{a, gate.withheld}
}

// passed holds the rows that are on and that a response may carry.
type passed struct {
	headers  []scenario.Header
	withheld []string
}

func pass(rows []scenario.Header, o scenario.Origins) (p passed) {
	for _, row := range scenario.On(rows) {
		if problem := row.CheckSettable(o); problem != "" {
			p.withheld = append(p.withheld, problem)
			continue
		}
		p.headers = append(p.headers, row)
	}
	return p
}

// spot is where a request goes: what the session itself adds to the path is
// left out.
type spot struct{ host, target string }

func (a answers) at(s spot) place {
	if i := a.route(s); i >= 0 {
		return a.routes[i]
	}
	return a.main
}

// route is the index of the route to which a request goes, -1 for none.
func (a answers) route(s spot) int {
	path, _, _ := strings.Cut(s.target, "?")
	return slices.IndexFunc(a.routes, func(r place) bool { return strings.EqualFold(r.host, s.host) && r.path == path })
}

// preflight is the answer to a preflight there, asked from an origin.
func (a answers) preflight(s spot, origin, prefix string) Answer {
	return a.give(a.at(s).preflight, origin, prefix)
}

// response is the answer to any other request there.
func (a answers) response(s spot, origin, prefix string) Answer {
	return a.give(a.at(s).response, origin, prefix)
}

// refusal is response with another status, for what the API itself refuses.
func (a answers) refusal(s spot, origin, prefix string, status int) Answer {
	set := a.at(s).response
	set.Status = status
	return a.give(set, origin, prefix)
}

// give makes the answer for one request.
func (a answers) give(set checked, origin, prefix string) Answer {
	answer := Answer{
		Status: set.Status, Headers: make(map[string][]string), Closed: set.Close,
		Delay: time.Duration(set.Delay) * time.Millisecond, Withheld: set.withheld,
	}
	if len(a.front.withheld) > 0 {
		answer.Withheld = slices.Concat(set.withheld, a.front.withheld)
	}
	add := func(h scenario.Header) {
		value, sent := h.For(origin)
		if !sent {
			return
		}
		name := canonical(h.Name)
		switch name {
		case "Location":
			value = a.located(value, prefix)
		case "Set-Cookie":
			value = fields.ParseCookie(value).Under(sessionOf(prefix))
		}
		answer.Headers[name] = append(answer.Headers[name], string(cors.IsomorphicEncode(value)))
	}
	for _, h := range set.Headers {
		if set.Keeps(h) {
			add(h)
		}
	}
	for _, h := range a.front.headers {
		add(h)
	}
	return answer
}

// sessionOf is the folder of the session's paths. Cookies are limited to it,
// because all sessions and the lab's pages share their hosts, and a cookie goes to
// every port of its host.
func sessionOf(prefix string) string {
	session, _, _ := strings.Cut(strings.TrimPrefix(prefix, "/"), "/")
	return "/" + session
}

// located puts the session and the run into a URL of the API, where every URL
// of it has them.
func (a answers) located(value, prefix string) string {
	if strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "//") {
		return prefix + value
	}
	for _, api := range a.apis {
		if rest, found := strings.CutPrefix(value, api); found && (rest == "" || rest[0] == '/') {
			return api + prefix + rest
		}
	}
	return fields.Ended(value)
}
