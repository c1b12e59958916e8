package cors

import (
	"slices"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// construct makes the request from what the script asks for, as the Request
// constructor does for fetch(), open() and send() for XMLHttpRequest. It
// reports whether there is one: an exception ends the fetch before anything
// is sent.
func (f *fetch) construct() bool {
	first, second := f.constructURL, f.constructMethod
	if f.request.Initiator == "xhr" {
		first, second = second, first
	}
	if !first() || !second() || !f.constructHeaders() || !f.constructBody() {
		return false
	}
	if f.engine.preflight.asksStickyNames {
		f.original = f.unsafeNames()
		if f.request.Initiator == "xhr" && !f.request.Headers.contains("Content-Type") {
			f.original = slices.DeleteFunc(f.original, func(name string) bool { return name == "content-type" })
		}
	}
	return true
}

// scriptClause is a step of the Request constructor, or of XMLHttpRequest where
// the script uses that.
func (f *fetch) scriptClause(step string, xhrSection section, xhrStep string) clause {
	if f.request.Initiator == "xhr" {
		return clause{xhrSection, xhrStep}
	}
	return clause{sectionRequest, step}
}

// constructURL: https://fetch.spec.whatwg.org/#dom-request, step 5.
func (f *fetch) constructURL() bool {
	if len(f.exchange.Hops) == 0 {
		f.stop("hops[0]", clause{sectionRequest, "5.1"}, "The exchange names no URL.")
		return false
	}
	text := f.exchange.Hops[0].URL
	// Step 5.1: parse, against the page's own URL where there is no host.
	var page whatwg.URL
	if !strings.Contains(text, "://") {
		page, _ = whatwg.Parse(f.exchange.Origin, whatwg.URL{})
	}
	url, ok := whatwg.Parse(text, page)
	if !ok {
		// Step 5.2.
		f.block(RequestInvalid, StageRequest, f.scriptClause("5.2", sectionOpen, "6"), text, "a URL", "The URL does not parse.")
		return false
	}
	f.urls = []whatwg.URL{url}
	// Step 5.3: credentials in the URL. XMLHttpRequest takes them.
	if url.Credentials && f.request.Initiator == "fetch" {
		f.block(URLCredentials, StageRequest, clause{sectionRequest, "5.3"}, text, "a URL without user name and password",
			"fetch() refuses a URL that has a user name or a password in it.")
		return false
	}
	return true
}

// constructMethod: https://fetch.spec.whatwg.org/#dom-request, steps 25 and
// 32; https://xhr.spec.whatwg.org/#the-open()-method, steps 2 to 4.
func (f *fetch) constructMethod() bool {
	method := f.request.Method
	// Step 25.2: not a method, or a forbidden one.
	if !isToken(method) {
		f.block(RequestInvalid, StageRequest, f.scriptClause("25.2", sectionOpen, "2"), method, "a token such as GET", "This is not a method name.")
		return false
	}
	if isForbiddenMethod(method) {
		f.block(MethodForbidden, StageRequest, f.scriptClause("25.2", sectionOpen, "3"), method, "not CONNECT, TRACE or TRACK", "A script cannot use this method.")
		return false
	}
	// Step 25.3.
	f.method = normalizeMethod(method)
	// Step 32.1: mode no-cors knows three methods.
	if f.request.Mode == "no-cors" && !isSafelistedMethod(f.method) {
		f.failure.name = f.method
		f.block(ModeNoCORS, StageRequest, clause{sectionRequest, "32.1"}, f.method, "GET, HEAD or POST",
			"Mode no-cors sends only what a form could send.")
		return false
	}
	return true
}

// constructHeaders: https://fetch.spec.whatwg.org/#concept-headers-append for
// each header of the script.
func (f *fetch) constructHeaders() bool {
	headers, ok := f.scriptHeaders()
	if !ok {
		return false
	}
	var dropped []string
	for _, header := range headers {
		// Step 2, validate, 3; step 3 for mode no-cors.
		if !f.mayAppend(header[0], header[1]) {
			dropped = append(dropped, header[0])
			continue
		}
		// Step 4.
		f.headers = append(f.headers, header)
	}
	if f.request.Initiator == "xhr" {
		f.headers = f.headers.combined()
	}
	if dropped != nil {
		at := f.headerClause("2", "5")
		if f.request.Mode == "no-cors" {
			at = f.headerClause("3.4", "")
		}
		f.pass(at, strings.Join(dropped, ", "), "",
			"A script cannot set these headers here: they are left out without a word.")
	}
	return true
}

// scriptHeaders are the headers as the browser takes them from the script. It
// reports false after an exception.
func (f *fetch) scriptHeaders() (HeaderList, bool) {
	headers := make(HeaderList, 0, len(f.request.Headers)+1)
	for _, header := range f.request.Headers {
		// Step 1: normalize.
		name, value := header[0], normalized(header[1])
		// Step 2, validate, 1: exceptions.
		if !isToken(name) {
			f.block(RequestInvalid, StageRequest, f.headerClause("2", "4"), name, "a token such as X-Token", "This is not a header name.")
			return nil, false
		}
		if strings.ContainsFunc(value, isNoValueByte) {
			f.block(RequestInvalid, StageRequest, f.headerClause("2", "4"), value, "bytes without NUL, CR and LF", "This cannot be the value of the header "+name+".")
			return nil, false
		}
		headers = append(headers, [2]string{name, value})
	}
	if f.engine.request.combinesHeaders && f.request.Initiator == "fetch" {
		headers = headers.combined()
		for i := range headers {
			headers[i][1] = normalized(headers[i][1])
		}
	}
	if f.engine.request.sortsHeaders && f.request.Initiator == "fetch" {
		headers = headers.sorted()
	}
	return headers, true
}

// normalized strips whitespace at both ends
// (https://fetch.spec.whatwg.org/#concept-header-value-normalize).
func normalized(value string) string { return strings.Trim(value, "\t\n\r ") }

// headerClause is a step of Headers append, or of setRequestHeader().
func (f *fetch) headerClause(step, xhrStep string) clause {
	if f.request.Initiator == "xhr" {
		return clause{sectionSetHeader, xhrStep}
	}
	return clause{sectionHeaders, step}
}

// isNoValueByte reports what a header value cannot hold; beyond U+00FF nothing
// converts to a byte (https://fetch.spec.whatwg.org/#header-value).
func isNoValueByte(r rune) bool { return r == 0 || r == '\n' || r == '\r' || r > 0xFF }

// mayAppend reports whether a header is taken over from the script.
func (f *fetch) mayAppend(name, value string) bool {
	// Validate, step 3: a forbidden request-header.
	if f.isForbiddenHeader(name, value) || f.engine.request.dropsUserAgent && strings.EqualFold(name, "User-Agent") {
		return false
	}
	if f.request.Mode != "no-cors" {
		return true
	}
	// Append, steps 3.1 to 3.3: with the values that are there already.
	if before, ok := f.headers.get(name); ok {
		value = before + ", " + value
	}
	// Step 3.4.
	return f.isNoCORSSafelisted(name, value)
}

// constructBody: https://fetch.spec.whatwg.org/#dom-request, steps 35 to 39;
// https://xhr.spec.whatwg.org/#the-send()-method, steps 3, 4 and 7.
func (f *fetch) constructBody() bool {
	bodyless := f.method == "GET" || f.method == "HEAD"
	body := f.request.Body != "none"
	if f.request.Initiator == "xhr" {
		// send(), step 3: no body for GET and HEAD, without a word.
		body = body && !bodyless
		// send(), step 7.
		f.forcePreflight = f.request.UploadListener && (body || !f.engine.request.listenerNeedsBody)
		f.forcedBy = "a listener for upload events"
	} else if body && bodyless {
		// Step 35.
		f.block(RequestInvalid, StageRequest, clause{sectionRequest, "35"}, f.method+" with a body", "no body", "GET and HEAD requests have no body.")
		return false
	}
	for _, header := range f.headers {
		f.names = append(f.names, header[0])
	}
	// Step 37.4: the type of the body, where the script set none.
	if kind := contentType(f.request.Body); body && kind != "" && !f.headers.contains("Content-Type") {
		f.headers = append(slices.Clone(f.headers), [2]string{"Content-Type", kind})
		f.names = append(f.names, "Content-Type")
	}
	if body && f.request.Body == "stream" {
		return f.constructStream()
	}
	return true
}

// contentType is the type that a body brings with it
// (https://fetch.spec.whatwg.org/#concept-bodyinit-extract).
func contentType(body string) string {
	switch body {
	case "text":
		return "text/plain;charset=UTF-8"
	case "form":
		return "application/x-www-form-urlencoded;charset=UTF-8"
	case "multipart":
		return "multipart/form-data; boundary=----WebKitFormBoundary0000000000000000"
	case "json-blob":
		return "application/json"
	}
	return ""
}

// constructStream: https://fetch.spec.whatwg.org/#dom-request, step 39.
func (f *fetch) constructStream() bool {
	if f.engine.request.streams == streamsBuffered {
		return true
	}
	// Step 39.2.
	if f.request.Mode == "no-cors" {
		f.block(RequestInvalid, StageRequest, clause{sectionRequest, "39.2"}, "a stream in mode no-cors", "mode same-origin or cors",
			"A stream as body needs mode cors or same-origin.")
		return false
	}
	if f.engine.request.streams == streamsRefused {
		f.block(StreamUnsupported, StageRequest, clause{sectionRequest, "37.1"}, "a ReadableStream", "another kind of body",
			"This browser does not send a stream as body.")
		return false
	}
	// Step 39.3.
	f.forcePreflight, f.forcedBy, f.stream = true, "a stream as body", true
	return true
}
