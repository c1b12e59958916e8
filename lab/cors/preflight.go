package cors

import (
	"strconv"
	"strings"
	"time"
)

// preflight asks the server for permission. It reports whether the request may be sent
// (#cors-preflight-fetch).
func (f *fetch) preflight() bool {
	// 1. and 2. The preflight is an OPTIONS request to the current URL, in mode
	//           "cors", that accepts every type. It carries no credentials.
	// 3. Access-Control-Request-Method names the request's method.
	method := f.method
	// 4. and 5. Access-Control-Request-Headers lists the CORS-unsafe
	//           request-header names, if there are any.
	names := f.unsafe
	headers := strings.Join(names, ",")
	// 6. Send it, and take the response.
	at := clause{sectionPreflight, "6"}
	f.send(WireRequest{Method: "OPTIONS", Origin: f.preflightOrigin(), Asked: &method, Headers: &headers})
	response := f.currentHop().Preflight
	if response == nil {
		f.stop("hops["+strconv.Itoa(f.hop)+"].preflight", at, "How the server answers the preflight is not known.")
		return false
	}
	f.preflighted, f.asked = true, names
	if !f.receive(response, StagePreflight) {
		return false
	}
	f.pass(at, strconv.Itoa(response.Status), "", "OPTIONS was sent, and the server answered.")
	// 7. and 8. Each of the checks below ends in a network error if it fails.
	if !f.checkPreflight(preflightResponse{
		Response: response,
		unsafe:   names,
		// 7.1. and 7.2. Extract the values of the two lists.
		methods: response.Headers.extract("Access-Control-Allow-Methods"),
		names:   response.Headers.extract("Access-Control-Allow-Headers"),
	}) {
		return false
	}
	f.failure = failure{location: f.failure.location}
	// 7.8. to 7.15. Remember what was allowed.
	f.cache.Store(f.asPreflight(names), *response, time.Time{})
	return true
}

// preflightOrigin is the Origin header of the preflight.
func (f *fetch) preflightOrigin() string {
	if f.differs(preflightKeepsOrigin) {
		return f.exchange.Origin
	}
	return f.serializedOrigin()
}

// preflightResponse is the response to a preflight with its two lists, and the names
// that the preflight asked for.
type preflightResponse struct {
	*Response
	unsafe  []string
	methods tokens
	names   tokens
}

// checkPreflight checks the response, in the engine's order.
func (f *fetch) checkPreflight(a preflightResponse) bool {
	for _, check := range f.preflightChecks() {
		if !check(f, a) {
			return false
		}
	}
	return true
}

// preflightCheck is one check of the response to a preflight.
type preflightCheck func(*fetch, preflightResponse) bool

// preflightChecks lists the checks. If several fail, their order decides which mistake
// the console names.
func (f *fetch) preflightChecks() []preflightCheck {
	first := []preflightCheck{(*fetch).checkShared, (*fetch).checkNoRedirect, (*fetch).checkStatus}
	switch {
	case f.differs(preflightStatusFirst):
		first = []preflightCheck{(*fetch).checkNoRedirect, (*fetch).checkStatus, (*fetch).checkShared}
	case f.differs(preflightRedirectFirst):
		first = []preflightCheck{(*fetch).checkNoRedirect, (*fetch).checkShared, (*fetch).checkStatus}
	}
	lists := []preflightCheck{(*fetch).checkMethodList, (*fetch).checkHeaderList, (*fetch).checkMethod}
	if f.differs(methodBeforeHeaderList) {
		lists = []preflightCheck{(*fetch).checkMethodList, (*fetch).checkMethod, (*fetch).checkHeaderList}
	}
	checks := append(first, lists...)
	if !f.differs(authorizationUnderWildcard) {
		checks = append(checks, (*fetch).checkNonWildcard)
	}
	return append(checks, (*fetch).checkHeaders)
}

// checkShared runs the CORS check.
func (f *fetch) checkShared(a preflightResponse) bool {
	// 7. The CORS check of the request, not of the preflight, must succeed
	//    against this response: the request's credentials mode counts.
	if f.differs(ownPreflightTrusted) && f.current().Origin() == f.exchange.Origin {
		f.pass(clause{sectionPreflight, "7"}, f.exchange.Origin, f.exchange.Origin, "This browser does not check who may read a preflight's answer from the page's own origin.")
		return true
	}
	return f.corsCheck(a.Response, StagePreflight, f.preflightOrigin())
}

// checkNoRedirect looks for a redirect, which has a cause of its own.
func (f *fetch) checkNoRedirect(a preflightResponse) bool {
	if !f.leadsElsewhere(a.Response) {
		return true
	}
	// 7. The status must be an ok status, which a redirect's is not: a preflight
	//    is not redirected.
	f.block(PreflightRedirect, StagePreflight, clause{sectionPreflight, "7"}, strconv.Itoa(a.Status), "200 to 299",
		"A preflight must be answered where it was sent: it follows no redirect.")
	return false
}

// checkStatus checks the status of the response.
func (f *fetch) checkStatus(a preflightResponse) bool {
	// 7. The status must be an ok status, 200 to 299.
	at, status := clause{sectionPreflight, "7"}, strconv.Itoa(a.Status)
	if a.Status >= 200 && a.Status <= 299 {
		f.pass(at, status, "200 to 299", "The preflight was answered with an ok status.")
		return true
	}
	// 8. Otherwise this is a network error.
	f.block(PreflightStatus, StagePreflight, at, status, "200 to 299", "The preflight was answered with a status that is not ok.")
	return false
}

