package cors

import (
	"fmt"
	"slices"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// locationURL is the URL that a response redirects to. ok is false for failure, and the
// zero URL means null (#concept-response-location-url).
func (f *fetch) locationURL(response *Response) (url whatwg.URL, ok bool) {
	// 2. Extract the values of Location.
	values := f.engine.locations(response)
	switch len(values) {
	case 0:
		// 5. Without one, the location URL is null.
		return whatwg.URL{}, true
	case 1:
		if values[0] == "" && f.differs(emptyLocationFails) {
			return whatwg.URL{}, false
		}
		// 3. Parse it against the response's URL.
		url, ok = whatwg.Parse(f.engine.escaped(values[0]), f.base())
		// 4. If it has no fragment, it gets the request's.
		if ok && url.Fragment == "" {
			url.Fragment = f.current().Fragment
		}
		return url, ok
	}
	// 2. More than one value is failure.
	return whatwg.URL{}, false
}

// locations are the values of a response's Location lines that the engine uses.
func (e Engine) locations(response *Response) []string {
	values := response.Headers.lines("Location")
	if e.differs(emptyLocationSkipped) {
		values = slices.DeleteFunc(values, func(value string) bool { return value == "" })
	}
	if e.differs(locationsMerged) {
		values = slices.Compact(values)
	}
	if e.differs(locationsJoined) && len(values) > 1 {
		values = []string{strings.Join(values, ", ")}
	}
	return values
}

// escaped is a Location with its control characters escaped as the engine does.
func (e Engine) escaped(value string) string {
	if !e.differs(locationEscaped) || !strings.ContainsFunc(value, isControl) {
		return value
	}
	var text strings.Builder
	for _, r := range value {
		if isControl(r) {
			fmt.Fprintf(&text, "%%%02X", r)
		} else {
			text.WriteRune(r)
		}
	}
	return text.String()
}

func isControl(r rune) bool { return r < ' ' }

// base is the base URL for a relative Location.
func (f *fetch) base() whatwg.URL {
	if f.differs(urlCredentialsDropped) {
		return f.current().WithoutCredentials()
	}
	return f.current()
}

// asGiven is a redirect's URL as the exchange has it, which may leave out credentials
// that a relative Location inherits. It reports false if the exchange has a different
// URL there.
func (f *fetch) asGiven(next whatwg.URL) (whatwg.URL, bool) {
	given, ok := whatwg.Parse(f.currentHop().URL, whatwg.URL{})
	if !ok || given.Origin() != next.Origin() || given.Path != next.Path {
		return whatwg.URL{}, false
	}
	given.Fragment = next.Fragment
	return given, true
}

// leadsElsewhere reports whether a response redirects, even if the Location leads
// nowhere.
func (f *fetch) leadsElsewhere(a *Response) bool {
	if value, ok := a.Headers.get("Location"); ok && value == "" && f.differs(emptyLocationFails) {
		return false
	}
	url, ok := f.locationURL(a)
	return f.engine.isRedirect(a) && (!ok || url != whatwg.URL{})
}

// receive checks a response as it arrives. The standard looks at Location later, but
// some engines look at it here and so end some fetches early.
func (f *fetch) receive(a *Response, stage Stage) bool {
	f.failure.url, f.failure.status = f.current(), a.Status
	if values := f.engine.locations(a); len(values) == 1 {
		f.failure.raw = values[0]
	}
	lines := slices.Compact(a.Headers.lines("Location"))
	f.failure.lines = len(lines)
	if stage == StageResponse && f.engine.isRedirect(a) {
		stage = StageRedirect
	}
	if f.differs(proxyStatusRefused) && a.Status == 407 {
		f.blockProxyStatus(stage)
		return false
	}
	followed := f.engine.isRedirect(a) && (f.request.Redirect == FollowRedirect || !f.differs(locationOnlyFollowed))
	return f.mayLocate(a, stage, lines, followed) && f.mayNameScheme(a, stage, followed)
}

// mayLocate is the check of locationFirst: that Location is one URL, and that the fetch
// may still follow a redirect to it.
func (f *fetch) mayLocate(a *Response, stage Stage, lines []string, followed bool) bool {
	if !f.differs(locationFirst) {
		return true
	}
	if followed && len(lines) < 2 && f.redirects == maxRedirects && f.leadsElsewhere(a) {
		f.blockLimit()
		return false
	}
	// HTTP-redirect fetch, 5. If the location URL is failure, this is a network error.
	if _, ok := f.locationURL(a); len(lines) > 1 || followed && !ok {
		f.block(RedirectLocation, stage, clause{sectionRedirect, "5"}, strings.Join(lines, ", "), "one URL", "The Location of the answer leads nowhere.")
		return false
	}
	return true
}

// mayNameScheme is the check of localSchemesFirst and ftpFirst.
func (f *fetch) mayNameScheme(a *Response, stage Stage, followed bool) bool {
	url, _ := f.locationURL(a)
	refused := f.differs(localSchemesFirst) && isLocalScheme(url.Scheme) || f.differs(ftpFirst) && url.Scheme == "ftp"
	if !refused || !followed || stage == StagePreflight {
		return true
	}
	f.failure.location = url
	f.blockScheme(url)
	return false
}

// blockProxyStatus ends the fetch at a status that only a proxy may send.
func (f *fetch) blockProxyStatus(stage Stage) {
	const text = "Status 407 is a proxy's: this browser takes it from no server."
	// CORS-preflight fetch, 7. The status must be an ok status.
	if stage == StagePreflight {
		f.block(PreflightStatus, stage, clause{sectionPreflight, "7"}, "407", "200 to 299", text)
		return
	}
	// HTTP fetch, 4.3. Run HTTP-network-or-cache fetch, and take the response.
	f.block(NoResponse, stage, clause{sectionHTTP, "4.3"}, "407", "an answer", text)
}

// isLocalScheme reports whether localSchemesFirst is about the scheme.
func isLocalScheme(scheme string) bool {
	switch scheme {
	case "blob", "data", "file", "javascript", "ws", "wss":
		return true
	}
	return false
}
