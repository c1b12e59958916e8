package gallery

import (
	"strings"

	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web/view"
)

// links returns the samples of the notes about the link that opened the page.
func links(st *fixture) []Sample {
	changes := func(name, state string, panels view.AttemptPanels) Sample {
		linked := view.LinkedAttempt{Scenario: panels.Scenario, Attempt: panels.Attempt, Origins: st.origins}
		return Sample{Name: name, Of: "LinkChanges", State: state, Parts: parts(view.LinkChanges(linked))}
	}
	few := st.edited("everything", func(a *scenario.Attempt) {
		a.Script.Method = "PUT"
		a.Policy.Preflight.Status = 404
		add(&a.Policy.Response, policy.Header{Name: "X-Long", Value: strings.Repeat("long ", 100), Own: true})
	})
	rows := st.edited("put-not-allowed", func(a *scenario.Attempt) {
		a.Policy.Response.Headers[4].Value = "text/plain"
	})
	many := st.edited("hops/sandbox", func(a *scenario.Attempt) {
		a.Shape.From, a.Shape.Kind, a.Shape.Body, a.Shape.Text = "evil", "beacon", "text", "Hello"
		a.Shape.Pinned, a.Policy.Account, a.Policy.Front = true, &policy.Account{SameSite: policy.SameSiteLax}, &policy.Front{}
		for i := range a.Policy.Response.Headers {
			a.Policy.Response.Headers[i].Off = !a.Policy.Response.Headers[i].Off
			a.Policy.Routes[0].Response.Status = 500
		}
	})
	order := st.edited("put-not-allowed", func(a *scenario.Attempt) { a.Policy.Preflight.Headers[1].Value = "PUT" })
	mismatch := st.edited("put-not-allowed", func(a *scenario.Attempt) {
		a.Script.Mode, a.Policy.Preflight.Status = "no-cors", 99
		add(&a.Policy.Response, policy.Header{Name: "X-Bad", Value: "€", Own: true})
		add(&a.Policy.Response, policy.Header{Name: "Clear-Site-Data", Value: "*", Own: true})
		add(&a.Policy.Response, policy.Header{Name: "location", Value: origin.HTTP("localhost", "9").URL("/"), Own: true})
	})
	return []Sample{
		{Name: "link-none", Of: "LinkNone", State: "nothing to say", Parts: parts(view.LinkNone())},
		{Name: "link-broken", Of: "LinkBroken", State: "at the scenario's start", Parts: parts(view.LinkBroken("policy.response.status: found the number 1e99; want a whole number", true))},
		{Name: "link-broken-later", Of: "LinkBroken", State: "in a page that was open", Parts: parts(view.LinkBroken("this link was made by a newer corslab: found link version 3; want at most 2", false))},
		{Name: "link-mismatch", Of: "LinkMismatch", State: "five faults", Parts: parts(view.LinkMismatch(mismatch.Attempt, mismatch.Faults, true))},
		changes("link-changes", "a few changes, one of them long", few),
		changes("link-changes-row", "one header", rows),
		changes("link-changes-many", "a sandbox, and more changes than the list shows at once", many),
		changes("link-changes-nothing", "only a row that is off", order),
	}
}
