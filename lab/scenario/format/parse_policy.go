package format

import (
	"cmp"
	"slices"
	"strings"

	"corslab/lab/fields"
	"corslab/lab/internal/phrase"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// policy reads what the API answers.
func (r *reader) policy(place string, node *yaml.Node) policy.Policy {
	p := policy.Usual()
	r.mapping(place, node,
		key{"preflight", false, func(place string, node *yaml.Node) { r.answer(place, node, &p.Preflight) }},
		key{"response", false, func(place string, node *yaml.Node) { r.answer(place, node, &p.Response) }},
		key{"routes", false, func(place string, node *yaml.Node) { p.Routes = r.routes(place, node) }},
		key{"front", false, func(place string, node *yaml.Node) { p.Front = &policy.Front{Headers: r.settable(place, node)} }},
		key{"account", false, func(place string, node *yaml.Node) { p.Account = r.account(place, node) }},
		key{"cache", false, func(place string, node *yaml.Node) {
			p.Cache = policy.Cache(r.word(place, node, phrase.Words(policy.Caches())))
		}},
	)
	if excess := p.CookieExcess(); excess != "" {
		r.report(node, "%s: %s", place, excess)
	}
	return p
}

func (r *reader) routes(place string, node *yaml.Node) []policy.Route {
	var routes []policy.Route
	r.fewRows(place, node, policy.MaxRoutes, "routes", func(place string, node *yaml.Node) {
		route := policy.Route{Preflight: policy.Usual().Preflight, Response: policy.Usual().Response}
		r.mapping(place, node,
			key{"url", true, func(place string, node *yaml.Node) { route.URL = r.url(place, node) }},
			key{"preflight", false, func(place string, node *yaml.Node) { r.answer(place, node, &route.Preflight) }},
			key{"response", false, func(place string, node *yaml.Node) { r.answer(place, node, &route.Response) }},
		)
		routes = append(routes, route)
	})
	return routes
}

func (r *reader) answer(place string, node *yaml.Node, a *policy.Reply) {
	r.mapping(place, node,
		key{"status", false, func(place string, node *yaml.Node) { a.Status = r.number(place, node, 200, 599) }},
		key{"headers", false, func(place string, node *yaml.Node) { a.Headers = r.settable(place, node) }},
		key{"only_ok", false, func(place string, node *yaml.Node) { a.OnlyOK = r.flag(place, node) }},
		key{"close", false, func(place string, node *yaml.Node) { a.Close = r.flag(place, node) }},
		key{"delay", false, func(place string, node *yaml.Node) { a.Delay = r.number(place, node, 0, policy.MaxDelay) }},
	)
}

// policyChange reads the part of a policy that a solution changes.
func (r *reader) policyChange(place string, node *yaml.Node) policy.Change {
	var c policy.Change
	r.mapping(place, node,
		key{"preflight", false, func(place string, node *yaml.Node) { c.Preflight = r.answerChange(place, node) }},
		key{"response", false, func(place string, node *yaml.Node) { c.Response = r.answerChange(place, node) }},
		key{"routes", false, func(place string, node *yaml.Node) { c.Routes = r.routeChanges(place, node) }},
		key{"front", false, func(place string, node *yaml.Node) {
			c.Front = r.settable(place, node)
			r.inPolicy(place, node, "front", func(p policy.Policy) bool { return p.Front != nil })
		}},
		key{"account", false, func(place string, node *yaml.Node) {
			c.Account = r.accountChange(place, node)
			r.inPolicy(place, node, "account", func(p policy.Policy) bool { return p.Account != nil })
		}},
		key{"cache", false, func(place string, node *yaml.Node) {
			c.Cache = policy.Cache(r.word(place, node, phrase.Words(policy.Caches())))
			r.inPolicy(place, node, "cache", func(p policy.Policy) bool { return p.Cache != "" })
		}},
	)
	return c
}

// inPolicy reports a change of something that the policy does not have.
func (r *reader) inPolicy(place string, node *yaml.Node, what string, has func(policy.Policy) bool) {
	r.later = append(r.later, func(s *scenario.Scenario) {
		if !has(s.Policy) {
			r.report(node, "%s: found a change of %s, which the policy does not have", place, what)
		}
	})
}

func (r *reader) routeChanges(place string, node *yaml.Node) []policy.RouteChange {
	var changes []policy.RouteChange
	r.rows(place, node, func(place string, node *yaml.Node) {
		var c policy.RouteChange
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
	r.later = append(r.later, func(s *scenario.Scenario) {
		if url != "" && !slices.ContainsFunc(s.Policy.Routes, func(route policy.Route) bool { return route.URL == url }) {
			r.report(node, "%s: found %s; want a route that the policy has", place, url)
		}
	})
	return url
}

func (r *reader) answerChange(place string, node *yaml.Node) policy.ReplyChange {
	var c policy.ReplyChange
	r.mapping(place, node,
		key{"status", false, func(place string, node *yaml.Node) { c.Status = r.number(place, node, 200, 599) }},
		key{"headers", false, func(place string, node *yaml.Node) { c.Headers = r.settable(place, node) }},
		key{"only_ok", false, func(place string, node *yaml.Node) { c.OnlyOK = new(r.flag(place, node)) }},
		key{"close", false, func(place string, node *yaml.Node) { c.Close = new(r.flag(place, node)) }},
		key{"delay", false, func(place string, node *yaml.Node) { c.Delay = new(r.number(place, node, 0, policy.MaxDelay)) }},
	)
	return c
}

// settable reads headers that a response can have.
func (r *reader) settable(place string, node *yaml.Node) []policy.Header {
	return r.headers(place, node, policy.Header.CheckWritten)
}

// account reads what protects the account: nothing, where the file says nothing.
func (r *reader) account(place string, node *yaml.Node) *policy.Account {
	c := r.accountChange(place, node)
	account := &policy.Account{SameSite: cmp.Or(c.SameSite, policy.SameSiteUnset)}
	if c.Token != nil {
		account.Token = *c.Token
	}
	return account
}

func (r *reader) accountChange(place string, node *yaml.Node) policy.AccountChange {
	var c policy.AccountChange
	r.mapping(place, node,
		key{"same_site", false, func(place string, node *yaml.Node) {
			c.SameSite = policy.SameSite(r.word(place, node, phrase.Words(policy.SameSites())))
		}},
		key{"token", false, func(place string, node *yaml.Node) { c.Token = new(r.flag(place, node)) }},
	)
	return c
}

// headers reads a list of single pairs: {Name: value}, {Name: {off: value}} for
// a row that stands there switched off, or {Name: {suffix: value}} and so on for
// one that is computed from the request's origin.
func (r *reader) headers(place string, node *yaml.Node, check func(policy.Header) string) []policy.Header {
	if r.grammar.set(place, schema{"$ref": "#/$defs/headers"}) {
		return nil
	}
	var headers []policy.Header
	r.rows(place, node, func(place string, node *yaml.Node) {
		name, value, ok := r.pair(place, node, "{X-Token: abcd1234}")
		if !ok {
			return
		}
		header := policy.Header{Name: name.Value}
		value = r.headerValue(join(place, name.Value), value, &header)
		if len(headers) >= policy.MaxHeaders {
			headers = append(headers, header) // they count, and checking more would cost
			return
		}
		if problem := check(header); problem != "" {
			at := name
			if problem == policy.CheckValue(header.Value) || fields.Lookup(header.Name).Verdict == fields.Confined && header.Rule == policy.Literal {
				at = value
			}
			r.report(at, "%s: %s", place, problem)
		}
		r.placeholders(join(place, name.Value), value, header.Value, origin.Secrets()...)
		headers = append(headers, header)
	})
	if len(headers) > policy.MaxHeaders {
		r.report(node, "%s: found %d headers; at most %d are allowed", place, len(headers), policy.MaxHeaders)
	}
	return headers
}

// headerValue reads what stands in the place of a header's value. It returns the
// node that holds the text.
func (r *reader) headerValue(place string, node *yaml.Node, header *policy.Header) *yaml.Node {
	if node.Kind == yaml.MappingNode && barePlaceholder(node) == "" {
		return r.computed(place, node, header)
	}
	header.Value = r.headerText(place, node)
	return node
}

// computed reads a value that is switched off, or a rule, which can be switched
// off too.
func (r *reader) computed(place string, node *yaml.Node, header *policy.Header) *yaml.Node {
	known := append([]string{"off"}, phrase.Words(policy.Rules()[1:])...)
	if header.Off {
		known = phrase.Words(policy.Rules()[1:])
	}
	kind, value, ok := r.pair(place, node, "{off: value} or {suffix: .example}")
	if !ok {
		return node
	}
	switch word := kind.Value; {
	case word == "on":
		r.report(kind, "%s: unknown key %s; want the value alone, which is switched on unless off stands there", place, phrase.Brief(word))
	case !slices.Contains(known, word):
		r.report(kind, "%s", phrase.UnknownKey(place, word, known))
	case word == "off":
		header.Off = true
		return r.headerValue(join(place, word), value, header)
	case word == string(policy.Allowlist):
		header.Rule = policy.Allowlist
		header.Value = strings.Join(r.texts(join(place, word), value, r.filled), " ")
	default:
		header.Rule = policy.Rule(word)
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
