package cors

import "slices"

// Cause names, the same for every browser, why an exchange was blocked. The
// names are part of the scenario format and of `corslab explain`: more may be
// added, none is renamed.
type Cause string

// The causes, in the order in which an exchange meets them: before anything
// is sent, at the preflight, at a redirect, at the answer.
const (
	RequestInvalid      Cause = "request-invalid"       // Request constructor: body on GET, bad header name or value, …
	MethodForbidden     Cause = "method-forbidden"      // Request constructor: CONNECT, TRACE, TRACK
	URLCredentials      Cause = "url-credentials"       // Request constructor: user or password in the URL
	ModeNoCORS          Cause = "mode-no-cors"          // mode no-cors with a method or redirect mode that it excludes
	ModeSameOrigin      Cause = "mode-same-origin"      // main fetch: mode same-origin, URL of another origin
	Scheme              Cause = "scheme"                // main fetch: not an HTTP(S) scheme
	StreamUnsupported   Cause = "stream-unsupported"    // no ReadableStream bodies in this engine
	StreamHTTP1         Cause = "stream-http1"          // a ReadableStream body needs HTTP/2 or 3
	AllowOriginMissing  Cause = "allow-origin-missing"  // CORS check: no Access-Control-Allow-Origin
	AllowOriginMultiple Cause = "allow-origin-multiple" // CORS check: several values in Access-Control-Allow-Origin
	AllowOriginInvalid  Cause = "allow-origin-invalid"  // CORS check: a value that is no origin
	AllowOriginMismatch Cause = "allow-origin-mismatch" // CORS check: another origin
	AllowOriginWildcard Cause = "allow-origin-wildcard" // CORS check: * with credentials
	AllowCredentials    Cause = "allow-credentials"     // CORS check: Access-Control-Allow-Credentials is not true
	PreflightStatus     Cause = "preflight-status"      // CORS-preflight fetch: not an ok status
	PreflightRedirect   Cause = "preflight-redirect"    // CORS-preflight fetch: a redirect
	AllowMethodsInvalid Cause = "allow-methods-invalid" // CORS-preflight fetch: Access-Control-Allow-Methods does not parse
	AllowHeadersInvalid Cause = "allow-headers-invalid" // CORS-preflight fetch: Access-Control-Allow-Headers does not parse
	MethodNotAllowed    Cause = "method-not-allowed"    // CORS-preflight fetch: method not listed
	HeaderNotAllowed    Cause = "header-not-allowed"    // CORS-preflight fetch: header not listed
	RedirectMode        Cause = "redirect-mode"         // HTTP fetch: redirect mode error
	RedirectLocation    Cause = "redirect-location"     // HTTP-redirect fetch: Location does not parse
	RedirectScheme      Cause = "redirect-scheme"       // HTTP-redirect fetch: Location with another scheme
	RedirectLimit       Cause = "redirect-limit"        // HTTP-redirect fetch: the 21st redirect
	RedirectCredentials Cause = "redirect-credentials"  // HTTP-redirect fetch: user or password in Location
	RedirectStream      Cause = "redirect-stream"       // HTTP-redirect fetch: a ReadableStream cannot be sent twice
	ResourcePolicy      Cause = "resource-policy"       // cross-origin resource policy check
	NoAnswer            Cause = "no-answer"             // the connection ended without an answer
)

// Causes lists every [Cause].
func Causes() []Cause {
	return []Cause{
		RequestInvalid, MethodForbidden, URLCredentials, ModeNoCORS, ModeSameOrigin, Scheme,
		StreamUnsupported, StreamHTTP1,
		AllowOriginMissing, AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch,
		AllowOriginWildcard, AllowCredentials,
		PreflightStatus, PreflightRedirect, AllowMethodsInvalid, AllowHeadersInvalid,
		MethodNotAllowed, HeaderNotAllowed,
		RedirectMode, RedirectLocation, RedirectScheme, RedirectLimit, RedirectCredentials, RedirectStream,
		ResourcePolicy, NoAnswer,
	}
}

// Valid reports whether c is one of [Causes].
func (c Cause) Valid() bool { return slices.Contains(Causes(), c) }

// Stages lists where c can strike, in the order of [Stages].
func (c Cause) Stages() []Stage {
	switch c {
	case AllowOriginMissing, AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch, AllowOriginWildcard, AllowCredentials:
		return []Stage{StagePreflight, StageResponse, StageRedirect}
	case PreflightStatus, PreflightRedirect, AllowMethodsInvalid, AllowHeadersInvalid, MethodNotAllowed, HeaderNotAllowed:
		return []Stage{StagePreflight}
	case RedirectLocation:
		// Two engines look at Location before anything else, on other answers too.
		return []Stage{StagePreflight, StageResponse, StageRedirect}
	case RedirectMode, RedirectScheme, RedirectLimit, RedirectCredentials, RedirectStream:
		return []Stage{StageRedirect}
	case ResourcePolicy:
		return []Stage{StageResponse, StageRedirect}
	case ModeSameOrigin:
		return []Stage{StageRequest, StageRedirect}
	case NoAnswer:
		return []Stage{StageResponse}
	}
	return []Stage{StageRequest}
}

// Stage says at which part of an exchange a [Cause] struck.
type Stage string

// The stages of an exchange.
const (
	StageRequest   Stage = "request"   // before the request itself was sent
	StagePreflight Stage = "preflight" // at the answer to the preflight
	StageResponse  Stage = "response"  // at the answer to the request itself
	StageRedirect  Stage = "redirect"  // at an answer that redirects
)

// Stages lists every [Stage].
func Stages() []Stage {
	return []Stage{StageRequest, StagePreflight, StageResponse, StageRedirect}
}

// Valid reports whether s is one of [Stages].
func (s Stage) Valid() bool { return slices.Contains(Stages(), s) }
