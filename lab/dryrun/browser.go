package dryrun

import (
	"maps"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/session"
)

// browser does what the judge says that an engine does.
type browser struct {
	trial
	session *session.Session
	way     int               // bit by bit, with which of the open calls cookies go along
	jar     map[string]string // the account's cookie, by host
}

// send plays one run to its end, and reports false where something of it
// cannot be known.
func (b *browser) send() (ending runEnd, known bool) {
	run, opened := b.session.Start(), 0
	for more := true; more; {
		cookies := false
		if b.mayCarryCookie(run.Call.Script) {
			cookies = b.way>>opened&1 == 1
			opened++
		}
		report, known := b.call(run, cookies)
		if !known {
			return runEnd{}, false
		}
		var err error
		if run, more, err = b.session.Settle(run.Number, report, b.engine); err != nil {
			return runEnd{}, false
		}
		settled, kept := b.settled()
		if !kept {
			return runEnd{}, false
		}
		ending.Calls = append(ending.Calls, callOf(settled, report))
		ending.Goal, ending.Solved = settled.Goal, settled.Solved
	}
	return ending, true
}

// settled is the call that was settled last, unless it was too large to be kept.
func (b *browser) settled() (settled session.Settled, kept bool) {
	entries, _ := b.session.Entries(0)
	for _, entry := range slices.Backward(entries) {
		if entry.Settled != nil {
			return *entry.Settled, true
		}
	}
	return session.Settled{}, false
}

func callOf(settled session.Settled, report session.Report) callEnd {
	call := callEnd{Role: settled.Role, Caller: settled.Script.From, Outcome: settled.Outcome, Verdict: settled.Judged.Verdict}
	for _, pair := range report.Headers {
		call.Shown = append(call.Shown, pair[0])
	}
	for _, sent := range settled.Sent {
		call.Sent = append(call.Sent, sent.Method)
	}
	return call
}

// call has the requests of one script answered, one after the other: each
// answer can change what the judge expects to come next.
func (b *browser) call(run session.Run, cookies bool) (report session.Report, known bool) {
	var last session.Answer
	for sent := 0; ; sent++ {
		p := b.session.Predict(b.engine)
		if isOpen(run.Call.Script, p) {
			return session.Report{}, false
		}
		if sent >= len(p.Verdict.Wire) {
			return reportOf(run.Call.Script, p.Verdict, last), true
		}
		if last, known = b.request(run, p.Verdict.Wire[sent], cookies); !known {
			return session.Report{}, false
		}
	}
}

// isOpen reports whether a script can end otherwise than the judge says: CORS
// is not the last word on what an element makes of an answer.
func isOpen(script scenario.Script, p session.Prediction) bool {
	switch v := p.Verdict; {
	case v.Outcome == cors.Unknown:
		return true
	case script.Kind.GivesResponse():
		return false
	case v.Outcome == cors.Blocked:
		return v.Cause == cors.NoAnswer
	}
	return p.Unfit != "" && script.Kind.Reports() || script.Via != scenario.ViaDirect
}

// reportOf is what a runner would tell.
func reportOf(script scenario.Script, v cors.Verdict, last session.Answer) session.Report {
	types := map[cors.Outcome]string{cors.Readable: "cors", cors.Opaque: "opaque", cors.OpaqueRedirect: "opaqueredirect", cors.Blocked: "error"}
	report := session.Report{Type: types[v.Outcome], Status: v.Status}
	if !script.Kind.Reports() {
		report.Type = "opaque"
	}
	if report.Type == "cors" && script.Kind.GivesResponse() {
		report.Body = strings.ToValidUTF8(last.Body.String(), "")
		for _, name := range v.ReadableHeaders {
			report.Headers = append(report.Headers, []string{name, ""})
		}
	}
	if report.Type == "error" {
		report.Failed = session.FailedFetch
	}
	return report
}

