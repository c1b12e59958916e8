package cors

import (
	"strconv"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// mostRedirects is how many redirects one fetch follows.
const mostRedirects = 20

// redirect handles an answer with a redirect status: HTTP fetch, step 6.3.
func (f *fetch) redirect(response *Response) {
	switch f.request.Redirect {
	case "error":
		if f.engine.redirect.checksURLBeforeMode && !f.mayRedirectAtAll(f.failure.location) {
			return
		}
		if f.engine.redirect.endsAtEmptyLocation && f.failure.raw == "" {
			f.respond(response)
			return
		}
		f.block(RedirectMode, StageRedirect, clause{sectionHTTP, "6.3"}, strconv.Itoa(response.Status), "no redirect", "Redirect mode \"error\": a redirect ends the fetch.")
	case "manual":
		f.verdict.Outcome, f.verdict.Type = OpaqueRedirect, "opaqueredirect"
		f.pass(clause{sectionHTTP, "6.3"}, strconv.Itoa(response.Status), "", "Redirect mode \"manual\": the script learns that there was a redirect, and no more.")
	default:
		f.redirectFetch(response)
	}
}

// mayRedirectAtAll is what Chromium finds wrong with a redirect's URL before
// it looks at the redirect mode.
func (f *fetch) mayRedirectAtAll(next whatwg.URL) bool {
	switch {
	case isUnsafeRedirect(next):
		f.blockScheme(next)
	case next.Credentials && f.tainting == taintedCORS:
		f.blockCredentials(next, "10")
	default:
		return true
	}
	return false
}

// redirectFetch: https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
func (f *fetch) redirectFetch(response *Response) {
	// Step 3.
	next, ok := f.locationURL(response)
	f.failure.location = next
	// Step 4: without a Location it is an answer like any other.
	if ok && next == (whatwg.URL{}) {
		f.respond(response)
		return
	}
	// Step 5.
	if !ok {
		value, _ := response.Headers.get("Location")
		f.failure.value = value
		f.block(RedirectLocation, StageRedirect, clause{sectionRedirect, "5"}, value, "one URL", "The Location of the redirect is no URL.")
		return
	}
	if !f.mayRedirect(next) {
		return
	}
	f.unchecked = f.engine.redirect.preflightsFirst && f.tainting == taintedBasic
	if !f.unchecked && !f.mayLeadTo(next) {
		return
	}
	// Step 11.
	if response.Status != 303 && f.stream {
		f.block(RedirectStream, StageRedirect, clause{sectionRedirect, "11"}, strconv.Itoa(response.Status), "303", "A stream was read and cannot be sent a second time.")
		return
	}
	if f.engine.redirect.keepsCredentials && f.leftOwnOrigin() && f.tainting == taintedCORS {
		f.late = &lateCheck{response, f.current(), f.serializedOrigin()}
	}
	// Step 8.
	f.redirects++
	f.rewrite(next, response.Status)
	f.pass(clause{sectionRedirect, "18"}, strconv.Itoa(response.Status), "", "The redirect is followed to "+next.String()+".")
	// Step 18.
	f.urls = append(f.urls, next)
	f.hop++
	if f.hop >= len(f.exchange.Hops) {
		f.stop("hops["+strconv.Itoa(f.hop)+"]", clause{sectionRedirect, "22"}, "How the server answers there is not known.")
		return
	}
	given, ok := f.asGiven(next)
	if !ok {
		f.stop("hops["+strconv.Itoa(f.hop)+"].url", clause{sectionRedirect, "22"}, "The exchange has another URL here than the one to which the redirect leads, "+next.String()+".")
		return
	}
	f.urls[f.hop] = given
	f.failure = failure{location: next}
	// Step 22.
	f.mainFetch()
}

// mayRedirect: HTTP-redirect fetch, steps 6 and 7.
func (f *fetch) mayRedirect(next whatwg.URL) bool {
	if sooner := f.engine.redirect.modeBeforeScheme; f.request.Mode == "same-origin" && !next.IsHTTP() && sooner != nil && sooner(next) {
		f.failure.url = next
		f.block(ModeSameOrigin, StageRedirect, clause{sectionMain, "12"}, next.Origin(), f.exchange.Origin, "Mode same-origin allows no origin other than the page's.")
		return false
	}
	// Step 6.
	if !next.IsHTTP() {
		f.blockScheme(next)
		return false
	}
	// Step 7.
	if f.redirects == mostRedirects {
		f.blockLimit()
		return false
	}
	return true
}

func (f *fetch) blockScheme(next whatwg.URL) {
	f.block(RedirectScheme, StageRedirect, clause{sectionRedirect, "6"}, next.Scheme+":", "http: or https:", "A redirect must lead to HTTP or HTTPS.")
}

func (f *fetch) blockLimit() {
	f.block(RedirectLimit, StageRedirect, clause{sectionRedirect, "7"}, "redirect 21", "at most 20", "The browser follows 20 redirects and no more.")
}

// mayLeadTo: HTTP-redirect fetch, steps 9 and 10.
func (f *fetch) mayLeadTo(next whatwg.URL) bool {
	// Step 9.
	if f.request.Mode == "cors" && next.Credentials && next.Origin() != f.exchange.Origin {
		f.blockCredentials(next, "9")
		return false
	}
	if f.engine.redirect.refusesURLCredentials && f.chromiumRefuses(next) {
		f.failure.silent = true
		f.blockCredentials(next, "10")
		return false
	}
	// Step 10.
	if f.tainting == taintedCORS && next.Credentials {
		f.blockCredentials(next, "10")
		return false
	}
	return true
}

// chromiumRefuses reports the URLs with credentials that Chromium refuses
// without a word, where the standard has nothing against them.
func (f *fetch) chromiumRefuses(next whatwg.URL) bool {
	own := f.tainting == taintedBasic && next.Origin() == f.exchange.Origin
	return next.Credentials && f.request.Initiator == "fetch" && (own || f.tainting == taintedOpaque)
}

func (f *fetch) blockCredentials(next whatwg.URL, step string) {
	f.block(RedirectCredentials, StageRedirect, clause{sectionRedirect, step}, next.String(), "a URL without user name and password",
		"A cross-origin redirect must not bring a user name or a password.")
}

// rewrite: HTTP-redirect fetch, steps 12 and 13.
func (f *fetch) rewrite(next whatwg.URL, status int) {
	f.stripped = nil
	moved := f.engine.redirect.deleteBecomesGet && f.method == "DELETE" && next.Origin() != f.current().Origin()
	f.crossed = f.crossed || next.Origin() != f.current().Origin()
	f.hadOrigin = f.hadOrigin && next.Origin() == f.current().Origin()
	post := (status == 301 || status == 302) && f.method == "POST"
	other := status == 303 && f.method != "GET" && f.method != "HEAD"
	if post || other || moved {
		// Step 12.1.
		f.pass(clause{sectionRedirect, "12.1"}, f.method, "GET", "The method becomes GET, and the body is dropped.")
		f.method, f.stream = "GET", false
		// Step 12.2: the request-body-header names.
		f.strip("12.2", "Content-Encoding", "Content-Language", "Content-Location", "Content-Type")
	}
	// Step 13.
	if next.Origin() != f.current().Origin() {
		f.strip("13", "Authorization")
	}
	if f.engine.redirect.dropsHints && next.Origin() != f.exchange.Origin {
		f.headers = f.headers.withoutClientHints()
	}
}

// strip takes headers away because of a redirect.
func (f *fetch) strip(step string, names ...string) {
	if f.engine.redirect.keepsHeaders {
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
