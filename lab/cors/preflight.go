package cors

import (
	"strconv"
	"strings"
	"time"
)

// preflight asks the server for leave; it reports whether the request may be
// sent (https://fetch.spec.whatwg.org/#cors-preflight-fetch).
func (f *fetch) preflight() bool {
	// Step 4.
	names := f.unsafe
	headers := strings.Join(names, ",")
	// Steps 1 to 6.
	method := f.method
	f.send(WireRequest{Method: "OPTIONS", Origin: f.preflightOrigin(), Asked: &method, Headers: &headers})
	answer := f.currentHop().Preflight
	if answer == nil {
		f.stop("hops["+strconv.Itoa(f.hop)+"].preflight", clause{sectionPreflight, "6"}, "How the server answers the preflight is not known.")
		return false
	}
	f.preflighted, f.asked = true, names
	if !f.receive(answer, StagePreflight) {
		return false
	}
	f.pass(clause{sectionPreflight, "6"}, strconv.Itoa(answer.Status), "", "OPTIONS was sent, and the server answered.")
	// Steps 7 and 8, in the engine's order.
	response := preflightAnswer{
		Response: answer,
		unsafe:   names,
		methods:  answer.Headers.extract("Access-Control-Allow-Methods"),
		names:    answer.Headers.extract("Access-Control-Allow-Headers"),
	}
	for _, check := range f.engine.preflight.checks {
		if !check(f, response) {
			return false
		}
	}
	f.failure = failure{location: f.failure.location}
	f.cache.Store(f.asPreflight(names), *answer, time.Time{})
	return true
}

// preflightOrigin is the Origin header of the preflight.
func (f *fetch) preflightOrigin() string {
	if f.engine.preflight.keepsOrigin {
		return f.exchange.Origin
	}
	return f.serializedOrigin()
}

// preflightAnswer is the answer to a preflight with its two lists, and the
// names that the preflight asked for.
type preflightAnswer struct {
	*Response
	unsafe  []string
	methods tokens
	names   tokens
}

// preflightCheck is one check of an answer to a preflight.
type preflightCheck func(*fetch, preflightAnswer) bool

// checkShared: step 7, the CORS check of the request against this answer.
func checkShared(f *fetch, a preflightAnswer) bool {
	if f.engine.preflight.trustsOwnOrigin && f.current().Origin() == f.exchange.Origin {
		f.pass(clause{sectionPreflight, "7"}, f.exchange.Origin, f.exchange.Origin, "This browser does not check who may read a preflight's answer from the page's own origin.")
		return true
	}
	return f.corsCheck(a.Response, StagePreflight, f.preflightOrigin())
}

// checkNoRedirect is step 7's ok status for an answer that leads elsewhere: a
// preflight follows no redirect.
func checkNoRedirect(f *fetch, a preflightAnswer) bool {
	if !f.leadsElsewhere(a.Response) {
		return true
	}
	f.block(PreflightRedirect, StagePreflight, clause{sectionPreflight, "7"}, strconv.Itoa(a.Status), "200 to 299",
		"A preflight must be answered where it was sent: it follows no redirect.")
	return false
}

// checkStatus: step 7, the ok status.
func checkStatus(f *fetch, a preflightAnswer) bool {
	if a.Status >= 200 && a.Status <= 299 {
		f.pass(clause{sectionPreflight, "7"}, strconv.Itoa(a.Status), "200 to 299", "The preflight was answered with an ok status.")
		return true
	}
	f.block(PreflightStatus, StagePreflight, clause{sectionPreflight, "7"}, strconv.Itoa(a.Status), "200 to 299",
		"The preflight was answered with a status that is not ok.")
	return false
}

// checkMethodList: steps 7.1 and 7.3.
func checkMethodList(f *fetch, a preflightAnswer) bool {
	if !a.methods.failed() {
		return true
	}
	f.blockList(AllowMethodsInvalid, "Access-Control-Allow-Methods", a, a.methods)
	return false
}

