package cors

import (
	"strconv"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// maxRedirects is how many redirects one fetch follows.
const maxRedirects = 20

// redirect handles a response with a redirect status as the redirect mode says
// (#concept-http-fetch).
func (f *fetch) redirect(response *Response) {
	// 6.3. Go by the redirect mode:
	at, status := clause{sectionHTTP, "6.3"}, strconv.Itoa(response.Status)
	switch f.request.Redirect {
	// 6.3. in mode "error", this is a network error;
	case ErrorRedirect:
		if f.differs(urlBeforeErrorMode) && !f.mayRedirectAtAll(f.failure.location) {
			return
		}
		if f.differs(emptyLocationFails) && f.failure.raw == "" {
			f.respond(response)
			return
		}
		f.block(RedirectMode, StageRedirect, at, status, "no redirect", "Redirect mode \"error\": a redirect ends the fetch.")
	// 6.3. in mode "manual", the script gets an opaque-redirect filtered response;
	case ManualRedirect:
		f.verdict.Outcome, f.verdict.Type = OpaqueRedirect, OpaqueRedirectResponse
		f.pass(at, status, "", "Redirect mode \"manual\": the script learns that there was a redirect, and no more.")
	// 6.3. in mode "follow", HTTP-redirect fetch goes on.
	default:
		f.redirectFetch(response)
	}
}

// mayRedirectAtAll is the check of urlBeforeErrorMode.
func (f *fetch) mayRedirectAtAll(next whatwg.URL) bool {
	switch {
	// HTTP-redirect fetch, 6. A scheme that is not HTTP(S) is a network error.
	case isUnsafeRedirect(next):
		f.blockScheme(next)
	// HTTP-redirect fetch, 10. If the tainting is "cors", a user name or a password
	//                          is a network error.
	case next.Credentials && f.tainting == taintedCORS:
		f.blockCredentials(next, "10")
	default:
		return true
	}
	return false
}

// redirectFetch follows a redirect (#concept-http-redirect-fetch).
func (f *fetch) redirectFetch(response *Response) {
	// 3. Take the response's location URL.
	next, ok := f.locationURL(response)
	f.failure.location = next
	// 4. If there is none, the response isn't a redirect.
	if ok && next == (whatwg.URL{}) {
		f.respond(response)
		return
	}
	// 5. If it is failure, this is a network error.
	if !ok {
		value, _ := response.Headers.get("Location")
		f.failure.value = value
		f.block(RedirectLocation, StageRedirect, clause{sectionRedirect, "5"}, value, "one URL", "The Location of the redirect is no URL.")
		return
	}
	if !f.mayFollow(response, next) {
		return
	}
	if f.differs(redirectCheckedAgain) && f.leftOwnOrigin() && f.tainting == taintedCORS {
		f.late = &lateCheck{response, f.current(), f.serializedOrigin()}
	}
	f.follow(response, next)
}

// mayFollow is steps 6 to 11 of HTTP-redirect fetch.
func (f *fetch) mayFollow(response *Response, next whatwg.URL) bool {
	if !f.mayRedirect(next) {
		return false
	}
	f.unchecked = f.differs(preflightBeforeCredentials) && f.tainting == taintedBasic
	if !f.unchecked && !f.mayLeadTo(next) {
		return false
	}
	// 11. Unless the status is 303, a body that cannot be read again is a
	//     network error.
	if response.Status != 303 && f.stream {
		f.block(RedirectStream, StageRedirect, clause{sectionRedirect, "11"}, strconv.Itoa(response.Status), "303", "A stream was read and cannot be sent a second time.")
		return false
	}
	return true
}

// follow is the rest of HTTP-redirect fetch, which fetches the next URL.
func (f *fetch) follow(response *Response, next whatwg.URL) {
	// 8. Increase the redirect count.
	f.redirects++
	f.rewrite(next, response.Status)
	// 18. Append the location URL to the URL list.
	f.pass(clause{sectionRedirect, "18"}, strconv.Itoa(response.Status), "", "The redirect is followed to "+next.String()+".")
	f.urls = append(f.urls, next)
	f.hop++
	// 22. Run main fetch again, for the new URL.
	at, hop := clause{sectionRedirect, "22"}, "hops["+strconv.Itoa(f.hop)+"]"
	if f.hop >= len(f.exchange.Hops) {
		f.stop(hop, at, "How the server answers there is not known.")
		return
	}
	given, ok := f.asGiven(next)
	if !ok {
		f.stop(hop+".url", at, "The exchange has another URL here than the one to which the redirect leads, "+next.String()+".")
		return
	}
	f.urls[f.hop] = given
	f.failure = failure{location: next}
	f.mainFetch()
}

// mayRedirect is steps 6 and 7 of HTTP-redirect fetch.
func (f *fetch) mayRedirect(next whatwg.URL) bool {
	if f.request.Mode == SameOriginMode && !next.IsHTTP() && f.modeEndsFirst(next) {
		f.failure.url = next
		// Main fetch, 12. In mode "same-origin", a URL of another origin is a
		//                 network error.
		f.block(ModeSameOrigin, StageRedirect, clause{sectionMain, "12"}, next.Origin(), f.exchange.Origin, "Mode same-origin allows no origin other than the page's.")
		return false
	}
	// 6. A scheme that is not HTTP(S) is a network error.
	if !next.IsHTTP() {
		f.blockScheme(next)
		return false
	}
	// 7. If 20 redirects were followed already, this is a network error.
	if f.redirects == maxRedirects {
		f.blockLimit()
		return false
	}
	return true
}

// modeEndsFirst reports whether the engine checks mode same-origin before the scheme.
func (f *fetch) modeEndsFirst(next whatwg.URL) bool {
	switch {
	case f.differs(unsafeBeforeMode) && isUnsafeRedirect(next):
		return false
	case f.differs(filesBeforeMode) && (next.Scheme == "blob" || next.Scheme == "file"):
		return false
	}
	return f.differs(modeBeforeScheme)
}

func (f *fetch) blockScheme(next whatwg.URL) {
	// 6. A scheme that is not HTTP(S) is a network error.
	f.block(RedirectScheme, StageRedirect, clause{sectionRedirect, "6"}, next.Scheme+":", "http: or https:", "A redirect must lead to HTTP or HTTPS.")
}

func (f *fetch) blockLimit() {
	// 7. If 20 redirects were followed already, this is a network error.
	f.block(RedirectLimit, StageRedirect, clause{sectionRedirect, "7"}, "redirect 21", "at most 20", "The browser follows 20 redirects and no more.")
}

// mayLeadTo is steps 9 and 10 of HTTP-redirect fetch.
func (f *fetch) mayLeadTo(next whatwg.URL) bool {
	// 9. In mode "cors", a URL that has a user name or a password and another
	//    origin than the request is a network error.
	if f.request.Mode == CORSMode && next.Credentials && next.Origin() != f.exchange.Origin {
		f.blockCredentials(next, "9")
		return false
	}
	// 10. If the tainting is "cors", a user name or a password is a network error
	//     whatever the origin: the redirect comes from another one.
	f.failure.silent = f.differs(urlCredentialsRefused) && f.isRefusedSilently(next)
	if f.failure.silent || f.tainting == taintedCORS && next.Credentials {
		f.blockCredentials(next, "10")
		return false
	}
	return true
}

// isRefusedSilently reports whether urlCredentialsRefused is about the URL: the
// standard follows it, but the engine doesn't and prints nothing.
func (f *fetch) isRefusedSilently(next whatwg.URL) bool {
	own := f.tainting == taintedBasic && next.Origin() == f.exchange.Origin
	return next.Credentials && f.request.Initiator == ByFetch && (own || f.tainting == taintedOpaque)
}

func (f *fetch) blockCredentials(next whatwg.URL, step string) {
	f.block(RedirectCredentials, StageRedirect, clause{sectionRedirect, step}, next.String(), "a URL without user name and password",
		"A cross-origin redirect must not bring a user name or a password.")
}

// rewrite changes the request as steps 12 and 13 of HTTP-redirect fetch do.
func (f *fetch) rewrite(next whatwg.URL, status int) {
	crosses := next.Origin() != f.current().Origin()
	f.stripped = nil
	f.crossed = f.crossed || crosses
	f.hadOrigin = f.hadOrigin && !crosses
	// 12. After a 301 or 302 to POST, or a 303 to anything but GET and HEAD:
	if f.becomesGet(status) || crosses && f.method == "DELETE" && f.differs(deleteBecomesGet) {
		// 12.1. The method becomes GET, and there is no body.
		f.pass(clause{sectionRedirect, "12.1"}, f.method, "GET", "The method becomes GET, and the body is dropped.")
		f.method, f.stream = "GET", false
		// 12.2. The headers that describe a body are deleted.
		f.strip("12.2", "Content-Encoding", "Content-Language", "Content-Location", "Content-Type")
	}
	// 13. If the origin changes, Authorization is deleted.
	if crosses {
		f.strip("13", "Authorization")
	}
	if f.differs(redirectDropsHints) && next.Origin() != f.exchange.Origin {
		f.headers = f.headers.withoutClientHints()
	}
}

// becomesGet is the condition of step 12.
func (f *fetch) becomesGet(status int) bool {
	switch status {
	case 301, 302:
		return f.method == "POST"
	case 303:
		return f.method != "GET" && f.method != "HEAD"
	}
	return false
}

// strip removes headers because of a redirect.
func (f *fetch) strip(step string, names ...string) {
	if f.differs(redirectKeepsHeaders) {
		return
	}
	for _, name := range names {
		if f.headers.contains(name) {
			f.pass(clause{sectionRedirect, step}, name, "", "The redirect takes the header away.")
		}
		f.stripped = append(f.stripped, strings.ToLower(name))
	}
	f.headers = f.headers.without(names...)
}
