package cors

import (
	"slices"
	"strconv"
	"time"
)

// httpFetch: https://fetch.spec.whatwg.org/#concept-http-fetch
func (f *fetch) httpFetch(makeCORSPreflight bool) {
	// Step 4.1: no cache entry covers the method and the headers.
	if makeCORSPreflight {
		if f.currentHop().PreflightCached || f.remembers() {
			f.pass(clause{sectionHTTP, "4.1"}, "a cache entry", "a cache entry", "An earlier preflight covers the request: none is sent.")
		} else if !f.preflight() {
			// Step 4.1.2.
			return
		}
	}
	if f.unchecked && !f.mayLeadTo(f.current()) {
		return
	}
	if !f.checkLate() {
		return
	}
	// Step 4.3.
	response, ok := f.network()
	if !ok {
		return
	}
	stage := StageResponse
	if f.leadsElsewhere(response) {
		stage = StageRedirect
		f.failure.location, _ = f.locationURL(response)
	}
	// Step 4.4.
	if f.tainting == taintedCORS && !f.corsCheck(response, stage, f.serializedOrigin()) {
		return
	}
	// Step 4.5, the timing, is left out. Step 5.
	if f.tainting == taintedOpaque && !f.resourcePolicyCheck(response, stage) {
		return
	}
	// Step 6.
	if f.redirectsBy(response) {
		f.redirect(response)
		return
	}
	f.respond(response)
}

// redirectsBy reports whether an answer is taken for a redirect: in the
// standard its status alone decides.
func (f *fetch) redirectsBy(response *Response) bool {
	if !f.isRedirect(response) {
		return false
	}
	return !f.engine.redirect.skipsEmptyLocation || f.request.Redirect == "manual" || f.leadsElsewhere(response)
}

// remembers reports whether a preflight of this same fetch covers the request:
// a redirect has led back to a URL.
func (f *fetch) remembers() bool {
	if !slices.Contains(f.urls[:len(f.urls)-1], f.current()) {
		return false
	}
	p := f.asPreflight(f.unsafe)
	return f.cache.knows(p) && f.cache.Covers(p, time.Time{})
}

// network sends the request and takes its answer
// (https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch).
func (f *fetch) network() (*Response, bool) {
	// HTTP-network fetch, step 8.3.
	if f.stream && f.engine.request.streams == streamsHTTP2 && f.current().Scheme == "http" {
		f.block(StreamHTTP1, StageRequest, clause{sectionNetwork, "8.3"}, "HTTP/1.1", "HTTP/2 or HTTP/3",
			"A stream is sent over HTTP/2 or HTTP/3 only, which plain HTTP does not offer.")
		return nil, false
	}
	origin := f.originHeader()
	f.hadOrigin = f.hadOrigin || origin != ""
	f.send(WireRequest{Method: f.method, Origin: origin})
	response := f.currentHop().Response
	if response == nil && f.engine.response.takesEmptyPut && f.method == "PUT" && f.tainting == taintedBasic && f.request.Initiator == "xhr" {
		f.verdict.Outcome = Readable
		f.pass(clause{sectionHTTP, "4.3"}, "no answer", "", "The connection ended without an answer, which this browser takes for an empty one.")
		return nil, false
	}
	if response == nil {
		f.block(NoAnswer, StageResponse, clause{sectionHTTP, "4.3"}, "no answer", "an answer", "The connection ended without an answer.")
		return nil, false
	}
	if !f.receive(response, StageResponse) {
		return nil, false
	}
	f.pass(clause{sectionHTTP, "4.3"}, strconv.Itoa(response.Status), "", f.method+" was sent, and the server answered.")
	return response, true
}

// isRedirect reports whether an answer has a status that redirects.
func (f *fetch) isRedirect(response *Response) bool {
	if isRedirectStatus(response.Status) || !f.engine.redirect.followsOtherStatuses {
		return isRedirectStatus(response.Status)
	}
	switch response.Status {
	case 300, 304, 305, 306:
		return false
	}
	return response.Status/100 == 3 && response.Headers.contains("Location")
}

// isRedirectStatus: https://fetch.spec.whatwg.org/#redirect-status
func isRedirectStatus(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}
