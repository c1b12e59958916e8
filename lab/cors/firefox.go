package cors

import (
	"strconv"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// firefoxWords is how Firefox reports the failure: the category of its console message,
// and the message.
func (f *fetch) firefoxWords() (name, parameter, console string) {
	words := f.firefoxWording()
	if words.reason == "" {
		return words.name, "", ""
	}
	reason := words.filled(f.firefoxValue)
	line := "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at " + f.firefoxURL(words.name) + ". (Reason: " + reason + ")."
	switch words.name {
	case "CORSDidNotSucceed2":
		line += " Status code: (null)."
	case "CORSMissingAllowOrigin2", "CORSPreflightDidNotSucceed3":
		line += " Status code: " + strconv.Itoa(f.failure.status) + "."
	}
	return words.name, "", line
}

// firefoxValue returns the value for a hole of a reason.
func (f *fetch) firefoxValue(hole string) string {
	if hole == "name" {
		return decoded(f.failure.name)
	}
	return decoded(f.failure.value)
}

// firefoxURL is the URL that the message names.
func (f *fetch) firefoxURL(name string) string {
	switch name {
	case "CORSRequestNotHttp":
		return f.failure.location.WithFragment()
	case "CORSNotSupportingCredentials":
		return "‘" + f.failure.url.WithFragment() + "’"
	}
	return f.failure.url.WithFragment()
}

// firefoxWording is the wording of the cause, unless something else about the failure
// makes Firefox choose another one.
func (f *fetch) firefoxWording() wording {
	cause, cross := f.verdict.Cause, f.tainting == taintedCORS
	words := cause.row().firefox
	switch {
	case words.name == "CORSAllowOriginNotMatchingOrigin" && f.failure.lines > 1,
		cause == NoResponse && cross && f.differs(emptyPutTaken) && f.method == "PUT":
		return wording{"CORSMultipleAllowOriginNotAllowed", "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed"}
	case cause == PreflightRedirect && f.request.Redirect != FollowRedirect:
		return PreflightStatus.row().firefox
	case cause == RedirectScheme && hasForeignHost(f.failure.location) && f.request.Mode != NoCORSMode:
		return wording{"CORSRequestNotHttp", "CORS request not http"}
	// Firefox says nothing about requests that aren't cross-origin, except about a redirect
	// to a URL with credentials.
	case words.name == "CORSDidNotSucceed2" && cause != RedirectCredentials && !cross:
		return wording{}
	}
	return words
}

// hasForeignHost reports whether a URL has a host, but a scheme other than HTTP's and
// WebSocket's.
func hasForeignHost(url whatwg.URL) bool {
	return url.Scheme == "ftp" || url.Scheme != "file" && strings.HasPrefix(url.Path, "//")
}

// decoded reads a header's bytes as UTF-8, as Firefox does when it prints them.
func decoded(value string) string {
	if isASCII(value) {
		return value
	}
	return string([]rune(string(IsomorphicEncode(value))))
}