// request sends one request of a script, straight or through a proxy.
func (b *browser) request(run session.Run, wire cors.WireRequest, cookies bool) (session.Answer, bool) {
	at, err := url.Parse(wire.URL)
	if err != nil {
		return session.Answer{}, false
	}
	_, target, found := strings.Cut(at.RequestURI(), "/"+sessionID+"/")
	_, target, _ = strings.Cut(target, "/")
	if !found {
		return session.Answer{}, false
	}
	r := requestOf(run.Call.Script, wire, b.engine)
	r.Host, r.Target = at.Host, "/"+target
	if cookie := b.jar[at.Hostname()]; cookies && cookie != "" && !wire.Preflight() {
		r.Headers["Cookie"] = []string{cookie}
	}
	answer, known := b.answer(run, r)
	if set := answer.Headers["Set-Cookie"]; cookies && len(set) > 0 {
		cookie, _, _ := strings.Cut(set[len(set)-1], ";")
		b.jar[at.Hostname()] = cookie
	}
	return answer, known
}

// answer asks the API, by the way that the script goes.
func (b *browser) answer(run session.Run, r session.Request) (session.Answer, bool) {
	via := run.Call.Script.Via
	if via == scenario.ViaDirect || via == "" {
		return b.session.Receive(run.Segment, r), true
	}
	if via == scenario.ViaSameOrigin {
		r.Target = strings.TrimSuffix(session.ProxyPath, "/") + r.Target
	}
	asked, preflight := r.Preflight()
	answer := session.Permit(asked)
	if !preflight || via != scenario.ViaCORS {
		onward, ok := b.onward(r, via)
		if !ok {
			return session.Answer{}, false
		}
		answer = b.session.Receive(run.Segment, onward)
		if answer.Closed || answer.Status/100 == 3 {
			return session.Answer{}, false // what a proxy makes of these is the proxy's
		}
		if via == scenario.ViaCORS {
			answer.Headers = maps.Clone(answer.Headers)
			session.Open(answer.Headers)
		}
	}
	b.session.Relayed(run.Segment, via, r, answer)
	return answer, true
}

// onward is a request as a proxy sends it to the API, server to server.
func (b *browser) onward(r session.Request, via scenario.Via) (session.Request, bool) {
	name, path, found := strings.Cut(strings.TrimPrefix(r.Target, session.ProxyPath), "/")
	if !found {
		return session.Request{}, false
	}
	r.Host, r.Target = strings.TrimPrefix(b.origins.Of(name), "http://"), "/"+path
	r.Headers = session.Onward(r.Headers, via)
	return r, true
}

// requestOf is what the API receives of a script, but for where it goes.
func requestOf(script scenario.Script, wire cors.WireRequest, engine cors.Engine) session.Request {
	r := session.Request{Method: wire.Method, Headers: make(map[string][]string)}
	if wire.Origin != "" {
		r.Headers["Origin"] = []string{wire.Origin}
	}
	if wire.Preflight() {
		r.Headers["Access-Control-Request-Method"] = []string{*wire.Asked}
		if wire.Headers != nil {
			r.Headers["Access-Control-Request-Headers"] = []string{*wire.Headers}
		}
		return r
	}
	for _, h := range script.Sent() {
		name := textproto.CanonicalMIMEHeaderKey(h.Name)
		if script.Mode != scenario.ModeNoCORS && !named(name, "Origin", "Cookie", "Host", "Via") {
			r.Headers[name] = append(r.Headers[name], h.Value)
		}
	}
	if !named(wire.Method, "GET", "HEAD") {
		r.Body = bodyOf(script.Body)
		if script.Stream == scenario.SwitchOn && engine == cors.Firefox {
			r.Body = []byte("[object ReadableStream]") // it knows no streams as bodies
		}
		r.Size = int64(len(r.Body))
	}
	return r
}

func bodyOf(body scenario.Body) []byte {
	if body.Kind != scenario.BodyForm {
		return []byte(body.Text)
	}
	var fields []string
	for _, pair := range body.Form {
		fields = append(fields, url.QueryEscape(pair[0])+"="+url.QueryEscape(pair[1]))
	}
	return []byte(strings.Join(fields, "&"))
}

// named reports whether a name is one of several, in capital or small letters.
func named(name string, names ...string) bool {
	return slices.ContainsFunc(names, func(other string) bool { return strings.EqualFold(name, other) })
}
