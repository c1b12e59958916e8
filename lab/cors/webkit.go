package cors

import (
	"slices"
	"strconv"
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// webkitWords is how WebKit reports the failure. It has no names for failures.
func (f *fetch) webkitWords() (name, parameter, console string) {
	reason := f.webkitReason()
	switch {
	case f.verdict.Stage != StageRedirect:
	case reason == "":
	case f.verdict.Cause.isCORSCheck(), f.verdict.Cause == RedirectCredentials, f.verdict.Cause == ResourcePolicy, f.isForeignRedirect():
		reason = "Cross-origin redirection to " + f.webkitLocation() + " denied by Cross-Origin Resource Sharing policy: " + reason
	}
	return "", "", reason
}

// isForeignRedirect reports whether a redirect leads to a URL that CORS can't use.
func (f *fetch) isForeignRedirect() bool {
	return (f.verdict.Cause == RedirectScheme || f.verdict.Cause == RedirectLocation) && f.webkitRedirectReason() == webkitNonCORS
}

// webkitLocation is a redirect's URL as WebKit prints it. It prints a Location that
// can't be parsed unchanged.
func (f *fetch) webkitLocation() string {
	if f.failure.location == (whatwg.URL{}) {
		return f.failure.raw
	}
	return f.failure.location.WithoutCredentials().WithFragment()
}

// webkitReason is the wording of the cause, unless something else about the failure
// makes WebKit choose another one.
func (f *fetch) webkitReason() string {
	cause := f.verdict.Cause
	if cause.Header() == "Access-Control-Allow-Origin" && strings.Contains(f.failure.value, ",") {
		return "Access-Control-Allow-Origin cannot contain more than one origin."
	}
	switch cause {
	case RedirectScheme, RedirectLocation:
		return f.webkitRedirectReason()
	case ModeNoCORS:
		if f.failure.name != "" {
			return ""
		}
	case ModeSameOrigin:
		if f.verdict.Stage == StageRedirect {
			return f.webkitUnsafeAttempt()
		}
	case Scheme:
		if f.verdict.Stage == StageRedirect {
			return f.webkitUnsafeAttempt()
		}
		return f.webkitForeignScheme()
	}
	return cause.row().webkit.filled(f.webkitValue)
}

// webkitValue returns the value for a hole of a reason.
func (f *fetch) webkitValue(hole string) string {
	switch hole {
	case "origin":
		return f.serializedOrigin()
	case "status":
		return strconv.Itoa(f.failure.status)
	case "value":
		return reencoded(f.failure.value)
	case "header":
		return f.webkitHeaderName()
	case "url":
		return f.failure.url.WithFragment()
	case "location":
		return f.failure.location.String()
	}
	return f.failure.name
}

func (f *fetch) webkitUnsafeAttempt() string {
	return "Unsafe attempt to load URL " + f.failure.url.WithFragment() + " from origin " + f.exchange.Origin + ". Domains, protocols and ports must match."
}

// webkitForeignScheme is WebKit's line if the script itself requests a URL that isn't
// HTTP(S).
func (f *fetch) webkitForeignScheme() string {
	switch scheme := f.failure.url.Scheme; {
	case f.request.Mode != NoCORSMode:
		return "Cross origin requests are only supported for HTTP."
	case scheme == "blob" || scheme == "file":
		return "Not allowed to load local resource: " + f.failure.url.WithFragment()
	case scheme == "ftp":
		return "FTP URLs are disabled"
	}
	return ""
}

// webkitNonCORS is what WebKit prints about a redirect to a URL that CORS can't use.
const webkitNonCORS = "not allowed to follow a cross-origin CORS redirection with non CORS scheme"

func (f *fetch) webkitRedirectReason() string {
	url := f.failure.location
	switch {
	case url.Scheme == "ftp":
		return "FTP URLs are disabled"
	case url == (whatwg.URL{}) && (f.tainting != taintedCORS || f.failure.raw == ""):
		return ""
	case f.tainting != taintedCORS && (url.Scheme == "blob" || url.Scheme == "file"):
		return "Not allowed to load local resource: " + url.WithFragment()
	case f.request.Mode == NoCORSMode:
		return "Redirection to URL with a scheme that is not HTTP(S)."
	}
	return webkitNonCORS
}

// reencoded is a header's value as WebKit prints it: read as UTF-8, with each byte
// shown as a character.
func reencoded(value string) string {
	if isASCII(value) {
		return value
	}
	var text []rune
	for _, b := range []byte(decoded(value)) {
		text = append(text, rune(b))
	}
	return string(text)
}

// webkitHeaderName is the refused header as WebKit prints it: in its own spelling if it
// knows the name, otherwise as in the request.
func (f *fetch) webkitHeaderName() string {
	if known := webkitKnownHeader(f.failure.name); known != "" {
		return known
	}
	for _, header := range f.headers {
		if strings.EqualFold(header[0], f.failure.name) {
			return header[0]
		}
	}
	return f.failure.name
}

// knownFirst is the order in which knownHeadersFirst checks the headers.
func (f *fetch) knownFirst(unsafe []string) []string {
	var known, others []string
	for _, header := range f.headers {
		name := strings.ToLower(header[0])
		switch {
		case !slices.Contains(unsafe, name):
		case webkitKnownHeader(name) != "":
			known = append(known, name)
		default:
			others = append(others, name)
		}
	}
	return append(known, others...)
}

// webkitKnownHeader returns WebKit's own spelling of a header that it knows and that a
// script can set, or "" for others.
func webkitKnownHeader(name string) string {
	for _, known := range [...]string{
		"Accept", "Accept-Language", "Accept-Ranges",
		"Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
		"Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
		"Age", "Authorization", "Cache-Control", "Clear-Site-Data",
		"Content-Disposition", "Content-Encoding", "Content-Language", "Content-Location", "Content-Range",
		"Content-Security-Policy", "Content-Security-Policy-Report-Only", "Content-Type",
		"Cross-Origin-Embedder-Policy", "Cross-Origin-Embedder-Policy-Report-Only",
		"Cross-Origin-Opener-Policy", "Cross-Origin-Opener-Policy-Report-Only", "Cross-Origin-Resource-Policy",
		"Default-Style", "ETag", "Expires", "Icy-MetaInt", "Icy-Metadata",
		"If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since",
		"Integrity-Policy", "Integrity-Policy-Report-Only", "Last-Event-ID", "Last-Modified", "Link", "Location",
		"Ping-From", "Ping-To", "Pragma", "Range", "Referrer-Policy", "Refresh", "Report-To",
		"Reporting-Endpoints", "Server-Timing",
		"Service-Worker", "Service-Worker-Allowed", "Service-Worker-Navigation-Preload", "SourceMap",
		"Timing-Allow-Origin", "Upgrade-Insecure-Requests", "User-Agent", "Vary",
		"X-Content-Type-Options", "X-Frame-Options", "X-SourceMap", "X-Temp-Tablet", "X-XSS-Protection",
	} {
		if strings.EqualFold(known, name) {
			return known
		}
	}
	return ""
}
