package cors

import "strings"

// mainFetch decides how the current URL is fetched; each redirect comes back
// here (https://fetch.spec.whatwg.org/#concept-main-fetch, step 12).
func (f *fetch) mainFetch() {
	url, origin := f.current(), f.exchange.Origin
	switch {
	// The URL's origin is the request's, and tainting is still "basic".
	case f.tainting == taintedBasic && origin != "null" && url.Origin() == origin:
		f.pass(clause{sectionMain, "12"}, url.Origin(), origin, "The URL has the page's own origin: no CORS.")
		f.schemeFetch()
	// Or the URL is a data: URL.
	case f.tainting == taintedBasic && url.Scheme == "data":
		f.schemeFetch()
	case f.request.Mode == "same-origin" && !(f.stream && f.engine.request.streamsAnywhere):
		f.block(ModeSameOrigin, f.stageOfURL(), clause{sectionMain, "12"}, url.Origin(), origin,
			"Mode same-origin allows no origin other than the page's.")
	case f.request.Mode == "no-cors":
		f.mainFetchNoCORS()
	case !url.IsHTTP():
		f.block(Scheme, f.stageOfURL(), clause{sectionMain, "12"}, url.Scheme+":", "http: or https:", "CORS knows HTTP and HTTPS only.")
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
		f.block(ModeNoCORS, f.stageOfURL(), clause{sectionMain, "12"}, "redirect mode "+f.request.Redirect, "redirect mode follow",
			"Mode no-cors always follows redirects.")
		return
	}
	// Step 2.
	f.tainting = taintedOpaque
	f.pass(clause{sectionMain, "12"}, "mode no-cors", "", "Another origin in mode no-cors: the request goes out, the answer stays opaque.")
	// Step 3.
	f.schemeFetch()
}

// schemeFetch: https://fetch.spec.whatwg.org/#concept-scheme-fetch
func (f *fetch) schemeFetch() {
	url, at := f.current(), clause{sectionScheme, "3"}
	switch {
	case url.IsHTTP():
		f.httpFetch(false)
	case url.Scheme == "data" && strings.Contains(url.Path, ","):
		f.pass(at, "data:", "", "A data: URL brings its own answer: nothing is sent, and CORS has no part in it.")
		f.verdict.Outcome, f.verdict.Status = Readable, 200
		if f.request.Initiator == "fetch" {
			f.verdict.Type = "basic"
		}
	case url.Scheme == "about" && url.Path == "blank" && f.tainting == taintedOpaque && !f.engine.request.refusesAbout:
		f.pass(at, "about:blank", "", "about:blank is an empty answer.")
		f.verdict.Outcome, f.verdict.Type = Opaque, "opaque"
	default:
		f.block(Scheme, f.stageOfURL(), at, url.Scheme+":", "http: or https:", "fetch() cannot read this URL.")
	}
}

// mainFetchCORS: step 12, the last two cases.
func (f *fetch) mainFetchCORS() {
	f.unsafe = f.unsafeNames()
	reason := f.preflightReason()
	f.tainting = taintedCORS
	where := "Another origin"
	if f.current().Origin() == f.exchange.Origin {
		where = "The page's own origin, but by way of another"
	}
	if reason == "" {
		f.pass(clause{sectionMain, "12"}, f.current().Origin(), f.exchange.Origin, where+", and a request that a form could make too: no preflight.")
	} else {
		f.pass(clause{sectionMain, "12"}, reason, "GET, HEAD or POST with safelisted headers", where+", and a request that needs a preflight.")
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
		reasons = append(reasons, f.forcedBy)
	}
	return strings.Join(reasons, ", ")
}
