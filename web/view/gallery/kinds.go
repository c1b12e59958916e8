package gallery

import (
	"fmt"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/view"
)

// kind is a kind of request, with a run that shows how one ends.
type kind struct {
	name   string
	script string // YAML of the scenario's script, besides the kind
	policy string // YAML of the scenario's policy
	round  round
}

// kindsOf lists every kind but fetch, which the other samples use.
func kindsOf(st *fixture) []kind {
	const open = `response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}`
	plain := func(method, path string) []wire.Request {
		r := st.request(method, path)
		r.Headers = r.Headers.Without("Origin")
		return []wire.Request{r}
	}
	seen := func(t cors.ResponseType, body string) session.Report {
		return session.Report{Type: t, Body: body, Elapsed: 11.8}
	}
	return []kind{
		{
			"xhr", `method: POST, url: "{api}/messages", headers: [{X-Token: abcd1234}], credentials: include, body: {text: Hello}, upload_listener: true`, "",
			round{requests: []wire.Request{st.preflight("/messages", "POST", "x-token")}, report: session.Report{Type: cors.ErrorResponse, Body: "the XMLHttpRequest fired error; nothing says why", Failed: session.FailedFetch, Elapsed: 9.4}},
		},
		{"img", `url: "{api}/image.png"`, "", round{requests: plain("GET", "/image.png"), report: seen(cors.OpaqueResponse, "24 × 24 pixels")}},
		{
			"canvas", `url: "{api}/image.png"`, "",
			round{requests: plain("GET", "/image.png"), report: session.Report{Type: cors.OpaqueResponse, Error: "SecurityError: The canvas has been tainted by cross-origin data.", Elapsed: 11.8}},
		},
		{"script", `url: "{api}/broken.js"`, "", round{requests: plain("GET", "/broken.js"), report: seen(cors.OpaqueResponse, "it left nothing behind\nwindow.onerror was told: Script error.")}},
		{"module", `url: "{api}/module.js", crossorigin: anonymous`, open, round{requests: []wire.Request{st.request("GET", "/module.js")}, report: seen(cors.CORSResponse, "module.js ran")}},
		{"font", `url: "{api}/font.ttf"`, open, round{requests: []wire.Request{st.request("GET", "/font.ttf")}, report: seen(cors.CORSResponse, "the font is loaded")}},
		{"form", `method: POST, url: "{api}/messages", body: {form: {text: Hello from the form}}`, "", round{requests: plain("POST", "/messages"), report: seen(cors.OpaqueResponse, "")}},
		{"beacon", `url: "{api}/messages", body: {text: Hello}`, "", round{requests: []wire.Request{st.request("POST", "/messages")}, report: seen(cors.OpaqueResponse, "")}},
		{"eventsource", `url: "{api}/events"`, open, round{requests: []wire.Request{st.request("GET", "/events")}, report: seen(cors.CORSResponse, "Hello")}},
	}
}

// kinds returns the samples of requests that a page sends without fetch, and of what the
// page sees of the responses.
func kinds(st *fixture) []Sample {
	var scripts, outcomes []Sample
	for _, k := range kindsOf(st) {
		found := st.parse("kind-"+k.name+".yaml", fmt.Sprintf(`corslab: 1
title: By %s
track: Samples
story: Something else than fetch.
script: {kind: %s, %s}
policy: {%s}
change: [policy, script]
expect: {outcome: opaque}
goal: [{page: opaque}]
solutions: [{}]
`, k.name, k.name, k.script, k.policy))
		panels := st.panels(found, found.Start(st.origins))
		run, settled := st.newest(st.playOf(found, scenario.Change{}, k.round))
		scripts = append(scripts, Sample{Name: "script-" + k.name, Of: "Script", State: "by " + k.name, Parts: parts(view.Script(panels))})
		outcomes = append(outcomes, Sample{Name: "outcome-" + k.name, Of: "Outcome", State: "by " + k.name, Parts: parts(view.Outcome(run, settled))})
	}
	curl := Sample{Name: "script-curl", Of: "Script", State: "with the same request by curl unfolded", Parts: parts(view.Script(st.start("everything"))), Open: true}
	return append(append(scripts, curl), outcomes...)
}

// parse reads a scenario that isn't in a file. On error it records the error and returns
// any scenario.
func (st *fixture) parse(name, src string) *scenario.Scenario {
	parsed, err := format.Parse(name, []byte(src))
	if err != nil {
		st.keep(fmt.Errorf("sample: %w", err))
		return st.own.All()[0]
	}
	return parsed
}
