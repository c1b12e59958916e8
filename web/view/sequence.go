package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

// Lanes are the columns of the drawing: the script, the browser, and each API
// origin that the scenario's requests can reach.
type Lanes struct {
	Script string   // its origin
	APIs   []string // at least one
}

// LanesOf returns the lanes for a scenario.
func LanesOf(s *scenario.Scenario, o origin.Set) Lanes {
	return Lanes{Script: s.Script.From.Origin(o), APIs: s.APIs(o)}
}

// spread is where the lanes stand, from the left, by the number of APIs;
// sequence.css places the labels between them.
func (l Lanes) spread() []string {
	switch len(l.APIs) {
	case 1:
		return []string{"8%", "36%", "92%"}
	case 2:
		return []string{"6%", "26%", "60%", "94%"}
	}
	return []string{"5%", "21%", "45%", "70%", "95%"}
}

// count is the number of APIs that are drawn; further ones share the last lane.
func (l Lanes) count() int { return min(len(l.APIs), 3) }

// to is the number of the API, from 1, that answers to a Host header.
func (l Lanes) to(host string) int {
	at := slices.IndexFunc(l.APIs, func(api string) bool { return strings.HasSuffix(api, "://"+host) })
	return 1 + min(max(at, 0), l.count()-1)
}

// schemeOf is what an origin begins with; null has none.
func schemeOf(origin string) string {
	scheme, _, found := strings.Cut(origin, "://")
	if !found {
		return ""
	}
	return scheme + "://"
}

// address is where a request went, with the host where there are several.
func (l Lanes) address(to backend.Address) string {
	if len(l.APIs) > 1 {
		return to.URL()
	}
	return to.Target
}

// way is from where to where an arrow goes, and its head.
type way struct{ from, to, head string }

// wayOf is the way of a step, which goes to the given API or comes from it.
func (l Lanes) wayOf(step string, api int) way {
	const right, left = "M-9,-5 L0,0 L-9,5 Z", "M9,-5 L0,0 L9,5 Z"
	x := l.spread()
	const script, browser = 0, 1
	switch step {
	case "call":
		return way{x[script], x[browser], right}
	case "request":
		return way{x[browser], x[browser+api], right}
	case "answer":
		return way{x[browser+api], x[browser], left}
	}
	return way{x[browser], x[script], left}
}

func (l Lanes) browser() string { return l.spread()[1] }

// halfway is where a request ends that is never sent.
func (l Lanes) halfway() string {
	return map[int]string{1: "58%", 2: "43%", 3: "33%"}[l.count()]
}

// stepID is the id of a step of the n-th call of a run.
func stepID(name string, call int) string {
	if call > 1 {
		name = fmt.Sprintf("%s-of-%d", name, call)
	}
	return "step-" + name
}

// lastSteps are the attributes of a step that goes to the end.
func lastSteps(name string, call int) templ.Attributes {
	return templ.Attributes{"id": stepID(name, call), "data-into": "sequence-steps"}
}

// callStep is the first step of a call.
func callStep(call int, into templ.Attributes) templ.Attributes {
	attributes := templ.Attributes{"id": stepID("call", call), "data-pair": stepID("call", call)}
	maps.Copy(attributes, into)
	return attributes
}

// pairedStep is a step that goes to the end and belongs to an entry of the log.
func pairedStep(seq uint64, name string) templ.Attributes {
	return pairedLast(fmt.Sprintf("%s-%d", name, seq), 1, entryID(seq))
}

// failingStep is the id of the step of the trace at which the learner's own
// fetch failed.
const failingStep = "failing-step"

// pairedBarrier is the step at which the browser stopped the exchange: the
// drawing's for what the trace tells. Of others than the learner there is no trace.
func pairedBarrier(e session.Entry) templ.Attributes {
	if e.Settled.Role != scenario.Main {
		return pairedLast("barrier", e.Call, gotID(e.Seq))
	}
	return pairedLast("barrier", e.Call, failingStep)
}

// pairedNever is the step that stands for the i-th request that was never sent.
func pairedNever(e session.Entry, i int) templ.Attributes {
	return pairedLast(fmt.Sprintf("never-%d", i), e.Call, neverID(e.Seq, i))
}

// pairedResult is what the script got; the log says it of others than the learner.
func pairedResult(e session.Entry) templ.Attributes {
	if e.Settled.Role != scenario.Main {
		return pairedLast("result", e.Call, gotID(e.Seq))
	}
	return lastSteps("result", e.Call)
}

// pairedLast is a step that goes to the end and belongs to what has an id.
func pairedLast(name string, call int, id string) templ.Attributes {
	attributes := lastSteps(name, call)
	attributes["data-pair"] = id
	return attributes
}

// pairedCached is the preflight that the browser did not send, right after what
// the script asked for.
func pairedCached(call int) templ.Attributes {
	id := stepID("cached", call)
	return templ.Attributes{"id": id, "data-pair": id, "data-after": stepID("call", call)}
}

// pairedTrace ties a step of the trace to the request after which it stands,
// or to the call, the one that failed to the barrier, and the one that found an
// earlier preflight to what the browser remembered.
func pairedTrace(step cors.Step, call int, sent []session.Sent) templ.Attributes {
	attributes := templ.Attributes{}
	var pairs []string
	if !step.Passed {
		attributes["id"] = failingStep
		pairs = append(pairs, failingStep)
	}
	if step.FindsPreflight() {
		pairs = append(pairs, stepID("cached", call))
	}
	switch {
	case step.Sent == 0:
		pairs = append(pairs, stepID("call", call))
	case step.Sent <= len(sent):
		pairs = append(pairs, entryID(sent[step.Sent-1].Seq))
	}
	attributes["data-pair"] = strings.Join(pairs, " ")
	return attributes
}

// callerSentence says who sends.
func callerSentence(started session.Started) string {
	switch started.Role {
	case scenario.Before:
		return "First, a page of " + started.Origin
	case scenario.Also:
		return "Also, a page of " + started.Origin
	case scenario.Attack:
		return "Now the attacker’s page, " + started.Origin
	}
	return "Then your script, from " + started.Origin
}

// answerer says who answers a request.
func answerer(r session.Received) string {
	switch {
	case r.ByProxy:
		return "The proxy answers"
	case r.Cached != 0:
		return "The shared cache answers"
	}
	return "The API answers"
}

// proxyWord says in two or three words what a proxy has to do with a request.
func proxyWord(r session.Received) string {
	if r.ByProxy {
		return "to the proxy"
	}
	return "through the proxy"
}

// proxySentence says what a proxy did with a request.
func proxySentence(r session.Received) string {
	switch {
	case r.ByProxy:
		return "Answered by the proxy itself; the API was not asked"
	case r.Via == scenario.ViaCORS:
		return "Came through the proxy, which left out Origin and Cookie, and lets everybody read the answer"
	}
	return "Came through the proxy on the page’s own origin, which left out Origin"
}

// got names what the script has in hand after the run.
func got(s session.Settled) string {
	switch s.Outcome {
	case cors.Readable:
		if !s.Script.Kind.GivesResponse() {
			return "readable"
		}
		return fmt.Sprint(s.Report.Status)
	case cors.Opaque:
		return "opaque"
	case cors.OpaqueRedirect:
		return "redirect"
	}
	if s.Report.Failed == session.FailedTime {
		return "nothing"
	}
	if kind := s.Script.Kind; kind == scenario.KindXHR || !kind.GivesResponse() {
		return "error"
	}
	return "TypeError"
}
