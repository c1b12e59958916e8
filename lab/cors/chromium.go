package cors

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"corslab/lab/cors/internal/whatwg"
)

// chromiumName is Chromium's name of a cause: a Network.CorsError of its
// DevTools protocol, without the prefix that failures of a preflight get, or a
// net::ERR_….
func chromiumName(cause Cause) string {
	switch cause {
	case AllowOriginMissing:
		return "MissingAllowOriginHeader"
	case AllowOriginMultiple:
		return "MultipleAllowOriginValues"
	case AllowOriginInvalid:
		return "InvalidAllowOriginValue"
	case AllowOriginMismatch:
		return "AllowOriginMismatch"
	case AllowOriginWildcard:
		return "WildcardOriginNotAllowed"
	case AllowCredentials:
		return "InvalidAllowCredentials"
	case PreflightStatus:
		return "PreflightInvalidStatus"
	case PreflightRedirect:
		return "PreflightDisallowedRedirect"
	case AllowMethodsInvalid:
		return "InvalidAllowMethodsPreflightResponse"
	case AllowHeadersInvalid:
		return "InvalidAllowHeadersPreflightResponse"
	case MethodNotAllowed:
		return "MethodDisallowedByPreflightResponse"
	case HeaderNotAllowed:
		return "HeaderDisallowedByPreflightResponse"
	case RedirectCredentials:
		return "RedirectContainsCredentials"
	case RedirectMode:
		return "net::ERR_FAILED"
	case RedirectLimit:
		return "net::ERR_TOO_MANY_REDIRECTS"
	case RedirectLocation:
		return "net::ERR_INVALID_REDIRECT"
	case RedirectScheme:
		return "CorsDisabledScheme"
	case RedirectStream:
		return "net::ERR_INVALID_ARGUMENT"
	case StreamHTTP1:
		return "net::ERR_ALPN_NEGOTIATION_FAILED"
	case NoAnswer:
		return "net::ERR_EMPTY_RESPONSE"
	}
	return ""
}

// isCORSCheck reports the causes that both a preflight and an answer can have.
func isCORSCheck(cause Cause) bool {
	switch cause {
	case AllowOriginMissing, AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch, AllowOriginWildcard, AllowCredentials:
		return true
	}
	return false
}

// chromiumWords is what Chromium says of the failure.
func (f *fetch) chromiumWords() (name, parameter, console string) {
	v := &f.verdict
	if f.failure.silent {
		return "", "", ""
	}
	name = chromiumName(v.Cause)
	switch v.Cause {
	case AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch, AllowCredentials:
		parameter = f.failure.value
	case MethodNotAllowed, HeaderNotAllowed:
		parameter = f.failure.name
	case RedirectScheme:
		switch {
		case isUnsafeRedirect(f.failure.location):
			name = "net::ERR_UNSAFE_REDIRECT"
		case f.request.Mode == "no-cors":
			name = "net::ERR_UNKNOWN_URL_SCHEME"
		}
	case NoAnswer, PreflightStatus:
		if f.failure.status == 407 {
			name = "net::ERR_UNEXPECTED_PROXY_AUTH"
		}
	case RedirectLocation:
		if f.failure.lines > 1 {
			name = "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"
		}
	case ResourcePolicy:
		name = "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"
		if f.failure.value == "same-site" {
			name = "net::ERR_BLOCKED_BY_RESPONSE.NotSameSite"
		}
	}
	if isCORSCheck(v.Cause) && v.Stage == StagePreflight {
		name = "Preflight" + name
	}
	if !isASCII(parameter) {
		parameter = ""
		if bytes := IsomorphicEncode(f.failure.value); utf8.Valid(bytes) {
			parameter = string(bytes)
		}
	}
	return name, parameter, f.chromiumConsole()
}

// chromiumConsole is the first line that Chromium prints about the failure.
func (f *fetch) chromiumConsole() string {
	switch f.verdict.Cause {
	case "":
		return ""
	case ModeSameOrigin:
		if f.verdict.Stage == StageRequest {
			return "Fetch API cannot load " + f.failure.url.WithFragment() + `. Request mode is "same-origin" but the URL's origin is not same as the request origin ` + f.exchange.Origin + "."
		}
		if f.exchange.Page == "" {
			return ""
		}
		return "Unsafe attempt to load URL " + f.failure.url.WithFragment() + " from frame with URL " + f.exchange.Page + ". Domains, protocols and ports must match.\n"
	case PreflightStatus:
		if f.failure.status == 407 {
			return ""
		}
	case ModeNoCORS:
		if f.failure.name == "" {
			return "Fetch API cannot load " + f.failure.url.WithFragment() + `. Request mode is "no-cors" but the redirect mode is not "follow".`
		}
	case RedirectScheme:
		if isUnsafeRedirect(f.failure.location) || f.request.Mode == "no-cors" {
			return ""
		}
		return f.chromiumAccess(f.failure.location) + chromiumSchemes
	case Scheme:
		if f.request.Initiator == "xhr" {
			return f.chromiumAccess(f.failure.url) + chromiumSchemes
		}
		return "Fetch API cannot load " + f.failure.url.WithFragment() + `. URL scheme "` + f.failure.url.Scheme + `" is not supported.`
	}
	reason := f.chromiumReason()
	if reason == "" {
		return ""
	}
	return f.chromiumAccess(f.failure.url) + reason
}

