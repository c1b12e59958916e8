package cors

import (
	"cmp"

	"corslab/lab/cors/internal/whatwg"
)

// Judge says what an engine does with the exchange, why, and in which words it
// tells the developer. It is pure and never fails.
func Judge(exchange Exchange, engine Engine) Verdict {
	f := newFetch(exchange, engine)
	if f.construct() {
		f.mainFetch()
	}
	f.verdict.Error, f.verdict.FailedParameter, f.verdict.Console = f.words()
	return f.verdict
}

// words is what the engine says of a failure: its name, what that is about,
// and the first console line.
func (f *fetch) words() (name, parameter, console string) {
	switch f.engine {
	case Chromium:
		return f.chromiumWords()
	case Firefox:
		return f.firefoxWords()
	case WebKit:
		return f.webkitWords()
	}
	return "", "", ""
}

// fetch is one fetch in progress: the standard's request with its state, and
// the verdict as far as it is known.
type fetch struct {
	exchange Exchange
	engine   Engine
	verdict  Verdict
	failure  failure

	request        Request // as the script made it, with defaults
	method         string
	headers        HeaderList
	stream         bool   // the body is a ReadableStream, so it cannot be read twice
	forcePreflight bool   // use-CORS-preflight flag
	forcedBy       string // what set it, for people

	urls      []whatwg.URL // URL list
	hop       int          // index of the current URL
	tainting  tainting     // response tainting
	redirects int          // redirect count
	crossed   bool         // a redirect led to another origin
	hadOrigin bool         // the last request carried an Origin header, and the redirect stays within an origin

	names       []string       // of the headers, as the script and its body brought them
	unsafe      []string       // the CORS-unsafe names of the request as it is now
	original    []string       // the CORS-unsafe names at the start, for engines that remember them
	asked       []string       // the names that the last preflight asked for
	stripped    []string       // the headers that the last redirect took away, in lower case
	preflighted bool           // a preflight was sent
	cache       PreflightCache // of this fetch alone
	unchecked   bool           // the current URL was not checked for credentials yet
	late        *lateCheck     // a check that is still to be made; nil for none
}

func newFetch(exchange Exchange, engine Engine) *fetch {
	return &fetch{
		exchange: exchange,
		request:  exchange.Request.withDefaults(),
		engine:   engine,
		cache:    PreflightCache{Engine: engine},
		verdict: Verdict{
			ID: exchange.ID, Engine: engine,
			ReadableHeaders: []string{}, Wire: []WireRequest{}, Steps: make([]Step, 0, 16),
		},
	}
}

// tainting is what the script may see of the response
// (#concept-request-response-tainting).
type tainting int

const (
	taintedBasic tainting = iota
	taintedCORS
	taintedOpaque
)

// failure holds what the engines' names and console lines are made of.
type failure struct {
	url      whatwg.URL // of the response that failed, or of the request
	status   int        // of the response that failed
	silent   bool       // the engine has no words for it
	value    string     // of the header that failed
	lines    int        // with the header that failed
	name     string     // of the method or header that is not allowed
	raw      string     // the Location of a redirect as the server wrote it
	location whatwg.URL // where a redirect leads
}

// withDefaults replaces empty strings by the default that they mean.
func (r Request) withDefaults() Request {
	r.Initiator = cmp.Or(r.Initiator, "fetch")
	r.Method = cmp.Or(r.Method, "GET")
	r.Mode = cmp.Or(r.Mode, "cors")
	r.Credentials = cmp.Or(r.Credentials, "same-origin")
	r.Redirect = cmp.Or(r.Redirect, "follow")
	r.Body = cmp.Or(r.Body, "none")
	return r
}

// current is the request's current URL.
func (f *fetch) current() whatwg.URL { return f.urls[len(f.urls)-1] }

// currentHop is the hop of the current URL.
func (f *fetch) currentHop() Hop { return f.exchange.Hops[f.hop] }

// credentialed reports whether the credentials mode is "include".
func (f *fetch) credentialed() bool { return f.request.Credentials == "include" }

// step writes down one line of the trace.
func (f *fetch) step(s Step) {
	s.Sent = len(f.verdict.Wire)
	f.verdict.Steps = append(f.verdict.Steps, s)
}

// pass writes down a step that was passed.
func (f *fetch) pass(at clause, found, expected, text string) {
	f.step(Step{Section: string(at.section), Step: at.step, Passed: true, Found: found, Expected: expected, Text: text})
}

// block ends the fetch with a step that was not passed: a network error, or an
// exception before anything is sent.
func (f *fetch) block(cause Cause, stage Stage, at clause, found, expected, text string) {
	f.step(Step{Section: string(at.section), Step: at.step, Found: found, Expected: expected, Text: text})
	f.verdict.Outcome, f.verdict.Cause, f.verdict.Stage = Blocked, cause, stage
	if f.failure.url == (whatwg.URL{}) && len(f.urls) > 0 {
		f.failure.url = f.current()
	}
}

// stop ends the fetch where a response is not known.
func (f *fetch) stop(missing string, at clause, text string) {
	f.step(Step{Section: string(at.section), Step: at.step, Found: "not known", Expected: "an answer", Text: text})
	f.verdict.Outcome, f.verdict.Missing = Unknown, missing
}

// send writes down a request that leaves the browser.
func (f *fetch) send(request WireRequest) {
	request.URL = f.current().String()
	f.verdict.Wire = append(f.verdict.Wire, request)
}
