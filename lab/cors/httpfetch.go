package cors

import (
	"slices"
	"strconv"
	"time"
)

// httpFetch fetches an HTTP(S) URL, after a preflight if makeCORSPreflight says so
// (#concept-http-fetch). The judge doesn't cover service workers, step 3.
func (f *fetch) httpFetch(makeCORSPreflight bool) {
	// 4.1. If a preflight is to be made, and the cache doesn't cover the method
	//      and every CORS-unsafe header name,
	if makeCORSPreflight {
		if f.currentHop().PreflightCached || f.remembers() {
			f.pass(clause{sectionHTTP, "4.1"}, "a cache entry", "a cache entry", "An earlier preflight covers the request: none is sent.")
			// 4.1.1. then run CORS-preflight fetch.
		} else if !f.preflight() {
			// 4.1.2. If that is a network error, so is this fetch.
			return
		}
	}
	if f.unchecked && !f.mayLeadTo(f.current()) || !f.checkLate() {
		return
	}
	// 4.3. Run HTTP-network-or-cache fetch, and take the response.
	if response, ok := f.network(); ok {
		f.receiveHTTP(response)
	}
}

// receiveHTTP is the rest of HTTP fetch, which handles the response.
func (f *fetch) receiveHTTP(response *Response) {
	stage := StageResponse
	if f.leadsElsewhere(response) {
		stage = StageRedirect
		f.failure.location, _ = f.locationURL(response)
	}
	// 4.4. If the tainting is "cors" and the CORS check fails, this is a network
	//      error. Every response is checked, including redirects and errors.
	if f.tainting == taintedCORS && !f.corsCheck(response, stage, f.serializedOrigin()) {
		return
	}
	// 4.5. The TAO check only concerns timing, so the judge skips it.
	// 5. If the tainting is "opaque" and the cross-origin resource policy check
	//    blocks, this is a network error.
	if f.tainting == taintedOpaque && !f.resourcePolicyCheck(response, stage) {
		return
	}
	// 6. A redirect status goes by the redirect mode.
	if f.redirectsBy(response) {
		f.redirect(response)
		return
	}
	// 7. Anything else is the response.
	f.respond(response)
}

// redirectsBy reports whether the engine treats a response as a redirect. In the
// standard, only the status decides.
func (f *fetch) redirectsBy(response *Response) bool {
	if !f.engine.isRedirect(response) {
		return false
	}
	return !f.differs(emptyLocationSkipped) || f.request.Redirect == ManualRedirect || f.leadsElsewhere(response)
}

// remembers reports whether an earlier preflight of the same fetch covers the request,
// because a redirect led back to a URL.
func (f *fetch) remembers() bool {
	if !slices.Contains(f.urls[:len(f.urls)-1], f.current()) {
		return false
	}
	p := f.asPreflight(f.unsafe)
	return f.cache.knows(p) && f.cache.Covers(p, time.Time{})
}

// network sends the request and takes its response
// (#concept-http-network-or-cache-fetch, #concept-http-network-fetch).
func (f *fetch) network() (*Response, bool) {
	// HTTP-network fetch, 8.3. A stream over HTTP/1.x is a network error.
	if f.stream && f.differs(streamsOverHTTP2Only) && f.current().Scheme == "http" {
		f.block(StreamHTTP1, StageRequest, clause{sectionNetwork, "8.3"}, "HTTP/1.1", "HTTP/2 or HTTP/3",
			"A stream is sent over HTTP/2 or HTTP/3 only, which plain HTTP does not offer.")
		return nil, false
	}
	// HTTP fetch, 4.3. Run HTTP-network-or-cache fetch, and take the response.
	at := clause{sectionHTTP, "4.3"}
	origin := f.originHeader()
	f.hadOrigin = f.hadOrigin || origin != ""
	f.send(WireRequest{Method: f.method, Origin: origin})
	response := f.currentHop().Response
	if response == nil {
		f.noResponse(at)
		return nil, false
	}
	if !f.receive(response, StageResponse) {
		return nil, false
	}
	f.pass(at, strconv.Itoa(response.Status), "", f.method+" was sent, and the server answered.")
	return response, true
}

// noResponse ends the fetch with a network error, because the connection ended without
// a response.
func (f *fetch) noResponse(at clause) {
	if f.differs(emptyPutTaken) && f.method == "PUT" && f.tainting == taintedBasic && f.request.Initiator == ByXHR {
		f.verdict.Outcome = Readable
		f.pass(at, "no answer", "", "The connection ended without an answer, which this browser takes for an empty one.")
		return
	}
	f.block(NoResponse, StageResponse, at, "no answer", "an answer", "The connection ended without an answer.")
}

// isRedirect reports whether the status of a response is a redirect.
func (e Engine) isRedirect(response *Response) bool {
	if isRedirectStatus(response.Status) || !e.differs(otherStatusesRedirect) {
		return isRedirectStatus(response.Status)
	}
	switch response.Status {
	case 300, 304, 305, 306:
		return false
	}
	return response.Status/100 == 3 && response.Headers.contains("Location")
}

// isRedirectStatus reports whether a status is a redirect status (#redirect-status).
func isRedirectStatus(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}