// chromiumSchemes names what Chromium lets CORS requests go to.
const chromiumSchemes = "Cross origin requests are only supported for protocol schemes: " +
	"chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app."

// chromiumAccess is how Chromium's lines about a URL begin.
func (f *fetch) chromiumAccess(url whatwg.URL) string {
	kind, redirected := "fetch", ""
	if f.request.Initiator == "xhr" {
		kind = "XMLHttpRequest"
	}
	if url != f.urls[0] {
		redirected = " (redirected from '" + f.urls[0].WithFragment() + "')"
	}
	return "Access to " + kind + " at '" + url.WithFragment() + "'" + redirected + " from origin '" + f.exchange.Origin +
		"' has been blocked by CORS policy: "
}

// chromiumReason is the part of the line that says why.
func (f *fetch) chromiumReason() string {
	reason := ""
	switch f.verdict.Cause {
	case AllowOriginMissing:
		reason = "No 'Access-Control-Allow-Origin' header is present on the requested resource."
	case AllowOriginMultiple:
		reason = "The 'Access-Control-Allow-Origin' header contains multiple values '" + escaped(f.failure.value) + "', but only one is allowed." + f.chromiumAdvice()
	case AllowOriginInvalid:
		reason = "The 'Access-Control-Allow-Origin' header contains the invalid value '" + escaped(f.failure.value) + "'." + f.chromiumAdvice()
	case AllowOriginMismatch:
		reason = "The 'Access-Control-Allow-Origin' header has a value '" + escaped(f.failure.value) + "' that is not equal to the supplied origin." + f.chromiumAdvice()
	case AllowOriginWildcard:
		reason = "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'." + f.chromiumCredentials()
	case AllowCredentials:
		reason = "The value of the 'Access-Control-Allow-Credentials' header in the response is '" + escaped(f.failure.value) + "' which must be 'true' when the request's credentials mode is 'include'." + f.chromiumCredentials()
	case PreflightStatus:
		reason = "It does not have HTTP ok status."
	case PreflightRedirect:
		reason = "Redirect is not allowed for a preflight request."
	case AllowMethodsInvalid:
		return "Cannot parse Access-Control-Allow-Methods response header field in preflight response."
	case AllowHeadersInvalid:
		return "Cannot parse Access-Control-Allow-Headers response header field in preflight response."
	case MethodNotAllowed:
		return "Method " + f.failure.name + " is not allowed by Access-Control-Allow-Methods in preflight response."
	case HeaderNotAllowed:
		return "Request header field " + f.failure.name + " is not allowed by Access-Control-Allow-Headers in preflight response."
	case RedirectCredentials:
		return "Redirect location '' contains a username and password, which is disallowed for cross-origin requests."
	default:
		return ""
	}
	if f.verdict.Stage == StagePreflight {
		return "Response to preflight request doesn't pass access control check: " + reason
	}
	return reason
}

func (f *fetch) chromiumAdvice() string {
	if f.request.Initiator == "xhr" {
		return ""
	}
	return " Have the server send the header with a valid value."
}

func (f *fetch) chromiumCredentials() string {
	if f.request.Initiator != "xhr" {
		return ""
	}
	return " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute."
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7F }) < 0
}

// escaped writes a header's value as Chromium prints it.
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

// chromiumAskedOrder is the order in which Chromium looks at the headers.
func chromiumAskedOrder(f *fetch, unsafe []string) []string {
	if len(unsafe) < 2 {
		return unsafe
	}
	ordered := chromiumRequestOrder(f.names, f.request.Initiator == "xhr", f.urls[0].IsTrustworthy())
	return slices.DeleteFunc(ordered, func(name string) bool { return !slices.Contains(unsafe, name) })
}

// isUnsafeRedirect reports the schemes to which Chromium's network layer
// follows no redirect, before CORS comes into it.
func isUnsafeRedirect(url whatwg.URL) bool {
	switch url.Scheme {
	case "about", "blob", "data", "file", "filesystem":
		return true
	}
	return false
}
