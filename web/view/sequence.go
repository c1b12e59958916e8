package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/session"

	"github.com/a-h/templ"
)

// Lanes are the columns of the drawing: the script, the browser, and each API origin
// that the scenario's requests can reach.
type Lanes struct {
	Script string   // its origin
	APIs   []string // at least one
}

// LanesOf returns the lanes for a scenario.
func LanesOf(s *scenario.Scenario, o origin.Set) Lanes {
	return Lanes{Script: s.Script.From.Origin(o), APIs: s.APIs(o)}
}

// spread returns the lanes' distances from the left. sequence.css places the labels
// between them, so the two must match.
func (l Lanes) spread() []string {
	switch len(l.APIs) {
	case 1:
		return []string{"8%", "36%", "92%"}
	case 2:
		return []string{"6%", "26%", "60%", "94%"}
	}
	return []string{"5%", "21%", "45%", "70%", "95%"}
}

// count returns the number of API lanes. If there are more than three APIs, the rest
// share the last lane.
func (l Lanes) count() int { return min(len(l.APIs), 3) }

// to returns the lane, from 1, of the API that has a host.
func (l Lanes) to(host string) int {
	at := slices.IndexFunc(l.APIs, func(api string) bool { return hostOf(api) == host })
	return 1 + min(max(at, 0), l.count()-1)
}

// hostOf returns a serialized origin without its scheme. null has none.
func hostOf(serialized string) string {
	if _, host, _ := origin.Split(serialized); host != "" {
		return host
	}
	return serialized
}

// address is the URL of a request, without the host if there is only one.
func (l Lanes) address(to endpoint.URL) string {
	if len(l.APIs) > 1 {
		return to.Key()
	}
	return to.Brief()
}

// way is the start and the end of an arrow, and the path of its head.
type way struct{ from, to, head string }

// wayOf returns the way of a step to or from an API.
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

// halfway is where the arrow of a request that was never sent ends.
func (l Lanes) halfway() string {
	return map[int]string{1: "58%", 2: "43%", 3: "33%"}[l.count()]
}

// stepID is the id of a step in the n-th call of a run.
func stepID(name string, call int) string {
	if call > 1 {
		name = fmt.Sprintf("%s-of-%d", name, call)
	}
	return "step-" + name
}

// lastSteps returns the attributes of a step that is appended to the drawing.
func lastSteps(name string, call int) templ.Attributes {
	return templ.Attributes{"id": stepID(name, call), "data-into": "sequence-steps"}
}

// callStep returns the attributes of the first step of a call.
func callStep(call int, into templ.Attributes) templ.Attributes {
	attributes := templ.Attributes{"id": stepID("call", call), "data-pair": stepID("call", call)}
	maps.Copy(attributes, into)
	return attributes
}

// pairedStep returns the attributes of an appended step that belongs to a log entry.
func pairedStep(seq uint64, name string) templ.Attributes {
	return pairedLast(fmt.Sprintf("%s-%d", name, seq), 1, entryID(seq))
}

// failingStep is the id of the trace step at which the learner's own request failed.
const failingStep = "failing-step"

// pairedBarrier returns the attributes of the step at which the browser stopped the
// exchange. It is paired with the failing step of the trace or, for other callers, which
// have no trace, with the log entry.
func pairedBarrier(e session.Entry) templ.Attributes {
	if e.Settled.Role != scenario.Main {
		return pairedLast("barrier", e.Call, gotID(e.Seq))
	}
	return pairedLast("barrier", e.Call, failingStep)
}

// pairedNever returns the attributes of the step for the i-th request that was never
// sent.
func pairedNever(e session.Entry, i int) templ.Attributes {
	return pairedLast(fmt.Sprintf("never-%d", i), e.Call, neverID(e.Seq, i))
}

// pairedResult returns the attributes of the step that shows what the script got. For
// other callers, the log shows it too.
func pairedResult(e session.Entry) templ.Attributes {
	if e.Settled.Role != scenario.Main {
		return pairedLast("result", e.Call, gotID(e.Seq))
	}
	return lastSteps("result", e.Call)
}

// pairedLast returns the attributes of an appended step that belongs to the element with
// an id.
func pairedLast(name string, call int, id string) templ.Attributes {
	attributes := lastSteps(name, call)
	attributes["data-pair"] = id
	return attributes
}

// pairedCached returns the attributes of the step for a preflight that wasn't sent
// because its response was cached. It comes right after the call.
func pairedCached(call int) templ.Attributes {
	id := stepID("cached", call)
	return templ.Attributes{"id": id, "data-pair": id, "data-after": stepID("call", call)}
}

// pairedTrace pairs a trace step with the request that it followed, or with the call if
// nothing was sent yet. A failed step is also paired with the barrier, and a step that
// found a cached preflight response with that response.
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

// callerSentence says which page sends.
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

// responder says which server answers a request.
func responder(r session.Received) string {
	switch {
	case r.ByProxy:
		return "The proxy answers"
	case r.Cached != 0:
		return "The shared cache answers"
	}
	return "The API answers"
}

// proxyWord says in two or three words how a request relates to a proxy.
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
	case r.Via == endpoint.CORS:
		return "Came through the proxy, which left out Origin and Cookie, and lets everybody read the answer"
	}
	return "Came through the proxy on the page’s own origin, which left out Origin"
}

// got names what the script has after the run.
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
