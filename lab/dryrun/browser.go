package dryrun

import (
	"context"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/lab/wire"
)

// browser plays an engine: it does whatever the judge says that the engine does.
type browser struct {
	trial
	session *session.Session
	way     int               // bit i says whether the i-th cookie call carries cookies
	jar     map[string]string // the account's cookie, by host
}

// send plays one run to its end. It reports false if some part of it can't be
// predicted.
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
		settled, ok := b.settled()
		if !ok {
			return runEnd{}, false
		}
		ending.Calls = append(ending.Calls, callOf(settled, report))
		ending.Goal, ending.Solved = settled.Goal, settled.Solved
	}
	return ending, true
}

// settled returns the last settled call. It reports false if that call was too large
// for the journal.
func (b *browser) settled() (settled session.Settled, ok bool) {
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

// call sends the requests of one script one at a time, because each response can change
// which request the judge expects next.
func (b *browser) call(run session.Run, cookies bool) (report session.Report, known bool) {
	var last wire.Response
	for sent := 0; ; sent++ {
		p := b.session.Predict(b.engine)
		if isUnpredictable(run.Call.Script, p) {
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

// isUnpredictable reports whether a script can end differently from what the judge
// says. CORS alone doesn't decide what an element does with a response.
func isUnpredictable(script scenario.Script, p session.Prediction) bool {
	switch v := p.Verdict; {
	case v.Outcome == cors.Unknown:
		return true
	case script.Kind.GivesResponse():
		return false
	case v.Outcome == cors.Blocked:
		return v.Cause == cors.NoResponse
	}
	return p.Mismatch != "" && script.Kind.Reports() || script.Via != endpoint.Direct
}

// reportOf returns the report that a runner would send.
func reportOf(script scenario.Script, v cors.Verdict, last wire.Response) session.Report {
	types := map[cors.Outcome]cors.ResponseType{
		cors.Readable: cors.CORSResponse, cors.Opaque: cors.OpaqueResponse,
		cors.OpaqueRedirect: cors.OpaqueRedirectResponse, cors.Blocked: cors.ErrorResponse,
	}
	report := session.Report{Type: types[v.Outcome], Status: v.Status}
	if !script.Kind.Reports() {
		report.Type = cors.OpaqueResponse
	}
	if report.Type == cors.CORSResponse && script.Kind.GivesResponse() {
		report.Body = strings.ToValidUTF8(last.Body.String(), "")
		for _, name := range v.ReadableHeaders {
			report.Headers = append(report.Headers, []string{name, ""})
		}
	}
	if report.Type == cors.ErrorResponse {
		report.Failed = session.FailedFetch
	}
	return report
}

// request sends one request of a script, directly or through a proxy.
func (b *browser) request(run session.Run, sent cors.WireRequest, cookies bool) (wire.Response, bool) {
	at, err := url.Parse(sent.URL)
	if err != nil {
		return wire.Response{}, false
	}
	r := requestOf(run.Call.Script, sent, b.engine)
	r.URL = wire.URLOf(at.Scheme, at.Host, at)
	if cookie := b.jar[at.Hostname()]; cookies && cookie != "" && !sent.Preflight() {
		r.Headers.Add("Cookie", cookie)
	}
	response, known := b.respond(run.Call.Script.Via, r)
	if set := response.Headers.Values("Set-Cookie"); cookies && len(set) > 0 {
		cookie, _, _ := strings.Cut(set[len(set)-1], ";")
		b.jar[at.Hostname()] = cookie
	}
	return response, known
}

// respond gets the API's response, through the proxy that the script uses, if any.
func (b *browser) respond(via endpoint.Via, r wire.Request) (wire.Response, bool) {
	if via == endpoint.Direct || via == "" {
		response, err := b.session.Respond(context.Background(), r)
		return response, err == nil
	}
	response, err := backend.Proxy{Kind: via, Origins: b.origins, API: b.session}.Respond(context.Background(), r)
	if err != nil || response.Closed || response.Status/100 == 3 {
		return wire.Response{}, false // the proxy decides how to handle a redirect or a closed connection
	}
	b.session.Relayed(via, r, response)
	return response, true
}

// requestOf returns a script's request as the API receives it, without its URL.
func requestOf(script scenario.Script, sent cors.WireRequest, engine cors.Engine) wire.Request {
	r := wire.Request{Method: sent.Method}
	if sent.Origin != "" {
		r.Headers.Add("Origin", sent.Origin)
	}
	if sent.Preflight() {
		r.Headers.Add("Access-Control-Request-Method", *sent.Asked)
		if sent.Headers != nil {
			r.Headers.Add("Access-Control-Request-Headers", *sent.Headers)
		}
		return r
	}
	for _, h := range script.Sent() {
		name := textproto.CanonicalMIMEHeaderKey(h.Name)
		if script.Mode != cors.NoCORSMode && !named(name, "Origin", "Cookie", "Host", "Via") {
			r.Headers.Add(name, h.Value)
		}
	}
	if !named(sent.Method, "GET", "HEAD") {
		r.Body = bodyOf(script.Body)
		if script.Stream == scenario.SwitchOn && engine.BuffersStreams() {
			r.Body = []byte("[object ReadableStream]")
		}
		r.Size = int64(len(r.Body))
	}
	return r
}

func bodyOf(body scenario.Body) []byte {
	if body.Kind != cors.FormBody {
		return []byte(body.Text)
	}
	var fields []string
	for _, pair := range body.Form {
		fields = append(fields, url.QueryEscape(pair[0])+"="+url.QueryEscape(pair[1]))
	}
	return []byte(strings.Join(fields, "&"))
}

// named reports whether a name is one of several, ignoring case.
func named(name string, names ...string) bool {
	return slices.ContainsFunc(names, func(other string) bool { return strings.EqualFold(name, other) })
}
