package gallery

import (
	"maps"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"
)

// proxies are requests that go to the API by way of another server.
func proxies(st *stage) []Specimen {
	var all []Specimen
	for _, p := range []struct {
		via   scenario.Via
		state string
	}{
		{scenario.ViaSameOrigin, "through the proxy on the page’s own origin"},
		{scenario.ViaCORS, "through the proxy that lets everybody read"},
	} {
		r := round{via: p.via, requests: st.preflightAndPut(), report: got(200, written)}
		if p.via == scenario.ViaSameOrigin {
			r.requests, r.report.Type = []session.Request{st.put()}, "basic"
		}
		played := st.play("proxied", scenario.Change{Script: scenario.Script{Via: p.via}}, r)
		all = append(all,
			Specimen{Name: "sequence-" + string(p.via), Of: "Sequence", State: p.state, Parts: parts(view.Sequence(played.lanes)), Arrived: arrived(played)},
			Specimen{Name: "entry-" + string(p.via), Of: "Received", State: p.state, Parts: parts(view.Log([]string{st.origins.API})), Arrived: arrived(played)},
		)
	}
	return append(all, Specimen{Name: "script-via", Of: "Script", State: "with the way to the API to be chosen", Parts: parts(view.Script(st.start("proxied")))})
}

// pass has a request reach the API, through the proxy of the round if it has
// one; package proxy does the same over the network.
func (r round) pass(to *session.Session, segment int, request session.Request) {
	if r.via == "" {
		to.Receive(segment, request)
		return
	}
	seen := request
	seen.Host, seen.Target = "localhost:8080", session.ProxyPath+"api"+request.Target
	if r.via == scenario.ViaCORS {
		seen.Host = "127.0.0.1:8000"
	}
	if asked, preflight := request.Preflight(); preflight {
		to.Relayed(segment, r.via, seen, session.Permit(asked))
		return
	}
	onward := request
	onward.Headers = session.Onward(request.Headers, r.via)
	answer := to.Receive(segment, onward)
	answer.Headers = maps.Clone(answer.Headers)
	if r.via == scenario.ViaCORS {
		session.Open(answer.Headers)
	}
	to.Relayed(segment, r.via, seen, answer)
}
