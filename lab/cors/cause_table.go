package cors

import (
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// causeRow is everything that the package knows about a cause.
type causeRow struct {
	cause   Cause
	stages  []Stage // where it can happen
	header  string  // the response header that decides; "" for none
	clause  clause  // the clause of the standard that decides
	summary string  // what happened, in a sentence
	full    bool    // the summary needs no found and expected values after it
	remedy  string  // how to fix it

	// The engines' wordings, as far as they depend only on the values in braces. The rest
	// is in chromium.go, firefox.go and webkit.go.
	chromium, firefox, webkit wording

	// What Wordings makes up failures with.
	sample     func(*fetch)   // what all failures with the cause have; nil if that is the usual
	variations []func(*fetch) // changes after which an engine may have other words
}

// byFetch makes a request fetch()'s, where Chromium has a longer line, or another one,
// for XMLHttpRequest.
func byFetch(f *fetch) { f.request.Initiator = ByFetch }

// wording is an engine's name for a failure and the reason in its console line. Both
// may be empty. Variable parts are in braces, such as {url}.
type wording struct{ name, reason string }

// filled returns the reason with a value for each hole. It computes only the values
// that the reason needs.
func (w wording) filled(value func(hole string) string) string {
	before, rest, found := strings.Cut(w.reason, "{")
	if !found {
		return w.reason
	}
	var text strings.Builder
	for found {
		hole, after, _ := strings.Cut(rest, "}")
		text.WriteString(before)
		text.WriteString(value(hole))
		before, rest, found = strings.Cut(after, "{")
	}
	text.WriteString(before)
	return text.String()
}

// causes is the table of all causes. It never changes.
var causes = [...]causeRow{
	{
		cause: RequestInvalid, stages: []Stage{StageRequest},
		clause:  clause{sectionRequest, ""},
		summary: "The request cannot be made: the script gets an exception, and nothing is sent.",
		remedy:  "Correct the request: a method and header names are tokens, values have no line breaks, and GET and HEAD have no body.",
	},
	{
		cause: MethodForbidden, stages: []Stage{StageRequest},
		clause:  clause{sectionForbiddenMethod, ""},
		summary: "A script must not use the methods CONNECT, TRACE and TRACK: it gets an exception, and nothing is sent.",
		remedy:  "Use another method.",
	},
	{
		cause: URLCredentials, stages: []Stage{StageRequest},
		clause:  clause{sectionRequest, "5.3"},
		summary: "The URL has a user name or a password in it, which fetch() refuses.",
		remedy:  "Take them out of the URL, and send an Authorization header instead.",
	},
	{
		cause: ModeNoCORS, stages: []Stage{StageRequest},
		clause:  clause{sectionRequest, "32.1"},
		summary: "Mode no-cors sends GET, HEAD and POST only, and always follows redirects.",
		remedy:  "Use mode cors, and have the server allow the request.",
		webkit:  wording{"", "No-Cors mode requires follow redirect mode"},
		sample:  func(f *fetch) { f.failure.name = "" }, // it is about the redirect mode
	},
	{
		cause: ModeSameOrigin, stages: []Stage{StageRequest, StageRedirect},
		clause:  clause{sectionMain, "12"},
		summary: "Mode same-origin allows the page's own origin only.",
		remedy:  "Use mode cors, or ask the page's own origin.",
		webkit:  wording{"", "Fetch API cannot load {url}."},
	},
	{
		cause: Scheme, stages: []Stage{StageRequest},
		clause:     clause{sectionMain, "12"},
		summary:    "The URL's scheme is neither http nor https.",
		remedy:     "Use an http: or https: URL; serve local files over HTTP.",
		sample:     byFetch,
		variations: []func(*fetch){func(f *fetch) { f.request.Initiator = ByXHR }},
	},
	{
		cause: StreamUnsupported, stages: []Stage{StageRequest},
		clause: clause{sectionRequest, "37.1"}, full: true,
		summary: "This browser does not send a ReadableStream as a request's body.",
		remedy:  "Send a string, a Blob or a FormData.",
	},
	{
		cause: StreamHTTP1, stages: []Stage{StageRequest},
		clause: clause{sectionNetwork, "8.3"}, full: true,
		summary:  "A ReadableStream is sent over HTTP/2 or HTTP/3 only, and this server speaks HTTP/1.1.",
		remedy:   "Serve over HTTPS with HTTP/2, or send a string, a Blob or a FormData.",
		chromium: wording{"net::ERR_ALPN_NEGOTIATION_FAILED", ""},
	},
	{
		cause: AllowOriginMissing, stages: []Stage{StagePreflight, StageResponse, StageRedirect},
		clause: clause{sectionCheck, "2"}, header: "Access-Control-Allow-Origin", full: true,
		summary:  "The answer has no Access-Control-Allow-Origin, so no foreign origin may read it.",
		remedy:   "Have the server send Access-Control-Allow-Origin with the page's origin, on every answer: errors, redirects and the answer to OPTIONS too.",
		chromium: wording{"MissingAllowOriginHeader", "No 'Access-Control-Allow-Origin' header is present on the requested resource."},
		firefox:  wording{"CORSMissingAllowOrigin2", "CORS header ‘Access-Control-Allow-Origin’ missing"},
		webkit:   wording{"", "Origin {origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}"},
	},
	{
		cause: AllowOriginMultiple, stages: []Stage{StagePreflight, StageResponse, StageRedirect},
		clause: clause{sectionCheck, "4"}, header: "Access-Control-Allow-Origin",
		summary:  "The answer has more than one value in Access-Control-Allow-Origin, which can name one origin only.",
		remedy:   "Send the header once, with one origin. To allow several, compare the request's Origin with a list and send back the one that matches, with Vary: Origin. If two layers add the header, take it out of one.",
		chromium: wording{"MultipleAllowOriginValues", "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.{advice}"},
		firefox:  wording{"CORSAllowOriginNotMatchingOrigin", "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’"},
		webkit:   wording{"", "Origin {origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}"},
		variations: []func(*fetch){
			func(f *fetch) { f.failure.value = "{value}," },
			func(f *fetch) { f.failure.value, f.failure.lines = "{value},", 2 },
		},
	},
	{
		cause: AllowOriginInvalid, stages: []Stage{StagePreflight, StageResponse, StageRedirect},
		clause: clause{sectionCheck, "4"}, header: "Access-Control-Allow-Origin",
		summary:  "The answer has something in Access-Control-Allow-Origin that is no origin.",
		remedy:   "Send the page's origin as the browser writes it: scheme, host and port, such as http://localhost:8080, with no quotes, no path and no pattern.",
		chromium: wording{"InvalidAllowOriginValue", "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.{advice}"},
		firefox:  wording{"CORSAllowOriginNotMatchingOrigin", "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’"},
		webkit:   wording{"", "Origin {origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}"},
	},
	{
		cause: AllowOriginMismatch, stages: []Stage{StagePreflight, StageResponse, StageRedirect},
		clause: clause{sectionCheck, "4"}, header: "Access-Control-Allow-Origin",
		summary:  "The answer names, in Access-Control-Allow-Origin, an origin other than the one that asks. The two are compared byte by byte.",
		remedy:   "Send exactly what the request's Origin header says: scheme, host and port, no slash at the end, lower case.",
		chromium: wording{"AllowOriginMismatch", "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin.{advice}"},
		firefox:  wording{"CORSAllowOriginNotMatchingOrigin", "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’"},
		webkit:   wording{"", "Origin {origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}"},
	},
	{
		cause: AllowOriginWildcard, stages: []Stage{StagePreflight, StageResponse, StageRedirect},
		clause: clause{sectionCheck, "4"}, header: "Access-Control-Allow-Origin", full: true,
		summary:  "The answer has * in Access-Control-Allow-Origin, and with credentials * allows nobody.",
		remedy:   "Name the page's origin instead of *, and send Access-Control-Allow-Credentials: true; or leave the credentials out of the request.",
		chromium: wording{"WildcardOriginNotAllowed", "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.{credentials}"},
		firefox:  wording{"CORSNotSupportingCredentials", "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’"},
		webkit:   wording{"", "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."},
		sample:   byFetch,
	},
	{
		cause: AllowCredentials, stages: []Stage{StagePreflight, StageResponse, StageRedirect},
		clause: clause{sectionCheck, "8"}, header: "Access-Control-Allow-Credentials",
		summary:  "The answer does not say exactly true in Access-Control-Allow-Credentials, and the request goes with credentials.",
		remedy:   "Send Access-Control-Allow-Credentials: true, in lower case and once; or leave the credentials out of the request.",
		chromium: wording{"InvalidAllowCredentials", "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'.{credentials}"},
		firefox:  wording{"CORSMissingAllowCredentials", "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’"},
		webkit:   wording{"", `Credentials flag is true, but Access-Control-Allow-Credentials is not "true".`},
		sample:   byFetch,
	},
	{
		cause: PreflightStatus, stages: []Stage{StagePreflight},
		clause:   clause{sectionPreflight, "7"},
		summary:  "The preflight was answered with a status that is not ok, so the request itself was never sent.",
		remedy:   "Answer OPTIONS with a status from 200 to 299, such as 204, and the CORS headers, before any check of who is signed in: a preflight never carries credentials.",
		chromium: wording{"PreflightInvalidStatus", "It does not have HTTP ok status."},
		firefox:  wording{"CORSPreflightDidNotSucceed3", "CORS preflight response did not succeed"},
		webkit:   wording{"", "Preflight response is not successful. Status code: {status}"},
	},
	{
		cause: PreflightRedirect, stages: []Stage{StagePreflight},
		clause:     clause{sectionPreflight, "7"},
		summary:    "The preflight was answered with a redirect, which a preflight does not follow.",
		remedy:     "Ask for the final URL: mind a missing or extra slash, http for https, and redirects to a sign-in page. Answer OPTIONS where it arrives.",
		chromium:   wording{"PreflightDisallowedRedirect", "Redirect is not allowed for a preflight request."},
		firefox:    wording{"CORSExternalRedirectNotAllowed", "CORS request external redirect not allowed"},
		webkit:     wording{"", "Preflight response is not successful. Status code: {status}"},
		variations: []func(*fetch){func(f *fetch) { f.request.Redirect = ManualRedirect }},
	},
	{
		cause: AllowMethodsInvalid, stages: []Stage{StagePreflight},
		clause: clause{sectionPreflight, "7.3"}, header: "Access-Control-Allow-Methods",
		summary:  "Access-Control-Allow-Methods is no list of methods: one bad element spoils the whole.",
		remedy:   "Separate the methods by commas, and put nothing else in: no quotes, no spaces within, no semicolons.",
		chromium: wording{"InvalidAllowMethodsPreflightResponse", "Cannot parse Access-Control-Allow-Methods response header field in preflight response."},
		firefox:  wording{"CORSInvalidAllowMethod", "invalid token ‘{name}’ in CORS header ‘Access-Control-Allow-Methods’"},
		webkit:   wording{"", "Header Access-Control-Allow-Methods has an invalid value: {value}"},
	},
	{
		cause: AllowHeadersInvalid, stages: []Stage{StagePreflight},
		clause: clause{sectionPreflight, "7.3"}, header: "Access-Control-Allow-Headers",
		summary:  "Access-Control-Allow-Headers is no list of header names: one bad element spoils the whole.",
		remedy:   "Separate the names by commas, and put nothing else in: no quotes, no spaces within, no semicolons.",
		chromium: wording{"InvalidAllowHeadersPreflightResponse", "Cannot parse Access-Control-Allow-Headers response header field in preflight response."},
		firefox:  wording{"CORSInvalidAllowHeader", "invalid token ‘{name}’ in CORS header ‘Access-Control-Allow-Headers’"},
		webkit:   wording{"", "Header Access-Control-Allow-Headers has an invalid value: {value}"},
	},
	{
		cause: MethodNotAllowed, stages: []Stage{StagePreflight},
		clause: clause{sectionPreflight, "7.5"}, header: "Access-Control-Allow-Methods",
		summary:  "Access-Control-Allow-Methods does not list the method, so the request itself was never sent.",
		remedy:   "Add the method to Access-Control-Allow-Methods in the answer to OPTIONS, spelled just the same: PATCH, not patch. * stands for every method, but only without credentials.",
		chromium: wording{"MethodDisallowedByPreflightResponse", "Method {name} is not allowed by Access-Control-Allow-Methods in preflight response."},
		firefox:  wording{"CORSMethodNotFound", "Did not find method in CORS header ‘Access-Control-Allow-Methods’"},
		webkit:   wording{"", "Method {name} is not allowed by Access-Control-Allow-Methods."},
		sample:   func(f *fetch) { f.failure.name = "{method}" },
	},
	{
		cause: HeaderNotAllowed, stages: []Stage{StagePreflight},
		clause: clause{sectionPreflight, "7.7"}, header: "Access-Control-Allow-Headers",
		summary:  "Access-Control-Allow-Headers does not list a header of the request, so the request itself was never sent.",
		remedy:   "Add the name to Access-Control-Allow-Headers in the answer to OPTIONS. * stands for every name but Authorization, and only without credentials. Or leave the header out of the request.",
		chromium: wording{"HeaderDisallowedByPreflightResponse", "Request header field {name} is not allowed by Access-Control-Allow-Headers in preflight response."},
		firefox:  wording{"CORSMissingAllowHeaderFromPreflight2", "header ‘{name}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response"},
		webkit:   wording{"", "Request header field {header} is not allowed by Access-Control-Allow-Headers."},
		sample:   func(f *fetch) { f.failure.name = "{header}" },
	},
	{
		cause: RedirectMode, stages: []Stage{StageRedirect},
		clause: clause{sectionHTTP, "6.3"}, full: true,
		summary:  "The server answered with a redirect, and the script said that it wants none (redirect: \"error\").",
		remedy:   "Ask for the final URL, or follow redirects.",
		chromium: wording{"net::ERR_FAILED", ""},
		webkit:   wording{"", "Not allowed to follow a redirection while loading {url}"},
	},
	{
		cause: RedirectLocation, stages: []Stage{StagePreflight, StageResponse, StageRedirect},
		clause: clause{sectionRedirect, "5"}, header: "Location",
		summary:    "The redirect's Location is not one valid URL.",
		remedy:     "Send Location once, with a URL that parses.",
		chromium:   wording{"net::ERR_INVALID_REDIRECT", ""},
		firefox:    wording{"CORSDidNotSucceed2", "CORS request did not succeed"},
		sample:     func(f *fetch) { f.failure.location = whatwg.URL{} }, // it can't be parsed
		variations: []func(*fetch){func(f *fetch) { f.failure.lines = 2 }},
	},
	{
		cause: RedirectScheme, stages: []Stage{StageRedirect},
		clause: clause{sectionRedirect, "6"}, header: "Location",
		summary:  "The redirect leads to something other than HTTP or HTTPS.",
		remedy:   "Redirect to an http: or https: URL.",
		chromium: wording{"CorsDisabledScheme", ""},
		firefox:  wording{"CORSDidNotSucceed2", "CORS request did not succeed"},
		variations: []func(*fetch){
			func(f *fetch) { f.request.Mode = NoCORSMode },
			func(f *fetch) { f.failure.location = whatwg.URL{Scheme: "{scheme}", Path: "//{location}"} },
			func(f *fetch) { f.failure.location = whatwg.URL{Scheme: "ftp", Host: "{location}"} },
			func(f *fetch) { f.failure.location.Scheme = "data" },
			func(f *fetch) { f.failure.location.Scheme, f.tainting = "file", taintedBasic },
		},
	},
	{
		cause: RedirectLimit, stages: []Stage{StageRedirect},
		clause: clause{sectionRedirect, "7"}, full: true,
		summary:  "There were more than 20 redirects, most likely in a circle.",
		remedy:   "Ask for the final URL, and find the redirect that leads back.",
		chromium: wording{"net::ERR_TOO_MANY_REDIRECTS", ""},
		firefox:  wording{"CORSDidNotSucceed2", "CORS request did not succeed"},
		webkit:   wording{"", "Load cannot follow more than 20 redirections"},
	},
	{
		cause: RedirectCredentials, stages: []Stage{StageRedirect},
		clause: clause{sectionRedirect, "10"}, header: "Location",
		summary:  "The redirect leads to a URL with a user name or a password, which a cross-origin request must not follow.",
		remedy:   "Redirect to a URL without them.",
		chromium: wording{"RedirectContainsCredentials", "Redirect location '' contains a username and password, which is disallowed for cross-origin requests."},
		firefox:  wording{"CORSDidNotSucceed2", "CORS request did not succeed"},
		webkit:   wording{"", "redirection URL {location} has credentials"},
	},
	{
		cause: RedirectStream, stages: []Stage{StageRedirect},
		clause: clause{sectionRedirect, "11"}, full: true,
		summary:  "The request's body was a stream, which cannot be sent a second time after a redirect.",
		remedy:   "Ask for the final URL, or send a body that can be read again. A 303, which drops the body, is followed.",
		chromium: wording{"net::ERR_INVALID_ARGUMENT", ""},
	},
	{
		cause: ResourcePolicy, stages: []Stage{StageResponse, StageRedirect},
		clause: clause{sectionResourceHeader, ""}, header: "Cross-Origin-Resource-Policy",
		summary:    "The answer's Cross-Origin-Resource-Policy keeps it from other pages, even unread.",
		remedy:     "Send Cross-Origin-Resource-Policy: cross-origin, or use mode cors, which does not look at it.",
		chromium:   wording{"net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin", ""},
		webkit:     wording{"", "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header."},
		variations: []func(*fetch){func(f *fetch) { f.failure.value = "same-site" }},
	},
	{
		cause: NoResponse, stages: []Stage{StageResponse},
		clause: clause{sectionNetwork, ""}, full: true,
		summary:    "The server could not be reached, or the connection ended without an answer. This is not CORS, although it looks the same to a script.",
		remedy:     "See that the server runs and listens at this address and port, and that it does not crash over the request.",
		chromium:   wording{"net::ERR_EMPTY_RESPONSE", ""},
		firefox:    wording{"CORSDidNotSucceed2", "CORS request did not succeed"},
		variations: []func(*fetch){func(f *fetch) { f.method = "PUT" }},
	},
}
