package gallery

import (
	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/view"
)

// allowOrigin lets scripts from any origin read the response.
func allowOrigin() scenario.Change { return onResponse("Access-Control-Allow-Origin", "*") }

// allowCredentials lets a script read the response to a request with credentials.
func allowCredentials() scenario.Change {
	return onResponse("Access-Control-Allow-Credentials", "true")
}

// onResponse sets one header of the actual response.
func onResponse(name, value string) scenario.Change {
	reply := policy.ReplyChange{Headers: []policy.Header{{Name: name, Value: value}}}
	return scenario.Change{Policy: policy.Change{Response: reply}}
}

// sameOrigin makes the script use the mode same-origin, which never sends to other
// origins.
func sameOrigin() scenario.Change {
	return scenario.Change{Script: scenario.Script{Mode: "same-origin"}}
}

// ran is one run of a scenario, for several samples.
type ran struct {
	name, state string
	scenario    string
	change      scenario.Change
	round       round
}

// outcomes returns the samples of what scripts get.
func outcomes(st *fixture) []Sample {
	get := []wire.Request{st.request("GET", "/messages")}
	all := []Sample{
		{Name: "outcome", Of: "OutcomeEmpty", State: "before the first run", Parts: parts(view.OutcomeEmpty())},
		{Name: "outcome-first", Of: "OutcomeEmpty", State: "the first run is under way", Parts: parts(view.OutcomeEmpty()), Running: true},
	}
	for _, r := range []ran{
		{"readable", "readable", "hidden-header", scenario.Change{}, round{requests: get, report: got(200, messages, "content-length: 61", "content-type: application/json")}},
		{"no-headers", "readable, without headers and body", "hidden-header", scenario.Change{}, round{requests: get, report: got(204, "")}},
		{"from-cache", "readable, from the browser's cache", "hidden-header", scenario.Change{}, round{report: got(200, messages)}},
		{"hostile", "readable, and hostile", "hidden-header", scenario.Change{}, round{requests: get, report: got(200, "</pre><script>\x00"+messages, "x-custom: <b>1</b>")}},
		{"opaque", "opaque", "no-cors", scenario.Change{}, round{requests: []wire.Request{st.opaque()}, report: onlyType(cors.OpaqueResponse)}},
		{"opaqueredirect", "an opaque redirect", "redirect-manual", scenario.Change{}, round{requests: get, report: onlyType(cors.OpaqueRedirectResponse)}},
		{"blocked", "blocked, the answer withheld", "no-allow-origin", scenario.Change{}, round{requests: get, report: blocked()}},
		{"never-sent", "blocked at the preflight", "put-not-allowed", scenario.Change{}, round{requests: st.preflightOnly(), report: blocked()}},
		{"took-effect", "blocked after it took effect", "credentials-response", scenario.Change{}, round{requests: st.preflightAndPut(), report: blocked()}},
		{"nothing-sent", "blocked before anything was sent", "no-cors", sameOrigin(), round{report: blocked()}},
		{"gave-up", "no answer came in time", "no-allow-origin", scenario.Change{}, round{requests: get, report: failed(session.FailedTime)}},
		{"body", "the body could not be read", "no-allow-origin", allowOrigin(), round{requests: get, report: failed(session.FailedBody)}},
	} {
		run, settled := st.newest(st.play(r.scenario, r.change, r.round))
		all = append(all, Sample{Name: "outcome-" + r.name, Of: "Outcome", State: r.state, Parts: parts(view.Outcome(run, settled))})
		if r.name == "readable" {
			all = append(all, Sample{Name: "outcome-running", Of: "Outcome", State: "the next run is under way", Parts: parts(view.Outcome(run, settled)), Running: true})
		}
	}
	return append(all, storedResponse(st))
}

// storedResponse returns the sample of a response that came from the browser's cache.
func storedResponse(st *fixture) Sample {
	run, settled := st.newest(st.play("kept", scenario.Change{},
		round{requests: []wire.Request{st.opaque()}, report: onlyType(cors.OpaqueResponse)}, round{report: blocked()}))
	return Sample{Name: "outcome-kept", Of: "Outcome", State: "blocked, from the browser's cache", Parts: parts(view.Outcome(run, settled))}
}

// verdicts returns the samples of the verdict.
func verdicts(st *fixture) []Sample {
	get := []wire.Request{st.request("GET", "/messages")}
	all := []Sample{
		{Name: "verdict", Of: "VerdictEmpty", State: "before the first run", Parts: parts(view.VerdictEmpty())},
		{Name: "verdict-first", Of: "VerdictEmpty", State: "the first run is under way", Parts: parts(view.VerdictEmpty()), Running: true},
	}
	for _, r := range []ran{
		{"passed", "passed", "no-allow-origin", allowOrigin(), round{requests: get, report: got(200, messages)}},
		{"request", "failed before anything was sent", "no-cors", sameOrigin(), round{report: blocked()}},
		{"preflight", "failed at the preflight", "put-not-allowed", scenario.Change{}, round{requests: st.preflightOnly(), report: blocked()}},
		{"response", "failed at the answer", "another-origin", scenario.Change{}, round{requests: get, report: blocked()}},
		{"redirect", "failed at a redirect", "redirect", scenario.Change{}, round{requests: get, report: blocked()}},
		{"webkit", "in Safari, which does otherwise", "options-not-routed", scenario.Change{}, round{requests: st.preflightOnly(), report: blocked(), engine: cors.WebKit}},
		{"firefox", "in Firefox", "put-not-allowed", scenario.Change{}, round{requests: st.preflightOnly(), report: blocked(), engine: cors.Firefox}},
		{"unknown-browser", "in a browser of no known engine", "no-allow-origin", scenario.Change{}, round{requests: get, report: blocked(), engine: cors.Standard}},
		{"differs", "the browser did otherwise", "no-allow-origin", scenario.Change{}, round{requests: get, report: got(200, messages)}},
		{"beyond", "not compared", "no-allow-origin", scenario.Change{}, round{requests: get, report: failed(session.FailedTime)}},
		{"unknown", "not known", "redirect", allowOrigin(), round{requests: get, report: blocked()}},
	} {
		run, settled := st.newest(st.play(r.scenario, r.change, r.round))
		all = append(all, Sample{Name: "verdict-" + r.name, Of: "Verdict", State: r.state, Parts: parts(view.Verdict(run, 1, settled))})
		if r.name == "preflight" {
			all = append(all, Sample{Name: "verdict-unfolded", Of: "Verdict", State: "failed at the preflight, with the trace and the others", Parts: parts(view.Verdict(run, 1, settled)), Open: true})
		}
	}
	return all
}
