package gallery

import (
	"context"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/view"
)

// proxies returns the samples of requests that reach the API through a proxy.
func proxies(st *fixture) []Sample {
	var all []Sample
	for _, p := range []struct {
		via   endpoint.Via
		state string
	}{
		{endpoint.SameOrigin, "through the proxy on the page’s own origin"},
		{endpoint.CORS, "through the proxy that lets everybody read"},
	} {
		r := round{via: p.via, requests: st.preflightAndPut(), report: got(200, written)}
		if p.via == endpoint.SameOrigin {
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
	at := endpoint.URL{Scheme: scheme, Host: host, Session: to.ID, Run: run, Via: r.via, API: "api", Rest: rest}
	var server wire.Server = to
	if r.via != "" {
		at, server = at.At(o.Page, o), backend.Proxy{Kind: r.via, Origins: o, API: to}
	}
	request.URL = at.String()
	response, err := server.Respond(context.Background(), request)
	if err == nil && r.via != "" {
		to.Relayed(r.via, request, response)
	}
	return err
}
