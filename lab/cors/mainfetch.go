package cors

import "strings"

// mainFetch decides how the current URL is fetched; each redirect comes back
// here (https://fetch.spec.whatwg.org/#concept-main-fetch, step 12).
func (f *fetch) mainFetch() {
	url, origin := f.current(), f.exchange.Origin
	same := origin != "null" && url.origin() == origin
	switch {
	// The URL's origin is the request's, and tainting is still "basic"; or a
	// data: URL.
	case f.tainting == taintedBasic && (same || url.scheme == "data"):
		f.pass(place{sectionMain, "12"}, url.origin(), origin, "The URL has the page's own origin: no CORS.")
		f.schemeFetch()
	case f.request.Mode == "same-origin" && !(f.stream && f.engine.request.streams == streamsHTTP2):
		f.block(ModeSameOrigin, f.stageOfURL(), place{sectionMain, "12"}, url.origin(), origin,
			"Mode same-origin allows no other origin than the page's.")
	case f.request.Mode == "no-cors":
		f.mainFetchNoCORS()
	case !url.isHTTP():
		f.block(Scheme, f.stageOfURL(), place{sectionMain, "12"}, url.scheme+":", "http: or https:", "CORS knows HTTP and HTTPS only.")
	default:
		f.mainFetchCORS()
	}
}

// stageOfURL is the stage of a failure that the current URL brings about.
func (f *fetch) stageOfURL() Stage {
	if len(f.urls) > 1 {
		return StageRedirect
	}
	return StageRequest
}

// mainFetchNoCORS: step 12, request's mode is "no-cors".
func (f *fetch) mainFetchNoCORS() {
	// Step 1.
	if f.request.Redirect != "follow" {
		f.failure.value = f.request.Redirect
		f.block(ModeNoCORS, f.stageOfURL(), place{sectionMain, "12"}, "redirect mode "+f.request.Redirect, "redirect mode follow",
			"Mode no-cors always follows redirects.")
		return
	}
	// Step 2.
	f.tainting = taintedOpaque
	f.pass(place{sectionMain, "12"}, "mode no-cors", "", "Another origin in mode no-cors: the request goes out, the answer stays opaque.")
	// Step 3.
	f.schemeFetch()
}

// schemeFetch: https://fetch.spec.whatwg.org/#concept-scheme-fetch
func (f *fetch) schemeFetch() {
	switch {
	case f.current().isHTTP():
		f.httpFetch(false)
	case f.current().scheme == "data":
		f.verdict.Outcome, f.verdict.Type, f.verdict.Status = Readable, "basic", 200
	default:
		f.block(Scheme, f.stageOfURL(), place{sectionMain, "12"}, f.current().scheme+":", "http: or https:", "fetch() does not know this scheme.")
	}
}

// mainFetchCORS: step 12, the last two cases.
func (f *fetch) mainFetchCORS() {
	f.unsafe = f.unsafeNames()
	reason := f.preflightReason()
	f.tainting = taintedCORS
	if reason == "" {
		f.pass(place{sectionMain, "12"}, f.current().origin(), f.exchange.Origin,
			"Another origin, and a request that a form could make too: no preflight.")
	} else {
		f.pass(place{sectionMain, "12"}, reason, "GET, HEAD or POST with safelisted headers",
			"Another origin, and a request that needs a preflight.")
	}
	f.httpFetch(reason != "")
}

// preflightReason says why the request needs a preflight, "" where it needs
// none: its use-CORS-preflight flag, its method, or its headers.
func (f *fetch) preflightReason() string {
	var reasons []string
	if !isSafelistedMethod(f.method) {
		reasons = append(reasons, "method "+f.method)
	}
	for _, name := range f.unsafe {
		reasons = append(reasons, "header "+name)
	}
	if len(reasons) == 0 && f.engine.preflight.sticky && (f.preflighted || len(f.original) > 0) {
		return "the request before the redirect"
	}
	if f.forcePreflight {
		if f.stream {
			reasons = append(reasons, "a stream as body")
		} else {
			reasons = append(reasons, "a listener for upload events")
		}
	}
	return strings.Join(reasons, ", ")
}
