package gallery

import (
	"context"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/view"
)

// proxies returns the samples of requests that reach the API through a proxy.
func proxies(st *stage) []Sample {
	var all []Sample
	for _, p := range []struct {
		via   scenario.Via
		state string
	}{
		{scenario.ViaSameOrigin, "through the proxy on the page’s own origin"},
		{scenario.ViaCORS, "through the proxy that lets everybody read"},
	} {
		r := round{via: p.via, requests: st.preflightAndPut(), report: got(200, written)}
		if p.via == scenario.ViaSameOrigin {
			r.requests, r.report.Type = []wire.Request{st.put()}, cors.BasicResponse
		}
		played := st.play("proxied", scenario.Change{Script: scenario.Script{Via: p.via}}, r)
		all = append(all,
			Sample{Name: "sequence-" + string(p.via), Of: "Sequence", State: p.state, Parts: parts(view.Sequence(played.lanes)), Arrived: arrived(played)},
			Sample{Name: "entry-" + string(p.via), Of: "Received", State: p.state, Parts: parts(view.Log([]string{st.origins.API.String()})), Arrived: arrived(played)},
		)
	}
	return append(all, Sample{Name: "script-via", Of: "Script", State: "with the way to the API to be chosen", Parts: parts(view.Script(st.start("proxied")))})
}

// pass delivers a run's request to the API, through the round's proxy if it has one.
// Package proxy does the same over the network.
func (r round) pass(to *session.Session, o origin.Set, run int, request wire.Request) error {
	scheme, host, rest := origin.Split(request.URL)
	prefix := backend.Prefix(to.ID, run)
	var server wire.Server = to
	switch r.via {
	case scenario.ViaSameOrigin:
		request.URL = o.Page.URL("/proxy") + prefix + "/api" + rest
		server = backend.Proxy{Kind: r.via, Origins: o, API: to}
	case scenario.ViaCORS:
		request.URL = o.API2.String() + prefix + backend.ProxyPath + "api" + rest
		server = backend.Proxy{Kind: r.via, Origins: o, API: to}
	default:
		request.URL = origin.Join(scheme, host, prefix+rest)
	}
	response, err := server.Respond(context.Background(), request)
	if err == nil && r.via != "" {
		to.Relayed(r.via, request, response)
	}
	return err
}
