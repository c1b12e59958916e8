package cors

import (
	"strconv"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// firefoxWords is what Firefox says of the failure: the category of its
// console message, and the message.
func (f *fetch) firefoxWords() (name, parameter, console string) {
	name, reason := f.firefoxReason()
	if reason == "" {
		return name, "", ""
	}
	url := f.failure.url.WithFragment()
	if name == "CORSNotSupportingCredentials" {
		url = "‘" + url + "’"
	}
	line := "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at " + url + ". (Reason: " + reason + ")."
	switch name {
	case "CORSDidNotSucceed2":
		line += " Status code: (null)."
	case "CORSMissingAllowOrigin2", "CORSPreflightDidNotSucceed3":
		line += " Status code: " + strconv.Itoa(f.failure.status) + "."
	}
	return name, "", line
}

// firefoxReason is Firefox's key of the message and its part that says why.
func (f *fetch) firefoxReason() (key, reason string) {
	const header = "CORS header ‘Access-Control-Allow-"
	switch f.verdict.Cause {
	case AllowOriginMissing:
		return "CORSMissingAllowOrigin2", header + "Origin’ missing"
	case AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch:
		if f.failure.lines > 1 {
			return "CORSMultipleAllowOriginNotAllowed", "Multiple " + header + "Origin’ not allowed"
		}
		return "CORSAllowOriginNotMatchingOrigin", header + "Origin’ does not match ‘" + decoded(f.failure.value) + "’"
	case AllowOriginWildcard:
		return "CORSNotSupportingCredentials", "Credential is not supported if the " + header + "Origin’ is ‘*’"
	case AllowCredentials:
		return "CORSMissingAllowCredentials", "expected ‘true’ in " + header + "Credentials’"
	case PreflightStatus:
		return "CORSPreflightDidNotSucceed3", "CORS preflight response did not succeed"
	case PreflightRedirect:
		if f.request.Redirect != "follow" {
			return "CORSPreflightDidNotSucceed3", "CORS preflight response did not succeed"
		}
		return "CORSExternalRedirectNotAllowed", "CORS request external redirect not allowed"
	case AllowMethodsInvalid:
		return "CORSInvalidAllowMethod", "invalid token ‘" + decoded(f.failure.name) + "’ in " + header + "Methods’"
	case AllowHeadersInvalid:
		return "CORSInvalidAllowHeader", "invalid token ‘" + decoded(f.failure.name) + "’ in " + header + "Headers’"
	case MethodNotAllowed:
		return "CORSMethodNotFound", "Did not find method in " + header + "Methods’"
	case HeaderNotAllowed:
		return "CORSMissingAllowHeaderFromPreflight2", "header ‘" + f.failure.name + "’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response"
	case RedirectScheme:
		if hasForeignHost(f.failure.location) && f.request.Mode != "no-cors" {
			f.failure.url = f.failure.location
			return "CORSRequestNotHttp", "CORS request not http"
		}
		return f.firefoxFailed()
	case NoAnswer:
		// So Firefox takes a PUT that got no answer.
		if f.engine.response.takesEmptyPut && f.method == "PUT" && f.tainting == taintedCORS {
			return "CORSMultipleAllowOriginNotAllowed", "Multiple " + header + "Origin’ not allowed"
		}
		return f.firefoxFailed()
	case RedirectCredentials:
		return "CORSDidNotSucceed2", "CORS request did not succeed"
	case RedirectLocation, RedirectLimit:
		return f.firefoxFailed()
	}
	return "", ""
}

// firefoxFailed is what Firefox says of every other failure of a cross-origin
// request; of other requests it says nothing.
func (f *fetch) firefoxFailed() (key, reason string) {
	if f.tainting == taintedCORS {
		return "CORSDidNotSucceed2", "CORS request did not succeed"
	}
	return "", ""
}

// hasForeignHost reports a URL with a host under a scheme that is neither
// HTTP's nor WebSocket's.
func hasForeignHost(url whatwg.URL) bool {
	return url.Scheme == "ftp" || url.Scheme != "file" && strings.HasPrefix(url.Path, "//")
}

// decoded reads a header's bytes as UTF-8, as Firefox does to print them.
func decoded(value string) string {
	if isASCII(value) {
		return value
	}
	return string([]rune(string(IsomorphicEncode(value))))
}