// checkHeaderList: steps 7.2 and 7.3.
func checkHeaderList(f *fetch, a preflightAnswer) bool {
	if !a.names.failed() {
		return true
	}
	f.blockList(AllowHeadersInvalid, "Access-Control-Allow-Headers", a, a.names)
	return false
}

func (f *fetch) blockList(cause Cause, header string, a preflightAnswer, list tokens) {
	f.failure.value, _ = a.Headers.get(header)
	f.failure.name = list.bad
	f.block(cause, StagePreflight, clause{sectionPreflight, "7.3"}, list.bad, "tokens, separated by commas",
		header+" holds something that is no name, which spoils the whole list.")
}

// checkMethod: steps 7.4 and 7.5.
func checkMethod(f *fetch, a preflightAnswer) bool {
	at := clause{sectionPreflight, "7.5"}
	switch {
	// Step 7.4.
	case !a.methods.present && f.forcePreflight && !f.engine.preflight.forcedNeedsLeave:
		f.pass(clause{sectionPreflight, "7.4"}, "no Access-Control-Allow-Methods", "", "The preflight was sent for a stream or an upload listener, so the method need not be listed.")
	// Step 7.5.
	case a.methods.contains(f.method):
		f.pass(at, f.method, f.method, "Access-Control-Allow-Methods lists the method.")
	case isSafelistedMethod(f.method):
		f.pass(at, f.method, "GET, HEAD or POST", "GET, HEAD and POST need not be listed.")
	case a.methods.contains("*") && !f.credentialed():
		f.pass(at, "*", f.method+" or *", "Access-Control-Allow-Methods allows every method.")
	default:
		f.failure.name = f.method
		f.failure.value = strings.Join(a.methods.items, ", ")
		f.block(MethodNotAllowed, StagePreflight, at, found(a.methods, "Access-Control-Allow-Methods"), f.method,
			unlisted(a.methods, "Access-Control-Allow-Methods", "the method"))
		return false
	}
	return true
}

func found(list tokens, header string) string {
	if !list.present {
		return "no " + header
	}
	return strings.Join(list.items, ", ")
}

// checkNonWildcard: step 7.6, Authorization has to be listed by name.
func checkNonWildcard(f *fetch, a preflightAnswer) bool {
	const name = "authorization"
	if !f.headers.contains(name) || a.names.containsFold(name) {
		return true
	}
	f.blockHeader(name, "7.6", a)
	return false
}

// checkHeaders: step 7.7.
func checkHeaders(f *fetch, a preflightAnswer) bool {
	wildcard := a.names.contains("*") && !f.credentialed()
	for _, name := range f.engine.preflight.askedOrder(f, a.unsafe) {
		switch {
		case a.names.containsFold(name):
			f.pass(clause{sectionPreflight, "7.7"}, name, name, "Access-Control-Allow-Headers lists the header.")
		case wildcard:
			f.pass(clause{sectionPreflight, "7.7"}, "*", name+" or *", "Access-Control-Allow-Headers allows every header.")
		default:
			f.blockHeader(name, "7.7", a)
			return false
		}
	}
	return true
}

func (f *fetch) blockHeader(name, step string, a preflightAnswer) {
	text := unlisted(a.names, "Access-Control-Allow-Headers", "the header "+name)
	if step == "7.6" && a.names.contains("*") {
		text = "* does not cover Authorization: it has to be named."
	}
	f.failure.name = name
	f.failure.value = strings.Join(a.names.items, ", ")
	f.block(HeaderNotAllowed, StagePreflight, clause{sectionPreflight, step}, found(a.names, "Access-Control-Allow-Headers"), name,
		text)
}

// unlisted says that a list does not hold what it should, although it may hold
// a *.
func unlisted(list tokens, header, what string) string {
	if list.contains("*") {
		return "With credentials, * in " + header + " is only a name: it does not cover " + what + "."
	}
	return header + " does not list " + what + "."
}
