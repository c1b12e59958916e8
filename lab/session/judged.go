package session

import (
	"fmt"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// Judged is the judge's view of a call, based only on what was on the wire.
type Judged struct {
	Verdict         cors.Verdict   // for the learner's browser
	Others          []cors.Verdict // for the other browsers, and for the standard last, each with its last step
	Route           int            // number, from 1, of the policy's route for the last request; 0 for none
	PreflightCached bool           // an earlier preflight covers the run, in the learner's browser
	FromCache       bool           // the browser used the response in its HTTP cache and sent nothing
	Compared        bool           // the verdict was compared with what the browser did; false if something other than CORS decided
	Differs         []string       // how the browser behaved differently, in words
	Beyond          string         // why CORS doesn't decide, or not alone; "" if CORS alone does
}

// preflightCaches holds what each engine would remember of the preflights so far.
type preflightCaches struct {
	of    map[cors.Engine]*cors.PreflightCache
	bytes int // total size
}

func newPreflightCaches() preflightCaches {
	all := preflightCaches{of: make(map[cors.Engine]*cors.PreflightCache)}
	for _, engine := range cors.Engines() {
		all.of[engine] = &cors.PreflightCache{Engine: engine}
	}
	return all
}

// judge asks the judge what the engines do with the call.
func (all *preflightCaches) judge(c *call, engine cors.Engine) Judged {
	judged := Judged{Beyond: c.Script.BeyondCORS()}
	judged.Verdict, judged.PreflightCached = all.verdict(c, engine)
	judged.FromCache = c.fromCache
	judged.Route = c.routeOf(judged.Verdict.Wire)
	for _, other := range append(cors.Browsers(), cors.Standard) {
		if other != engine {
			verdict, _ := all.verdict(c, other)
			judged.Others = append(judged.Others, decided(verdict))
		}
	}
	all.bytes = 0
	for _, cache := range all.of {
		all.bytes += cache.Size()
	}
	return judged
}

// decided is a verdict with only its last step, because the page shows no others
// for another engine.
func decided(v cors.Verdict) cors.Verdict {
	v.Steps = slices.Clone(v.Steps[max(0, len(v.Steps)-1):])
	return v
}

// verdict judges for one engine, whose cache remembers what it learns from the call. It
// also reports whether an earlier preflight covers the call.
func (all *preflightCaches) verdict(c *call, engine cors.Engine) (v cors.Verdict, cached bool) {
	p := all.predict(c, engine)
	if p.response != nil {
		all.of[engine].Settle(p.preflight, *p.response, p.verdict, c.started)
	}
	return p.verdict, p.cached
}

// predicted is a verdict with what an engine's cache can learn from it.
type predicted struct {
	verdict   cors.Verdict
	preflight cors.Preflight
	response  *cors.Response // to that preflight; nil if none is needed, or none came
	cached    bool           // an earlier preflight covers the call
}

// predict judges for one engine without changing its cache.
func (all *preflightCaches) predict(c *call, engine cors.Engine) (p predicted) {
	exchange := c.exchange()
	preflight, needed := cors.PreflightOf(exchange, engine)
	p.preflight, p.cached = preflight, needed && all.of[engine].Covers(preflight, c.started)
	exchange.Hops[0].PreflightCached = p.cached
	p.verdict = cors.Judge(exchange, engine)
	p.verdict.Wire = c.arriving(p.verdict.Wire)
	if !c.Script.Kind.GivesResponse() {
		p.verdict.Console = "" // the judge's lines are those of fetch()
	}
	if needed {
		p.response = exchange.Hops[0].Preflight
	}
	return p
}

// compare says how the browser behaved differently from the verdict. There is nothing
// to compare if the runner gave up or a body couldn't be read, because that is beyond
// CORS. The same is true of a response that CORS allows and the script's kind refuses;
// mismatch says why.
func (j *Judged) compare(settled Settled, mismatch string) {
	v := j.Verdict
	if settled.Report.Failed == FailedTime || settled.Report.Failed == FailedBody || v.Outcome == cors.Unknown {
		return
	}
	if mismatch != "" && settled.Outcome == cors.Blocked && v.Outcome != cors.Blocked {
		j.Beyond = mismatch
		return
	}
	j.Compared = true
	differ := func(what, expected, found string) {
		if expected != found {
			j.Differs = append(j.Differs, fmt.Sprintf("%s: expected %s, found %s", what, expected, found))
		}
	}
	if settled.Script.Kind.Reports() {
		differ("outcome", string(v.Outcome), string(settled.Outcome))
	}
	if kind := settled.Script.Kind; v.Outcome == settled.Outcome && v.Outcome != cors.Blocked && kind.GivesResponse() {
		if kind == scenario.KindFetch {
			differ("type", string(v.Type), string(settled.Report.Type))
		}
		differ("status", fmt.Sprint(v.Status), fmt.Sprint(settled.Report.Status))
	}
	if !j.FromCache {
		differ("requests", requests(v.Wire), sentRequests(settled.Sent))
	}
}

// requests lists the methods of the requests that leave the browser, according to a
// verdict.
func requests(wire []cors.WireRequest) string {
	var methods []string
	for _, w := range wire {
		methods = append(methods, named(w.Method, w.Preflight()))
	}
	return listed(methods)
}

// sentRequests lists the methods that did leave it. A browser may repeat a
// request whose connection ended without a response
// (https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2); that is one request.
func sentRequests(sent []Sent) string {
	var methods []string
	for i, s := range sent {
		if i > 0 && sent[i-1].Status == 0 && s.Method == sent[i-1].Method {
			continue
		}
		methods = append(methods, named(s.Method, s.Preflight))
	}
	return listed(methods)
}

func named(method string, preflight bool) string {
	if preflight {
		return "preflight"
	}
	return method
}

func listed(methods []string) string {
	if len(methods) == 0 {
		return "none"
	}
	return strings.Join(methods, ", ")
}
