package format

import (
	"slices"

	"corslab/lab/policy"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// policyForm is how the API answers.
func policyForm(p *policy.Policy) form {
	return mapping(
		optional("preflight", replyForm(&p.Preflight)),
		optional("response", replyForm(&p.Response)),
		optional("routes", rows(&p.Routes, routeForm).atMost(policy.MaxRoutes, "routes")),
		optional("front", present(&p.Front, func(front *policy.Front) form { return settable.into(&front.Headers) })),
		optional("account", present(&p.Account, accountForm)),
		optional("cache", word(policy.Caches()).into(&p.Cache)),
	).first(func() { *p = policy.Usual() }).then(func(r *reader, path string, node *yaml.Node) {
		if excess := p.CookieExcess(); excess != "" {
			r.report(node, "%s: %s", path, excess)
		}
	})
}

func routeForm(route *policy.Route) form {
	return mapping(
		required("url", url.into(&route.URL)),
		optional("preflight", replyForm(&route.Preflight)),
		optional("response", replyForm(&route.Response)),
	).first(func() { route.Preflight, route.Response = policy.Usual().Preflight, policy.Usual().Response })
}

var (
	status = number(200, 599)
	delay  = number(0, policy.MaxDelay) // ms
)

func replyForm(reply *policy.Reply) form {
	return mapping(
		optional("status", status.into(&reply.Status)),
		optional("headers", settable.into(&reply.Headers)),
		optional("only_ok", flag.into(&reply.OnlyOK)),
		optional("close", flag.into(&reply.Close)),
		optional("delay", delay.into(&reply.Delay)),
	)
}

// accountForm is how the account is protected.
func accountForm(account *policy.Account) form {
	return mapping(
		optional("same_site", word(policy.SameSites()).into(&account.SameSite)),
		optional("token", flag.into(&account.Token)),
	).first(func() { account.SameSite = policy.SameSiteUnset })
}

// policyChangeForm is the part of a policy that a solution changes.
func policyChangeForm(c *policy.Change) form {
	return mapping(
		optional("preflight", replyChangeForm(&c.Preflight)),
		optional("response", replyChangeForm(&c.Response)),
		optional("routes", rows(&c.Routes, routeChangeForm)),
		optional("front", inPolicy("front", settable.into(&c.Front), func(p policy.Policy) bool { return p.Front != nil })),
		optional("account", inPolicy("account", accountChangeForm(&c.Account), func(p policy.Policy) bool { return p.Account != nil })),
		optional("cache", inPolicy("cache", word(policy.Caches()).into(&c.Cache), func(p policy.Policy) bool { return p.Cache != "" })),
	)
}

// inPolicy is a change that only a policy with a certain part allows.
func inPolicy(part string, change form, has func(policy.Policy) bool) form {
	return change.then(func(r *reader, path string, node *yaml.Node) {
		r.later = append(r.later, func(s *scenario.Scenario) {
			if !has(s.Policy) {
				r.report(node, "%s: found a change of %s, which the policy does not have", path, part)
			}
		})
	})
}

func replyChangeForm(c *policy.ReplyChange) form {
	return mapping(
		optional("status", status.into(&c.Status)),
		optional("headers", settable.into(&c.Headers)),
		optional("only_ok", pointer(flag).into(&c.OnlyOK)),
		optional("close", pointer(flag).into(&c.Close)),
		optional("delay", pointer(delay).into(&c.Delay)),
	)
}

func accountChangeForm(c *policy.AccountChange) form {
	return mapping(
		optional("same_site", word(policy.SameSites()).into(&c.SameSite)),
		optional("token", pointer(flag).into(&c.Token)),
	)
}

func routeChangeForm(c *policy.RouteChange) form {
	return mapping(
		required("url", url.into(&c.URL).then(func(r *reader, path string, node *yaml.Node) { r.routeExists(path, node, c.URL) })),
		optional("preflight", replyChangeForm(&c.Preflight)),
		optional("response", replyChangeForm(&c.Response)),
	)
}

// routeExists reports the URL of a route that the policy does not have.
func (r *reader) routeExists(path string, node *yaml.Node, url string) {
	r.later = append(r.later, func(s *scenario.Scenario) {
		if url != "" && !slices.ContainsFunc(s.Policy.Routes, func(route policy.Route) bool { return route.URL == url }) {
			r.report(node, "%s: found %s; want a route that the policy has", path, url)
		}
	})
}
