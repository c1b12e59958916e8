package scenario

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// usualPolicy is what the API answers where the file says nothing.
func usualPolicy() Policy {
	return Policy{Preflight: Reply{Status: 204}, Response: Reply{Status: 200}}
}

// policy reads what the API answers.
func (r *reader) policy(place string, node *yaml.Node) Policy {
	p := usualPolicy()
	r.mapping(place, node,
		key{"preflight", false, func(place string, node *yaml.Node) { r.answer(place, node, &p.Preflight) }},
		key{"response", false, func(place string, node *yaml.Node) { r.answer(place, node, &p.Response) }},
		key{"routes", false, func(place string, node *yaml.Node) { p.Routes = r.routes(place, node) }},
		key{"front", false, func(place string, node *yaml.Node) { p.Front = &Front{Headers: r.settable(place, node)} }},
		key{"account", false, func(place string, node *yaml.Node) { p.Account = r.account(place, node) }},
		key{"cache", false, func(place string, node *yaml.Node) { p.Cache = Cache(r.word(place, node, words(Caches()))) }},
	)
	if group, _ := p.cookieTooMany(); group != "" {
		r.report(node, "%s: %s", place, tooManyCookies)
	}
	return p
}

func (r *reader) routes(place string, node *yaml.Node) []Route {
	var routes []Route
	r.fewRows(place, node, MaxRoutes, "routes", func(place string, node *yaml.Node) {
		route := Route{Preflight: usualPolicy().Preflight, Response: usualPolicy().Response}
		r.mapping(place, node,
			key{"url", true, func(place string, node *yaml.Node) { route.URL = r.url(place, node) }},
			key{"preflight", false, func(place string, node *yaml.Node) { r.answer(place, node, &route.Preflight) }},
			key{"response", false, func(place string, node *yaml.Node) { r.answer(place, node, &route.Response) }},
		)
		routes = append(routes, route)
	})
	return routes
}

func (r *reader) answer(place string, node *yaml.Node, a *Reply) {
	r.mapping(place, node,
		key{"status", false, func(place string, node *yaml.Node) { a.Status = r.number(place, node, 200, 599) }},
		key{"headers", false, func(place string, node *yaml.Node) { a.Headers = r.settable(place, node) }},
		key{"only_ok", false, func(place string, node *yaml.Node) { a.OnlyOK = r.flag(place, node) }},
		key{"close", false, func(place string, node *yaml.Node) { a.Close = r.flag(place, node) }},
		key{"delay", false, func(place string, node *yaml.Node) { a.Delay = r.number(place, node, 0, MaxDelay) }},
	)
}

// policyChange reads the part of a policy that a solution changes.
func (r *reader) policyChange(place string, node *yaml.Node) PolicyChange {
	var c PolicyChange
	r.mapping(place, node,
		key{"preflight", false, func(place string, node *yaml.Node) { c.Preflight = r.answerChange(place, node) }},
		key{"response", false, func(place string, node *yaml.Node) { c.Response = r.answerChange(place, node) }},
		key{"routes", false, func(place string, node *yaml.Node) { c.Routes = r.routeChanges(place, node) }},
		key{"front", false, func(place string, node *yaml.Node) {
			c.Front = r.settable(place, node)
			r.inPolicy(place, node, "front", func(p Policy) bool { return p.Front != nil })
		}},
		key{"account", false, func(place string, node *yaml.Node) {
			c.Account = r.accountChange(place, node)
			r.inPolicy(place, node, "account", func(p Policy) bool { return p.Account != nil })
		}},
		key{"cache", false, func(place string, node *yaml.Node) {
			c.Cache = Cache(r.word(place, node, words(Caches())))
			r.inPolicy(place, node, "cache", func(p Policy) bool { return p.Cache != "" })
		}},
	)
	return c
}

// inPolicy reports a change of something that the policy does not have.
func (r *reader) inPolicy(place string, node *yaml.Node, what string, has func(Policy) bool) {
	r.later = append(r.later, func(s *Scenario) {
		if !has(s.Policy) {
			r.report(node, "%s: found a change of %s, which the policy does not have", place, what)
		}
	})
}

func (r *reader) routeChanges(place string, node *yaml.Node) []RouteChange {
	var changes []RouteChange
	r.rows(place, node, func(place string, node *yaml.Node) {
		var c RouteChange
		r.mapping(place, node,
			key{"url", true, func(place string, node *yaml.Node) { c.URL = r.knownRoute(place, node) }},
			key{"preflight", false, func(place string, node *yaml.Node) { c.Preflight = r.answerChange(place, node) }},
			key{"response", false, func(place string, node *yaml.Node) { c.Response = r.answerChange(place, node) }},
		)
		changes = append(changes, c)
	})
	return changes
}

// knownRoute reads the URL of a route that the policy has.
func (r *reader) knownRoute(place string, node *yaml.Node) string {
	url := r.url(place, node)
	r.later = append(r.later, func(s *Scenario) {
		if url != "" && !slices.ContainsFunc(s.Policy.Routes, func(route Route) bool { return route.URL == url }) {
			r.report(node, "%s: found %s; want a route that the policy has", place, url)
		}
	})
	return url
}

