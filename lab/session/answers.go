package session

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"corslab/lab/cors"
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
	front  []scenario.Header
	apis   []string // the API origins, whose URLs a Location can name
}

// place is where a policy has answers of its own.
type place struct {
	host, path          string // path "" stands for all
	preflight, response scenario.Answer
}

func compile(p scenario.Policy, o scenario.Origins) answers {
	ready := answers{main: place{preflight: p.Preflight, response: p.Response}, apis: o.APIs()}
	for _, route := range p.Routes {
		at, err := url.Parse(route.URL)
		if err != nil {
			continue // no file has such a URL
		}
		ready.routes = append(ready.routes, place{at.Host, at.EscapedPath(), route.Preflight, route.Response})
	}
	if p.Front != nil {
		ready.front = p.Front.Headers
	}
	return ready
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
func (a answers) give(set scenario.Answer, origin, prefix string) Answer {
	answer := Answer{
		Status: set.Status, Headers: make(map[string][]string), Closed: set.Close,
		Delay: time.Duration(set.Delay) * time.Millisecond,
	}
	add := func(h scenario.Header) {
		value, sent := h.For(origin)
		if !sent {
			return
		}
		name := canonical(h.Name)
		if name == "Content-Encoding" && inert.Decodable(value) {
			return // it would make other bytes of the body
		}
		switch name {
		case "Location":
			value = a.located(value, prefix)
		case "Set-Cookie":
			value = scoped(value, prefix)
		}
		answer.Headers[name] = append(answer.Headers[name], string(cors.IsomorphicEncode(value)))
	}
	for _, h := range set.Sent() {
		if set.Keeps(h) {
			add(h)
		}
	}
	for _, h := range scenario.On(a.front) {
		add(h)
	}
	return answer
}

// scoped keeps a cookie that names a path in the session's own paths: all
// sessions, and the lab's pages, have the same hosts, and cookies know no ports.
// Of several paths a browser takes the last. All are spelled alike, because the
// same-origin proxy looks for them.
func scoped(cookie, prefix string) string {
	session, _, _ := strings.Cut(strings.TrimPrefix(prefix, "/"), "/")
	attributes := strings.Split(cookie, ";")
	for i, attribute := range attributes[1:] {
		name, path, _ := strings.Cut(attribute, "=")
		if path = strings.TrimSpace(path); strings.EqualFold(strings.TrimSpace(name), "path") && strings.HasPrefix(path, "/") {
			attributes[i+1] = " Path=/" + session + path
		}
	}
	return strings.Join(attributes, ";")
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
	return value
}
