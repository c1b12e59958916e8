package cors

import (
	"slices"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// construct makes the request from what the script asks for, as the Request constructor
// does for fetch(), and open() and send() do for XMLHttpRequest. It reports false if an
// exception ends the fetch before anything is sent.
func (f *fetch) construct() bool {
	first, second := f.constructURL, f.constructMethod
	if f.request.Initiator == ByXHR {
		first, second = second, first
	}
	if !first() || !second() || !f.constructHeaders() || !f.constructBody() {
		return false
	}
	f.rememberNames()
	return true
}

// rememberNames stores the names that originalNamesAsked needs.
func (f *fetch) rememberNames() {
	if !f.differs(originalNamesAsked) {
		return
	}
	f.original = f.unsafeNames()
	if f.request.Initiator == ByXHR && !f.request.Headers.contains("Content-Type") {
		f.original = slices.DeleteFunc(f.original, func(name string) bool { return name == "content-type" })
	}
}

// scriptClause is a step of the Request constructor, or of XMLHttpRequest if the script
// uses that.
func (f *fetch) scriptClause(step string, xhrSection section, xhrStep string) clause {
	if f.request.Initiator == ByXHR {
		return clause{xhrSection, xhrStep}
	}
	return clause{sectionRequest, step}
}

// constructURL makes the URL (#dom-request; XHR, #the-open()-method).
func (f *fetch) constructURL() bool {
	// 5.1. Parse the text, against the page's own URL where there is no host.
	if len(f.exchange.Hops) == 0 {
		f.stop("hops[0]", clause{sectionRequest, "5.1"}, "The exchange names no URL.")
		return false
	}
	text := f.exchange.Hops[0].URL
	var page whatwg.URL
	if !strings.Contains(text, "://") {
		page, _ = whatwg.Parse(f.exchange.Origin, whatwg.URL{})
	}
	url, ok := whatwg.Parse(text, page)
	// 5.2. If that fails, throw. (XHR open(), 6.)
	if !ok {
		f.block(RequestInvalid, StageRequest, f.scriptClause("5.2", sectionOpen, "6"), text, "a URL", "The URL does not parse.")
		return false
	}
	f.urls = []whatwg.URL{url}
	// 5.3. If the URL has a user name or a password, throw. XMLHttpRequest takes
	//      such URLs.
	if url.Credentials && f.request.Initiator == ByFetch {
		f.block(URLCredentials, StageRequest, clause{sectionRequest, "5.3"}, text, "a URL without user name and password",
			"fetch() refuses a URL that has a user name or a password in it.")
		return false
	}
	return true
}

// constructMethod takes the method (#dom-request; XHR, #the-open()-method).
func (f *fetch) constructMethod() bool {
	method := f.request.Method
	// 25.2. If it is not a method, throw. (XHR open(), 2.)
	if !isToken(method) {
		f.block(RequestInvalid, StageRequest, f.scriptClause("25.2", sectionOpen, "2"), method, "a token such as GET", "This is not a method name.")
		return false
	}
	// 25.2. If it is a forbidden method, throw. (XHR open(), 3.)
	if isForbiddenMethod(method) {
		f.block(MethodForbidden, StageRequest, f.scriptClause("25.2", sectionOpen, "3"), method, "not CONNECT, TRACE or TRACK", "A script cannot use this method.")
		return false
	}
	// 25.3. Normalize it. (XHR open(), 4.)
	f.method = normalizeMethod(method)
	// 32.1. In mode "no-cors", throw unless it is CORS-safelisted.
	if f.request.Mode == NoCORSMode && !isSafelistedMethod(f.method) {
		f.failure.name = f.method
		f.block(ModeNoCORS, StageRequest, clause{sectionRequest, "32.1"}, f.method, "GET, HEAD or POST",
			"Mode no-cors sends only what a form could send.")
		return false
	}
	return true
}

// constructHeaders appends each header of the script
// (#concept-headers-append).
func (f *fetch) constructHeaders() bool {
	headers, ok := f.scriptHeaders()
	if !ok {
		return false
	}
	var dropped []string
	for _, header := range headers {
		// 2. and 3. Leave out headers that a script may not set.
		if !f.mayAppend(header[0], header[1]) {
			dropped = append(dropped, header[0])
			continue
		}
		// 4. Append the header.
		f.headers = append(f.headers, header)
	}
	// XHR setRequestHeader(), 6. Combine it with those of the same name.
	if f.request.Initiator == ByXHR {
		f.headers = f.headers.combined()
	}
	if dropped != nil {
		// 2. Leave out forbidden request-headers. (XHR setRequestHeader(), 5.)
		// 3.4. In mode "no-cors", leave out those that aren't no-CORS-safelisted.
		at := f.headerClause("2", "5")
		if f.request.Mode == NoCORSMode {
			at = f.headerClause("3.4", "")
		}
		f.pass(at, strings.Join(dropped, ", "), "",
			"A script cannot set these headers here: they are left out without a word.")
	}
	return true
}

// scriptHeaders returns the script's headers as the browser accepts them. It reports
// false after an exception.
func (f *fetch) scriptHeaders() (HeaderList, bool) {
	headers := make(HeaderList, 0, len(f.request.Headers)+1)
	for _, header := range f.request.Headers {
		// 1. Normalize the value.
		name, value := header[0], normalized(header[1])
		// 2. If the name is not a header name, throw.
		if !isToken(name) {
			f.block(RequestInvalid, StageRequest, f.headerClause("2", "4"), name, "a token such as X-Token", "This is not a header name.")
			return nil, false
		}
		// 2. If the value is not a header value, throw.
		if strings.ContainsFunc(value, isInvalidInValue) {
			f.block(RequestInvalid, StageRequest, f.headerClause("2", "4"), value, "bytes without NUL, CR and LF", "This cannot be the value of the header "+name+".")
			return nil, false
		}
		headers = append(headers, [2]string{name, value})
	}
	if f.request.Initiator == ByFetch {
		headers = f.engine.arranged(headers)
	}
	return headers, true
}

// arranged returns the headers of fetch(), combined and sorted the way the engine does
// it.
func (e Engine) arranged(headers HeaderList) HeaderList {
	if e.differs(headersCombined) {
		headers = headers.combined()
		for i := range headers {
			headers[i][1] = normalized(headers[i][1])
		}
	}
	if e.differs(headersSorted) {
		headers = headers.sorted()
	}
	return headers
}

// normalized strips whitespace at both ends (#concept-header-value-normalize).
func normalized(value string) string { return strings.Trim(value, "\t\n\r ") }

// headerClause is a step of Headers append, or of setRequestHeader().
func (f *fetch) headerClause(step, xhrStep string) clause {
	if f.request.Initiator == ByXHR {
		return clause{sectionSetHeader, xhrStep}
	}
	return clause{sectionHeaders, step}
}

// isInvalidInValue reports whether a header value can't contain the character
// (#header-value). Characters beyond U+00FF don't convert to a byte.
func isInvalidInValue(r rune) bool { return r == 0 || r == '\n' || r == '\r' || r > 0xFF }

// mayAppend reports whether the browser accepts a header from the script.
func (f *fetch) mayAppend(name, value string) bool {
	// 2. A forbidden request-header is left out. (XHR setRequestHeader(), 5.)
	if f.engine.isForbiddenHeader(name, value) || f.differs(userAgentForbidden) && strings.EqualFold(name, "User-Agent") {
		return false
	}
	if f.request.Mode != NoCORSMode {
		return true
	}
	// 3.1. to 3.3. In mode "no-cors", combine the value with those that are
	//              already there.
	if before, ok := f.headers.get(name); ok {
		value = before + ", " + value
	}
	// 3.4. If that is not a no-CORS-safelisted request-header, leave it out.
	return f.engine.isNoCORSSafelisted(name, value)
}

// constructBody handles the body and its content type (#dom-request; XHR,
// #the-send()-method).
func (f *fetch) constructBody() bool {
	bodyless := f.method == "GET" || f.method == "HEAD"
	body := f.request.Body != NoBody
	if f.request.Initiator == ByXHR {
		// XHR send(), 3. GET and HEAD drop the body without a word.
		body = body && !bodyless
		// XHR send(), 5. and 6. If there is an upload listener, set the
		//                       use-CORS-preflight flag.
		f.forcePreflight = f.request.UploadListener && (body || !f.differs(listenerNeedsBody))
		f.forcedBy = "a listener for upload events"
	} else if body && bodyless {
		// 35. If GET or HEAD has a body, throw.
		f.block(RequestInvalid, StageRequest, clause{sectionRequest, "35"}, f.method+" with a body", "no body", "GET and HEAD requests have no body.")
		return false
	}
	for _, header := range f.headers {
		f.names = append(f.names, header[0])
	}
	// 37.4. If the body has a type and the script set no Content-Type, append it.
	if kind := f.request.Body.contentType(); body && kind != "" && !f.headers.contains("Content-Type") {
		f.headers = append(slices.Clone(f.headers), [2]string{"Content-Type", kind})
		f.names = append(f.names, "Content-Type")
	}
	if body && f.request.Body == StreamBody {
		return f.constructStream()
	}
	return true
}

// constructStream handles a body that can't be read twice (#dom-request).
func (f *fetch) constructStream() bool {
	if f.differs(streamsBuffered) {
		return true
	}
	// 39.2. In mode "no-cors", throw.
	if f.request.Mode == NoCORSMode {
		f.block(RequestInvalid, StageRequest, clause{sectionRequest, "39.2"}, "a stream in mode no-cors", "mode same-origin or cors",
			"A stream as body needs mode cors or same-origin.")
		return false
	}
	// 37.1. Extract the body from what the script gives.
	if f.differs(streamsRefused) {
		f.block(StreamUnsupported, StageRequest, clause{sectionRequest, "37.1"}, "a ReadableStream", "another kind of body",
			"This browser does not send a stream as body.")
		return false
	}
	// 39.3. Set the use-CORS-preflight flag.
	f.forcePreflight, f.forcedBy, f.stream = true, "a stream as body", true
	return true
}
