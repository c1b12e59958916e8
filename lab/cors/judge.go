package cors

import (
	"cmp"

	"corslab/lab/cors/internal/whatwg"
)

// Judge says what an engine does with the exchange, why, and how it reports that to the
// developer. It is pure and never fails.
func Judge(exchange Exchange, engine Engine) Verdict {
	f := newFetch(exchange, engine)
	if f.construct() {
		f.mainFetch()
	}
	f.verdict.Error, f.verdict.FailedParameter, f.verdict.Console = f.words()
	return f.verdict
}

// words is how the engine reports a failure: its name, the value that it is about, and
// the first console line.
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

// fetch is one fetch in progress: the standard's request with its state, and the
// verdict so far.
type fetch struct {
	exchange Exchange
	engine   Engine
	verdict  Verdict
	failure  failure

	request        Request // as the script made it, with defaults
	method         string
	headers        HeaderList
	stream         bool   // the body is a ReadableStream, so it can't be read twice
	forcePreflight bool   // use-CORS-preflight flag
	forcedBy       string // what set the flag, in words

	urls      []whatwg.URL // URL list
	hop       int          // index of the current URL
	tainting  tainting     // response tainting
	redirects int          // redirect count
	crossed   bool         // a redirect led to another origin
	hadOrigin bool         // the last request had an Origin header, and the redirect stays within an origin

	names       []string       // names of the headers that the script and its body set
	unsafe      []string       // the CORS-unsafe names of the current request
	original    []string       // the CORS-unsafe names at the start, for engines that remember them
	asked       []string       // the names that the last preflight asked for
	stripped    []string       // the headers that the last redirect removed, in lowercase
	preflighted bool           // a preflight was sent
	cache       PreflightCache // of this fetch alone
	unchecked   bool           // the current URL hasn't been checked for credentials yet
	late        *lateCheck     // a check that is still to come; nil for none
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

// tainting says how much of the response the script can see
// (#concept-request-response-tainting).
type tainting int

const (
	taintedBasic tainting = iota
	taintedCORS
	taintedOpaque
)

// failure holds the values that go into the engines' names and console lines.
type failure struct {
	url      whatwg.URL // of the response that failed, or of the request
	status   int        // of the response that failed
	silent   bool       // the engine doesn't report it
	value    string     // value of the header that failed
	lines    int        // number of lines of that header
	name     string     // the method or header that isn't allowed
	raw      string     // the Location of a redirect as the server wrote it
	location whatwg.URL // where a redirect leads
}

// withDefaults replaces empty strings with their default values.
func (r Request) withDefaults() Request {
	r.Initiator = cmp.Or(r.Initiator, ByFetch)
	r.Method = cmp.Or(r.Method, "GET")
	r.Mode = cmp.Or(r.Mode, CORSMode)
	r.Credentials = cmp.Or(r.Credentials, SameOriginCredentials)
	r.Redirect = cmp.Or(r.Redirect, FollowRedirect)
	r.Body = cmp.Or(r.Body, NoBody)
	return r
}

// current is the request's current URL.
func (f *fetch) current() whatwg.URL { return f.urls[len(f.urls)-1] }

// currentHop is the hop of the current URL.
func (f *fetch) currentHop() Hop { return f.exchange.Hops[f.hop] }

// credentialed reports whether the credentials mode is "include".
func (f *fetch) credentialed() bool { return f.request.Credentials == IncludeCredentials }

// step records one line of the trace.
func (f *fetch) step(s Step) {
	s.Sent = len(f.verdict.Wire)
	f.verdict.Steps = append(f.verdict.Steps, s)
}

// pass records a step that passed.
func (f *fetch) pass(at clause, found, expected, text string) {
	f.step(Step{Section: string(at.section), Step: at.step, Passed: true, Found: found, Expected: expected, Text: text})
}

// block ends the fetch at a step that failed, with a network error or with an exception
// before anything is sent.
func (f *fetch) block(cause Cause, stage Stage, at clause, found, expected, text string) {
	f.step(Step{Section: string(at.section), Step: at.step, Found: found, Expected: expected, Text: text})
	f.verdict.Outcome, f.verdict.Cause, f.verdict.Stage = Blocked, cause, stage
	if f.failure.url == (whatwg.URL{}) && len(f.urls) > 0 {
		f.failure.url = f.current()
	}
}

// stop ends the fetch because a response isn't known.
func (f *fetch) stop(missing string, at clause, text string) {
	f.step(Step{Section: string(at.section), Step: at.step, Found: "not known", Expected: "an answer", Text: text})
	f.verdict.Outcome, f.verdict.Missing = Unknown, missing
}

// send records a request that leaves the browser.
func (f *fetch) send(request WireRequest) {
	request.URL = f.current().String()
	f.verdict.Wire = append(f.verdict.Wire, request)
}