// checkMethodList looks for elements that aren't methods.
func (f *fetch) checkMethodList(a preflightResponse) bool {
	// 7.3. A method list that is failure is a network error.
	if a.methods.failed() {
		f.blockList(AllowMethodsInvalid, a, a.methods)
		return false
	}
	return true
}

// checkHeaderList looks for elements that aren't header names.
func (f *fetch) checkHeaderList(a preflightResponse) bool {
	// 7.3. A header list that is failure is a network error.
	if a.names.failed() {
		f.blockList(AllowHeadersInvalid, a, a.names)
		return false
	}
	return true
}

func (f *fetch) blockList(cause Cause, a preflightResponse, list tokens) {
	f.failure.value, _ = a.Headers.get(cause.Header())
	f.failure.name = list.bad
	// 7.3. If either list is failure, this is a network error.
	f.block(cause, StagePreflight, clause{sectionPreflight, "7.3"}, list.bad, "tokens, separated by commas",
		cause.Header()+" holds something that is no name, which spoils the whole list.")
}

// checkMethod looks for the request's method in the list.
func (f *fetch) checkMethod(a preflightResponse) bool {
	// 7.5. The method must be allowed, or this is a network error.
	at := clause{sectionPreflight, "7.5"}
	switch {
	// 7.4. If there is no list and the use-CORS-preflight flag is set, treat
	//      the request's method as listed.
	case !a.methods.present && f.forcePreflight && !f.differs(forcedMethodListed):
		f.pass(clause{sectionPreflight, "7.4"}, "no Access-Control-Allow-Methods", "", "The preflight was sent for a stream or an upload listener, so the method need not be listed.")
	// 7.5. It must be listed,
	case a.methods.contains(f.method):
		f.pass(at, f.method, f.method, "Access-Control-Allow-Methods lists the method.")
	//      or be CORS-safelisted,
	case isSafelistedMethod(f.method):
		f.pass(at, f.method, "GET, HEAD or POST", "GET, HEAD and POST need not be listed.")
	//      or be covered by the wildcard, which only counts without credentials.
	case a.methods.contains("*") && !f.credentialed():
		f.pass(at, "*", f.method+" or *", "Access-Control-Allow-Methods allows every method.")
	//      Otherwise this is a network error.
	default:
		f.failure.name = f.method
		f.failure.value = strings.Join(a.methods.items, ", ")
		f.block(MethodNotAllowed, StagePreflight, at, found(a.methods, MethodNotAllowed.Header()), f.method,
			unlisted(a.methods, MethodNotAllowed.Header(), "the method"))
		return false
	}
	return true
}

// found describes a list for the trace.
func found(list tokens, header string) string {
	if !list.present {
		return "no " + header
	}
	return strings.Join(list.items, ", ")
}

// checkNonWildcard looks for Authorization, which the wildcard doesn't cover.
func (f *fetch) checkNonWildcard(a preflightResponse) bool {
	const name = "authorization"
	// 7.6. If the request has a CORS non-wildcard request-header that is not
	//      listed by name, this is a network error.
	if f.headers.contains(name) && !a.names.containsFold(name) {
		text := unlistedHeader(name, a)
		if a.names.contains("*") {
			text = "* does not cover Authorization: it has to be named."
		}
		f.blockHeader(name, "7.6", text, a)
		return false
	}
	return true
}

// checkHeaders looks for each header of the request in the list.
func (f *fetch) checkHeaders(a preflightResponse) bool {
	// 7.7. Each CORS-unsafe request-header name
	at := clause{sectionPreflight, "7.7"}
	for _, name := range f.askedOrder(a.unsafe) {
		switch {
		//      must be listed, in any case,
		case a.names.containsFold(name):
			f.pass(at, name, name, "Access-Control-Allow-Headers lists the header.")
		//      or be covered by the wildcard, which only counts without credentials.
		case a.names.contains("*") && !f.credentialed():
			f.pass(at, "*", name+" or *", "Access-Control-Allow-Headers allows every header.")
		//      Otherwise this is a network error.
		default:
			f.blockHeader(name, at.step, unlistedHeader(name, a), a)
			return false
		}
	}
	return true
}

// askedOrder is the order in which the names are checked. If several headers are
// refused, the console names the first one. The standard sorts them.
func (f *fetch) askedOrder(unsafe []string) []string {
	switch {
	case f.differs(headersByHash):
		return f.hashOrder(unsafe)
	case f.differs(knownHeadersFirst):
		return f.knownFirst(unsafe)
	}
	return unsafe
}

func (f *fetch) blockHeader(name, step, text string, a preflightResponse) {
	f.failure.name = name
	f.failure.value = strings.Join(a.names.items, ", ")
	f.block(HeaderNotAllowed, StagePreflight, clause{sectionPreflight, step}, found(a.names, HeaderNotAllowed.Header()), name, text)
}

func unlistedHeader(name string, a preflightResponse) string {
	return unlisted(a.names, HeaderNotAllowed.Header(), "the header "+name)
}

// unlisted says that a list doesn't contain what it should. If the list has a *, it
// adds that * isn't a wildcard with credentials.
func unlisted(list tokens, header, what string) string {
	if list.contains("*") {
		return "With credentials, * in " + header + " is only a name: it does not cover " + what + "."
	}
	return header + " does not list " + what + "."
}
