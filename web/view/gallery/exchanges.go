package gallery

import (
	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// maxAge lets the browser cache the preflight response for a number of seconds.
func maxAge(age string) scenario.Change {
	return scenario.Change{Policy: policy.Change{Preflight: policy.ReplyChange{Headers: []policy.Header{{Name: "Access-Control-Max-Age", Value: age}}}}}
}

// drawings returns the samples of the drawn exchange.
func drawings(st *fixture) []Sample {
	get := []wire.Request{st.request("GET", "/messages")}
	all := []Sample{{Name: "sequence", Of: "Sequence", State: "before the first run", Parts: parts(view.Sequence(st.lanes("no-allow-origin")))}}
	for _, drawn := range []struct {
		name, state, scenario string
		change                scenario.Change
		rounds                []round
	}{
		{"running", "a run is under way", "credentials-response", scenario.Change{}, []round{{requests: st.preflightOnly()}}},
		{"readable", "a simple request that passes", "no-allow-origin", allowOrigin(), []round{{requests: get, report: got(200, messages)}}},
		{"preflighted", "a request that passes after its preflight", "credentials-response", allowCredentials(), []round{{requests: st.preflightAndPut(), report: got(200, written)}}},
		{"never", "stopped at the preflight", "put-not-allowed", scenario.Change{}, []round{{requests: st.preflightOnly(), report: blocked()}}},
		{"blocked", "stopped at the answer", "credentials-response", scenario.Change{}, []round{{requests: st.preflightAndPut(), report: blocked()}}},
		{"redirect", "stopped at a redirect", "redirect", scenario.Change{}, []round{{requests: get, report: blocked()}}},
		{"hops", "over two hops, and no answer in the end", "hops", scenario.Change{}, []round{{requests: append(get[:1:1], st.moved()), report: blocked()}}},
		{"several", "several pages send", "several", scenario.Change{}, []round{{requests: get, report: got(200, messages)}}},
		{"nothing", "nothing sent", "no-cors", sameOrigin(), []round{{report: blocked()}}},
		{"cached", "a preflight remembered", "preflight-cache", maxAge("600"), []round{
			{requests: st.preflightAndPut(), report: got(200, written)},
			{requests: []wire.Request{st.put()}, report: got(200, written)},
		}},
		{"shared-cache", "answered by the shared cache", "caches", cacheIs(policy.CacheBlind), []round{{requests: get, report: got(200, messages)}}},
		{"opaque", "opaque", "no-cors", scenario.Change{}, []round{{requests: []wire.Request{st.opaque()}, report: onlyType(cors.OpaqueResponse)}}},
		{"opaqueredirect", "an opaque redirect", "redirect-manual", scenario.Change{}, []round{{requests: get, report: onlyType(cors.OpaqueRedirectResponse)}}},
		{"differs", "stopped by something else", "no-allow-origin", allowOrigin(), []round{{requests: get, report: blocked()}}},
		{"gave-up", "no answer came in time", "no-allow-origin", scenario.Change{}, []round{{requests: get, report: failed(session.FailedTime)}}},
	} {
		all = append(all, Sample{
			Name: "sequence-" + drawn.name, Of: "Sequence", State: drawn.state,
			Parts: parts(view.Sequence(st.lanes(drawn.scenario))), Arrived: arrived(st.play(drawn.scenario, drawn.change, drawn.rounds...)),
		})
	}
	return all
}

// logs returns the samples of the server log, one for each kind of entry.
func logs(st *fixture) []Sample {
	of := func(component, name, state string, fragments []templ.Component) Sample {
		return Sample{Name: name, Of: component, State: state, Parts: parts(view.Log([]string{st.origins.API.String()})), Arrived: fragments}
	}
	played := func(id string, change scenario.Change, rounds ...round) []templ.Component {
		return arrived(st.play(id, change, rounds...))
	}
	shared := []round{{requests: []wire.Request{st.request("GET", "/messages")}, report: got(200, messages)}}
	hand := st.request("DELETE", "/messages/1")
	hand.Headers = hand.Headers.Without("Origin")
	withheld := round{requests: st.preflightAndPut(), report: blocked()}
	unfolded := of("Received", "entry-unfolded", "a preflight, unfolded", played("custom-header", scenario.Change{}, round{requests: []wire.Request{st.preflight("/messages", "GET", "x-token")}}))
	unfolded.Open = true
	body := of("Received", "entry-body", "a request with a body and an effect, unfolded", played("credentials-response", scenario.Change{}, round{requests: []wire.Request{st.put()}}))
	body.Open = true
	return []Sample{
		of("Log", "log", "nothing yet", nil),
		of("Log", "log-runs", "two runs", played("credentials-response", scenario.Change{}, withheld, withheld)),
		of("LogSide", "log-side", "two APIs are asked", parts(view.LogSide([]string{st.origins.API.String(), st.origins.API2.String()}))),
		of("Gap", "gap", "older entries are gone", parts(view.Gap(257))),
		of("Started", "started", "a run begins", played("no-allow-origin", scenario.Change{}, round{})),
		of("Received", "entry-preflight", "a preflight", played("put-not-allowed", scenario.Change{}, round{requests: st.preflightOnly()})),
		unfolded,
		of("Received", "entry-effect", "a request after its preflight, and its effect", played("credentials-response", scenario.Change{}, round{requests: st.preflightAndPut()})),
		body,
		of("Received", "entry-shared-cache", "answered by the shared cache", played("caches", cacheIs(policy.CacheBlind), shared...)),
		of("Received", "entry-withheld", "a header that the lab didn't send", played("no-allow-origin", onResponse("Clear-Site-Data", "*"), round{requests: []wire.Request{st.request("GET", "/messages")}, report: blocked()})),
		of("Received", "entry-by-hand", "sent by hand", played("no-allow-origin", scenario.Change{}, round{byHand: true, requests: []wire.Request{hand}})),
	}
}

// histories returns the samples of the list of runs.
func histories(st *fixture) []Sample {
	get := []wire.Request{st.request("GET", "/messages")}
	of := func(name, state string, fragments []templ.Component) Sample {
		return Sample{Name: name, Of: "History", State: state, Parts: parts(view.History()), Arrived: fragments}
	}
	runs := arrived(st.play("no-allow-origin", scenario.Change{}, round{requests: get, report: blocked()}, round{requests: get, report: blocked()}))
	found := st.find("put-not-allowed")
	before, after := found.Start(st.origins), found.With(maxAge("600"), st.origins)
	return []Sample{
		of("history", "before the first run", nil),
		of("history-runs", "two runs", runs),
		{Name: "comparison", Of: "Comparison", State: "of two policies", Parts: parts(view.History()), Arrived: parts(view.Comparison(view.Compared{Run: 1, Attempt: before}, view.Compared{Run: 2, Attempt: after}))},
		{Name: "comparison-same", Of: "Comparison", State: "of the same policy", Parts: parts(view.History()), Arrived: parts(view.Comparison(view.Compared{Run: 1, Attempt: before}, view.Compared{Run: 2, Attempt: before}))},
	}
}

// endings returns samples that show the end of a run in every panel.
func endings(st *fixture) []Sample {
	of := func(name, state, id string, change scenario.Change, r round) Sample {
		return Sample{
			Name: name, Of: "Settled", State: state,
			Parts:   parts(view.GoalAtStart(st.find(id), st.origins), view.Sequence(st.lanes(id)), view.OutcomeEmpty(), view.VerdictEmpty(), view.Log([]string{st.origins.API.String()})),
			Arrived: arrived(st.play(id, change, r)),
		}
	}
	return []Sample{
		of("settled-never-sent", "a request that was never sent", "put-not-allowed", scenario.Change{}, round{requests: st.preflightOnly(), report: blocked()}),
		of("settled-nothing-sent", "nothing reached the server", "no-cors", sameOrigin(), round{report: blocked()}),
		of("settled-differs", "the browser did otherwise", "no-allow-origin", scenario.Change{}, round{requests: []wire.Request{st.request("GET", "/messages")}, report: got(200, messages)}),
		of("settled-solved", "solved", "credentials-response", allowCredentials(), round{requests: st.preflightAndPut(), report: got(200, written)}),
	}
}
