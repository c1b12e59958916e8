package cors

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"corslab/lab/cors/internal/headermap"
	"corslab/lab/cors/internal/whatwg"
)

// chromiumWords is how Chromium reports the failure: the name, a Network.CorsError of
// its DevTools protocol or a net::ERR_…, the value that it is about, and the first line
// in the console.
func (f *fetch) chromiumWords() (name, parameter, console string) {
	if f.failure.silent {
		return "", "", ""
	}
	return f.chromiumName(), f.chromiumParameter(), f.chromiumConsole()
}

// chromiumName is the name of the failure, from the table of causes. The network layer
// has its own names for failures that it finds before CORS matters, so values of the
// failure can lead to another name.
func (f *fetch) chromiumName() string {
	cause := f.verdict.Cause
	name := cause.row().chromium.name
	switch {
	case cause.isCORSCheck() && f.verdict.Stage == StagePreflight:
		return "Preflight" + name
	case cause == RedirectScheme && isUnsafeRedirect(f.failure.location):
		return "net::ERR_UNSAFE_REDIRECT"
	case cause == RedirectScheme && f.request.Mode == NoCORSMode:
		return "net::ERR_UNKNOWN_URL_SCHEME"
	case (cause == NoResponse || cause == PreflightStatus) && f.failure.status == 407:
		return "net::ERR_UNEXPECTED_PROXY_AUTH"
	case cause == RedirectLocation && f.failure.lines > 1:
		return "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"
	case cause == ResourcePolicy && f.failure.value == "same-site":
		return "net::ERR_BLOCKED_BY_RESPONSE.NotSameSite"
	}
	return name
}

// chromiumParameter is the value or the name that the reason contains.
func (f *fetch) chromiumParameter() string {
	switch reason := f.verdict.Cause.row().chromium.reason; {
	case strings.Contains(reason, "{value}"):
		if isASCII(f.failure.value) {
			return f.failure.value
		}
		if bytes := IsomorphicEncode(f.failure.value); utf8.Valid(bytes) {
			return string(bytes)
		}
	case strings.Contains(reason, "{name}"):
		return f.failure.name
	}
	return ""
}

// chromiumConsole is the first line that Chromium prints about the failure: the reason
// in the table of causes, with the usual beginning. The causes below have lines that
// are not like that, and depend on more than the cause.
func (f *fetch) chromiumConsole() string {
	url := f.failure.url.WithFragment()
	switch f.verdict.Cause {
	case ModeSameOrigin:
		return f.chromiumSameOrigin()
	case ModeNoCORS:
		if f.failure.name == "" {
			return "Fetch API cannot load " + url + `. Request mode is "no-cors" but the redirect mode is not "follow".`
		}
	case RedirectScheme:
		if isUnsafeRedirect(f.failure.location) || f.request.Mode == NoCORSMode {
			return ""
		}
		return f.chromiumAccess(f.failure.location) + chromiumSchemes
	case Scheme:
		if f.request.Initiator == ByXHR {
			return f.chromiumAccess(f.failure.url) + chromiumSchemes
		}
		return "Fetch API cannot load " + url + `. URL scheme "` + f.failure.url.Scheme + `" is not supported.`
	}
	if reason := f.chromiumReason(); reason != "" {
		return f.chromiumAccess(f.failure.url) + reason
	}
	return ""
}

// chromiumSameOrigin is the line about mode same-origin. The line for a redirect names
// the page's URL, so it is empty if the URL isn't known.
func (f *fetch) chromiumSameOrigin() string {
	url := f.failure.url.WithFragment()
	switch {
	case f.verdict.Stage == StageRequest:
		return "Fetch API cannot load " + url + `. Request mode is "same-origin" but the URL's origin is not same as the request origin ` + f.exchange.Origin + "."
	case f.exchange.Page == "":
		return ""
	}
	return "Unsafe attempt to load URL " + url + " from frame with URL " + f.exchange.Page + ". Domains, protocols and ports must match.\n"
}

// chromiumSchemes lists the schemes that Chromium allows CORS requests to.
const chromiumSchemes = "Cross origin requests are only supported for protocol schemes: " +
	"chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app."

// chromiumAccess is the beginning of Chromium's lines about a URL.
func (f *fetch) chromiumAccess(url whatwg.URL) string {
	kind, redirected := "fetch", ""
	if f.request.Initiator == ByXHR {
		kind = "XMLHttpRequest"
	}
	if url != f.urls[0] {
		redirected = " (redirected from '" + f.urls[0].WithFragment() + "')"
	}
	return "Access to " + kind + " at '" + url.WithFragment() + "'" + redirected + " from origin '" + f.exchange.Origin +
		"' has been blocked by CORS policy: "
}

// chromiumReason is the reason in Chromium's line.
func (f *fetch) chromiumReason() string {
	cause := f.verdict.Cause
	if cause == PreflightStatus && f.failure.status == 407 {
		return ""
	}
	reason := cause.row().chromium.filled(f.chromiumValue)
	if cause.isCORSCheck() && f.verdict.Stage == StagePreflight || cause == PreflightStatus || cause == PreflightRedirect {
		return "Response to preflight request doesn't pass access control check: " + reason
	}
	return reason
}

// chromiumValue returns the value for a hole of a reason.
func (f *fetch) chromiumValue(hole string) string {
	xhr := f.request.Initiator == ByXHR
	switch {
	case hole == "value":
		return escaped(f.failure.value)
	case hole == "name":
		return f.failure.name
	case hole == "advice" && !xhr:
		return " Have the server send the header with a valid value."
	case hole == "credentials" && xhr:
		return " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute."
	}
	return ""
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7F }) < 0
}

// escaped returns a header's value as Chromium prints it.
func escaped(value string) string {
	if isASCII(value) && strings.IndexFunc(value, unicode.IsControl) < 0 {
		return value
	}
	var text strings.Builder
	for _, r := range value {
		if r > 0x7F || unicode.IsControl(r) {
			fmt.Fprintf(&text, "\\u%04X", r)
		} else {
			text.WriteRune(r)
		}
	}
	return text.String()
}

// hashOrder is the order in which headersByHash checks the headers.
func (f *fetch) hashOrder(unsafe []string) []string {
	if len(unsafe) < 2 {
		return unsafe
	}
	ordered := headermap.Order(f.names, f.request.Initiator == ByXHR, f.urls[0].IsTrustworthy())
	return slices.DeleteFunc(ordered, func(name string) bool { return !slices.Contains(unsafe, name) })
}

// isUnsafeRedirect reports whether Chromium's network layer refuses to redirect to the
// URL's scheme, before CORS matters.
func isUnsafeRedirect(url whatwg.URL) bool {
	switch url.Scheme {
	case "about", "blob", "data", "file", "filesystem":
		return true
	}
	return false
}
