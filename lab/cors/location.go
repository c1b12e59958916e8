package cors

import (
	"fmt"
	"slices"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// locationURL is where an answer leads; ok is false for failure, and the
// zero URL stands for none
// (https://fetch.spec.whatwg.org/#concept-response-location-url).
func (f *fetch) locationURL(response *Response) (url whatwg.URL, ok bool) {
	values := f.locations(response)
	switch len(values) {
	case 0:
		return whatwg.URL{}, true
	case 1:
		if values[0] == "" && f.engine.redirect.endsAtEmptyLocation {
			return whatwg.URL{}, false
		}
		// Step 3: parse against the response's URL.
		url, ok = whatwg.Parse(f.escaped(values[0]), f.base())
		// Step 4: the fragment goes on.
		if ok && url.Fragment == "" {
			url.Fragment = f.current().Fragment
		}
		return url, ok
	}
	// Step 2: more than one is failure.
	return whatwg.URL{}, false
}

// locations are the values of an answer's Location lines which count.
func (f *fetch) locations(response *Response) []string {
	values := response.Headers.lines("Location")
	if f.engine.redirect.skipsEmptyLocation {
		values = slices.DeleteFunc(values, func(value string) bool { return value == "" })
	}
	if f.engine.redirect.mergesLocations {
		values = slices.Compact(values)
	}
	if f.engine.redirect.joinsLocations && len(values) > 1 {
		values = []string{strings.Join(values, ", ")}
	}
	return values
}

// escaped is a Location with its controls as the engine takes them.
func (f *fetch) escaped(value string) string {
	if !f.engine.redirect.escapesLocation || !strings.ContainsFunc(value, isControl) {
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

// base is what a relative Location is parsed against.
func (f *fetch) base() whatwg.URL {
	if f.engine.redirect.dropsURLCredentials {
		return f.current().WithoutCredentials()
	}
	return f.current()
}

// asGiven is a redirect's URL as the exchange spells it, which may leave out
// credentials that a relative Location inherits. It reports false where the
// exchange has another URL there.
func (f *fetch) asGiven(next whatwg.URL) (whatwg.URL, bool) {
	given, ok := whatwg.Parse(f.currentHop().URL, whatwg.URL{})
	if !ok || given.Origin() != next.Origin() || given.Path != next.Path {
		return whatwg.URL{}, false
	}
	given.Fragment = next.Fragment
	return given, true
}

// leadsElsewhere reports whether an answer redirects, be it to nowhere.
func (f *fetch) leadsElsewhere(a *Response) bool {
	if value, ok := a.Headers.get("Location"); ok && value == "" && f.engine.redirect.endsAtEmptyLocation {
		return false
	}
	url, ok := f.locationURL(a)
	return f.isRedirect(a) && (!ok || url != whatwg.URL{})
}

// receive takes an answer in from the network. Engines look here already
// whether its Location leads anywhere.
func (f *fetch) receive(a *Response, stage Stage) bool {
	f.failure.url, f.failure.status = f.current(), a.Status
	if values := f.locations(a); len(values) == 1 {
		f.failure.raw = values[0]
	}
	url, ok := f.locationURL(a)
	lines := slices.Compact(a.Headers.lines("Location"))
	f.failure.lines = len(lines)
	if stage == StageResponse && f.isRedirect(a) {
		stage = StageRedirect
	}
	followed := f.isRedirect(a) && (f.request.Redirect == "follow" || !f.engine.redirect.looksWhenFollowing)
	at := clause{sectionRedirect, "5"}
	switch {
	case f.engine.response.refusesProxyAuth && a.Status == 407:
		f.blockProxyStatus(stage)
		return false
	case f.engine.redirect.checksLocationFirst && followed && f.failure.lines < 2 && f.redirects == mostRedirects && f.leadsElsewhere(a):
		f.blockLimit()
		return false
	case f.engine.redirect.checksLocationFirst && (f.failure.lines > 1 || followed && !ok):
		f.block(RedirectLocation, stage, at, strings.Join(lines, ", "), "one URL", "The Location of the answer leads nowhere.")
		return false
	case f.engine.redirect.refusedFirst != nil && followed && stage != StagePreflight && f.engine.redirect.refusedFirst(url.Scheme):
		f.failure.location = url
		f.blockScheme(url)
		return false
	}
	return true
}

// blockProxyStatus ends the fetch at an answer that only a proxy may give.
func (f *fetch) blockProxyStatus(stage Stage) {
	const text = "Status 407 is a proxy's: this browser takes it from no server."
	if stage == StagePreflight {
		f.block(PreflightStatus, stage, clause{sectionPreflight, "7"}, "407", "200 to 299", text)
		return
	}
	f.block(NoAnswer, stage, clause{sectionHTTP, "4.3"}, "407", "an answer", text)
}

// isLocalScheme reports the schemes that Firefox refuses at once.
func isLocalScheme(scheme string) bool {
	switch scheme {
	case "blob", "data", "file", "javascript", "ws", "wss":
		return true
	}
	return false
}

// isFTP reports the scheme that WebKit refuses at once.
func isFTP(scheme string) bool { return scheme == "ftp" }