func (r *reader) answerChange(place string, node *yaml.Node) ReplyChange {
	var c ReplyChange
	r.mapping(place, node,
		key{"status", false, func(place string, node *yaml.Node) { c.Status = r.number(place, node, 200, 599) }},
		key{"headers", false, func(place string, node *yaml.Node) { c.Headers = r.settable(place, node) }},
		key{"only_ok", false, func(place string, node *yaml.Node) { c.OnlyOK = new(r.flag(place, node)) }},
		key{"close", false, func(place string, node *yaml.Node) { c.Close = new(r.flag(place, node)) }},
		key{"delay", false, func(place string, node *yaml.Node) { c.Delay = new(r.number(place, node, 0, MaxDelay)) }},
	)
	return c
}

// settable reads headers that a response can have.
func (r *reader) settable(place string, node *yaml.Node) []Header {
	return r.headers(place, node, checkInFile)
}

// checkInFile is [Header.CheckSettable] for a header whose placeholders aren't
// replaced yet. Its message has the placeholders too.
func checkInFile(h Header) string {
	if !isConfined(h.Name) && !strings.Contains(h.Value, "{") {
		return h.CheckSettable(Origins{}) // the origins don't matter, and a file can have very many headers
	}
	o := standIns()
	h.Value = o.Expand(h.Value)
	problem := h.CheckSettable(o)
	if problem == "" {
		return "" // a hostile file can have very many headers
	}
	return withoutStandIns(problem)
}

// account reads what protects the account: nothing, where the file says nothing.
func (r *reader) account(place string, node *yaml.Node) *Account {
	c := r.accountChange(place, node)
	return (&Account{SameSite: SameSiteUnset}).with(c)
}

func (r *reader) accountChange(place string, node *yaml.Node) AccountChange {
	var c AccountChange
	r.mapping(place, node,
		key{"same_site", false, func(place string, node *yaml.Node) { c.SameSite = SameSite(r.word(place, node, words(SameSites()))) }},
		key{"token", false, func(place string, node *yaml.Node) { c.Token = new(r.flag(place, node)) }},
	)
	return c
}

// headers reads a list of single pairs: {Name: value}, {Name: {off: value}} for
// a row that stands there switched off, or {Name: {suffix: value}} and so on for
// one that is computed from the request's origin.
func (r *reader) headers(place string, node *yaml.Node, check func(Header) string) []Header {
	if r.grammar.set(place, schema{"$ref": "#/$defs/headers"}) {
		return nil
	}
	var headers []Header
	r.rows(place, node, func(place string, node *yaml.Node) {
		name, value, ok := r.pair(place, node, "{X-Token: abcd1234}")
		if !ok {
			return
		}
		header := Header{Name: name.Value}
		value = r.headerValue(join(place, name.Value), value, &header)
		if len(headers) >= MaxHeaders {
			headers = append(headers, header) // they count, and checking more would cost
			return
		}
		if problem := check(header); problem != "" {
			at := name
			if problem == checkValue(header.Value) || isConfined(header.Name) && header.Rule == Literal {
				at = value
			}
			r.report(at, "%s: %s", place, problem)
		}
		r.placeholders(join(place, name.Value), value, header.Value, Secrets()...)
		headers = append(headers, header)
	})
	if len(headers) > MaxHeaders {
		r.report(node, "%s: found %d headers; at most %d are allowed", place, len(headers), MaxHeaders)
	}
	return headers
}

// headerValue reads what stands in the place of a header's value. It returns the
// node that holds the text.
func (r *reader) headerValue(place string, node *yaml.Node, header *Header) *yaml.Node {
	if node.Kind == yaml.MappingNode && barePlaceholder(node) == "" {
		return r.computed(place, node, header)
	}
	header.Value = r.headerText(place, node)
	return node
}

// computed reads a value that is switched off, or a rule, which can be switched
// off too.
func (r *reader) computed(place string, node *yaml.Node, header *Header) *yaml.Node {
	known := append([]string{"off"}, ruleWords()...)
	if header.Off {
		known = ruleWords()
	}
	kind, value, ok := r.pair(place, node, "{off: value} or {suffix: .example}")
	if !ok {
		return node
	}
	switch word := kind.Value; {
	case word == "on":
		r.report(kind, "%s: unknown key %s; want the value alone, which is switched on unless off stands there", place, brief(word))
	case !slices.Contains(known, word):
		r.report(kind, "%s", unknownKey(place, word, known))
	case word == "off":
		header.Off = true
		return r.headerValue(join(place, word), value, header)
	case word == string(Allowlist):
		header.Rule = Allowlist
		header.Value = strings.Join(r.texts(join(place, word), value, r.filled), " ")
	default:
		header.Rule = Rule(word)
		if text := r.headerText(join(place, word), value); header.Rule.Argued() {
			header.Value = text
		} else if text != "any" {
			r.report(value, "%s: found %s; want any", join(place, word), describe(value))
		}
	}
	return value
}

// headerText reads a header's value: any scalar as it is written. Nothing is
// the empty value, and null is the value null, which is an origin's name.
func (r *reader) headerText(place string, node *yaml.Node) string {
	if node.Kind == yaml.ScalarNode {
		return node.Value
	}
	return r.text(place, node)
}
