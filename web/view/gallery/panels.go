package gallery

import (
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/snippet"
	"corslab/lab/wire"
	"corslab/web/view"
)

// scriptPanels returns the samples of the request, as code and as controls.
func scriptPanels(st *fixture) []Sample {
	of := func(name, state string, panels view.AttemptPanels) Sample {
		return Sample{Name: name, Of: "Script", State: state, Parts: parts(view.Script(panels))}
	}
	faulty := st.edited("everything", func(a *scenario.Attempt) {
		a.Script.Mode = "cross"
		a.Script.Headers = append(a.Script.Headers, policy.Header{Name: "X Token", Value: "1", Own: true})
	})
	running := of("script-running", "a run is under way", st.start("no-allow-origin"))
	running.Running = true
	return []Sample{
		of("script-code", "code only", st.start("no-allow-origin")),
		of("script-everything", "everything, and all can be changed", st.start("everything")),
		of("script-word", "a word that can be changed", st.start("no-cors")),
		of("script-headers", "headers that can be changed", st.start("custom-header")),
		of("script-faults", "faults at a word and at a header", faulty),
		running,
	}
}

// policyPanels returns the samples of the policy panel.
func policyPanels(st *fixture) []Sample {
	of := func(name, state string, panels view.AttemptPanels) Sample {
		return Sample{Name: name, Of: "Policy", State: state, Parts: parts(view.Policy(panels))}
	}
	own := st.edited("put-not-allowed", func(a *scenario.Attempt) {
		add(&a.Policy.Preflight, policy.Header{Name: "X-Mine", Value: "1", Own: true})
		add(&a.Policy.Response, policy.Header{Own: true}, policy.Header{Name: "X-Off", Value: "no", Own: true, Off: true})
	})
	faults := st.edited("put-not-allowed", func(a *scenario.Attempt) {
		add(&a.Policy.Response, policy.Header{Name: "Content-Length", Value: "7", Own: true}, policy.Header{Name: "X-Bad", Value: "€", Own: true})
	})
	status := st.edited("put-not-allowed", func(a *scenario.Attempt) { a.Policy.Preflight.Status = 99 })
	surroundings := st.edited("account", func(a *scenario.Attempt) {
		a.Policy.Account, a.Policy.Cache = &policy.Account{SameSite: "loose"}, "fast"
	})
	return []Sample{
		of("policy", "at the start, most rows switched off", st.start("put-not-allowed")),
		of("policy-repeated", "a header twice, and another caller", st.start("everything")),
		of("policy-own", "rows of the learner's own", own),
		of("policy-faults", "faults at rows", faults),
		of("policy-status-fault", "a fault at a status", status),
		of("policy-hops", "routes, rules, a proxy, and how an answer fails", st.start("hops")),
		of("policy-account", "an account, and a shared cache in front", st.start("account")),
		of("policy-account-faults", "faults at the account and at the cache", surroundings),
		of("policy-fixed", "not to be changed", st.start("fixed")),
		st.failedAt("policy-failed-row", "the row at which a run failed", "put-not-allowed", round{requests: st.preflightOnly(), report: blocked()}),
		st.failedAt("policy-failed-status", "the status at which a run failed", "options-not-routed", round{requests: st.preflightOnly(), report: blocked(), engine: "webkit"}),
	}
}

// sandboxPanels returns the samples of controls that only sandboxes have.
func sandboxPanels(st *fixture) []Sample {
	full := st.edited("hops/sandbox", func(a *scenario.Attempt) {
		a.Policy.Front, a.Policy.Account, a.Policy.Cache = &policy.Front{}, &policy.Account{SameSite: policy.SameSiteLax}, policy.CacheBlind
	})
	faulty := st.edited("hops/sandbox", func(a *scenario.Attempt) {
		a.Shape.Kind, a.Shape.URL.Path = "telnet", "messages"
		a.Shape.Routes[0].Path = "messages"
	})
	image := st.edited(scenario.SandboxID, func(a *scenario.Attempt) { a.Shape.Kind, a.Shape.URL.Path = "img", "/image.png" })
	return []Sample{
		{Name: "script-sandbox", Of: "Script", State: "everything can be set", Parts: parts(view.Script(full))},
		{Name: "script-sandbox-image", Of: "Script", State: "everything that an image has", Parts: parts(view.Script(image))},
		{Name: "script-sandbox-faults", Of: "Script", State: "a kind and a path that cannot be", Parts: parts(view.Script(faulty))},
		{Name: "policy-sandbox", Of: "Policy", State: "with all that can stand around the answers", Parts: parts(view.Policy(full))},
		{Name: "policy-sandbox-faults", Of: "Policy", State: "a place that cannot be", Parts: parts(view.Policy(faulty))},
		{Name: "runners", Of: "Runners", State: "nothing to be seen", Parts: parts(view.Runners(st.find("put-not-allowed"), st.origins))},
	}
}

func add(a *policy.Reply, headers ...policy.Header) { a.Headers = append(a.Headers, headers...) }

// start returns the panels at a scenario's start.
func (st *fixture) start(id string) view.AttemptPanels {
	return st.edited(id, func(*scenario.Attempt) {})
}

// edited returns the panels after a learner's edit, with the faults in it. If there are
// any, the code is still that of the script in force.
func (st *fixture) edited(id string, edit func(*scenario.Attempt)) view.AttemptPanels {
	found := st.find(id)
	inForce, edited := found.Start(st.origins), found.Start(st.origins)
	edit(&edited)
	found, attempt, faults := found.Open(edited, st.origins)
	panels := st.panels(found, inForce)
	panels.Attempt, panels.Faults = attempt, faults
	return panels
}

// panels returns the panels for an attempt that is in force.
func (st *fixture) panels(found *scenario.Scenario, attempt scenario.Attempt) view.AttemptPanels {
	script := attempt.Script
	url := script.At(sessionID, 0, st.origins)
	return view.AttemptPanels{
		Scenario: found, Attempt: attempt, Origins: st.origins,
		Code: snippet.JavaScript(script, url), Curl: snippet.Curl(script, url, script.From.Origin(st.origins)),
	}
}

// failedAt returns the sample of a policy in which a run's verdict marks the row or
// status that failed.
func (st *fixture) failedAt(name, state, id string, r round) Sample {
	run, settled := st.newest(st.play(id, scenario.Change{}, r))
	return Sample{Name: name, Of: "Policy", State: state, Parts: parts(view.Policy(st.start(id)), view.Verdict(run, 1, settled))}
}

// preflightOnly returns the requests that reach the API if the preflight doesn't allow
// PUT.
func (st *fixture) preflightOnly() []wire.Request {
	return []wire.Request{st.preflight("/messages/0", "PUT", "")}
}
