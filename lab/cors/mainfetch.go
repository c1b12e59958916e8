package cors

import "strings"

// mainFetch decides how the current URL is fetched. Each redirect comes back here
// (#concept-main-fetch).
func (f *fetch) mainFetch() {
	// 12. Take the first case that matches.
	url, origin, at := f.current(), f.exchange.Origin, clause{sectionMain, "12"}
	switch {
	// 12. The URL has the request's own origin, and there was no other before:
	//     tainting stays "basic", and CORS doesn't apply to the fetch.
	case f.tainting == taintedBasic && origin != "null" && url.Origin() == origin:
		f.pass(at, url.Origin(), origin, "The URL has the page's own origin: no CORS.")
		f.schemeFetch()
	// 12. A data: URL is fetched the same way. (After a redirect it would be
	//     refused before it came here.)
	case f.tainting == taintedBasic && url.Scheme == "data":
		f.schemeFetch()
	// 12. In mode "same-origin", any other URL is a network error.
	case f.request.Mode == SameOriginMode && !(f.stream && f.differs(streamsLeaveSameOrigin)):
		f.block(ModeSameOrigin, f.stageOfURL(), at, url.Origin(), origin,
			"Mode same-origin allows no origin other than the page's.")
	// 12. In mode "no-cors", the response may be fetched but not seen.
	case f.request.Mode == NoCORSMode:
		f.mainFetchNoCORS()
	// 12. CORS needs an HTTP(S) scheme: any other is a network error.
	case !url.IsHTTP():
		f.block(Scheme, f.stageOfURL(), at, url.Scheme+":", "http: or https:", "CORS knows HTTP and HTTPS only.")
	// 12. Everything else is a CORS request, with or without a preflight.
	default:
		f.mainFetchCORS()
	}
}

// stageOfURL is the stage of a failure that the current URL causes.
func (f *fetch) stageOfURL() Stage {
	if len(f.urls) > 1 {
		return StageRedirect
	}
	return StageRequest
}

// mainFetchNoCORS is the case of step 12 for mode "no-cors".
func (f *fetch) mainFetchNoCORS() {
	// 12. In mode "no-cors", the response may be fetched but not seen.
	at := clause{sectionMain, "12"}
	// 12.1. Unless redirects are followed, this is a network error.
	if f.request.Redirect != FollowRedirect {
		f.failure.value = string(f.request.Redirect)
		f.block(ModeNoCORS, f.stageOfURL(), at, "redirect mode "+string(f.request.Redirect), "redirect mode follow",
			"Mode no-cors always follows redirects.")
		return
	}
	// 12.2. The response is tainted "opaque".
	f.tainting = taintedOpaque
	f.pass(at, "mode no-cors", "", "Another origin in mode no-cors: the request goes out, the answer stays opaque.")
	// 12.3. The scheme decides what is fetched.
	f.schemeFetch()
}

// schemeFetch fetches a URL by its scheme (#concept-scheme-fetch).
func (f *fetch) schemeFetch() {
	// 3. Go by the scheme of the current URL:
	url, at := f.current(), clause{sectionScheme, "3"}
	switch {
	// 3. An HTTP(S) URL goes to the network.
	case url.IsHTTP():
		f.httpFetch(false)
	// 3. A data: URL that parses is its own response.
	case url.Scheme == "data" && strings.Contains(url.Path, ","):
		f.pass(at, "data:", "", "A data: URL brings its own answer: nothing is sent, and CORS has no part in it.")
		f.verdict.Outcome, f.verdict.Status = Readable, 200
		if f.request.Initiator == ByFetch {
			f.verdict.Type = BasicResponse
		}
	// 3. about:blank is an empty response. (Only mode no-cors gets here.)
	case url.Scheme == "about" && url.Path == "blank" && f.tainting == taintedOpaque && !f.differs(aboutRefused):
		f.pass(at, "about:blank", "", "about:blank is an empty answer.")
		f.verdict.Outcome, f.verdict.Type = Opaque, OpaqueResponse
	// 3. and 4. Anything else is a network error.
	default:
		f.block(Scheme, f.stageOfURL(), at, url.Scheme+":", "http: or https:", "fetch() cannot read this URL.")
	}
}

// mainFetchCORS is the last two cases of step 12: a CORS request with a preflight, and
// one without.
func (f *fetch) mainFetchCORS() {
	// 12. Everything else is a CORS request, with or without a preflight.
	at := clause{sectionMain, "12"}
	f.unsafe = f.unsafeNames()
	reason := f.preflightReason()
	// 12.1. In both cases the response is tainted "cors".
	f.tainting = taintedCORS
	where := "Another origin"
	if f.current().Origin() == f.exchange.Origin {
		where = "The page's own origin, but by way of another"
	}
	if reason == "" {
		f.pass(at, f.current().Origin(), f.exchange.Origin, where+", and a request that a form could make too: no preflight.")
	} else {
		f.pass(at, reason, "GET, HEAD or POST with safelisted headers", where+", and a request that needs a preflight.")
	}
	// 12.2. HTTP fetch follows, and makes a preflight in the first case.
	f.httpFetch(reason != "")
}

// preflightReason says why the request needs a preflight, or "" if it doesn't.
func (f *fetch) preflightReason() string {
	var reasons []string
	// 12. The method is not CORS-safelisted,
	if !isSafelistedMethod(f.method) {
		reasons = append(reasons, "method "+f.method)
	}
	// 12. or there are CORS-unsafe request-header names,
	for _, name := range f.unsafe {
		reasons = append(reasons, "header "+name)
	}
	if len(reasons) == 0 && f.differs(preflightSticky) && (f.preflighted || len(f.original) > 0) {
		return "the request before the redirect"
	}
	// 12. or the use-CORS-preflight flag is set.
	if f.forcePreflight {
		reasons = append(reasons, f.forcedBy)
	}
	return strings.Join(reasons, ", ")
}
