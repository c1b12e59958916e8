package cors

import "time"

// differenceRow is everything that the package knows about a difference.
type differenceRow struct {
	name     string
	engines  []Engine
	clause   clause // the clause of the standard that the engines depart from
	sentence string
	issue    string // an issue of the engine or of the standard

	limits map[Engine]time.Duration // of ageLimited: what each engine chose
}

// differences is the table of all differences. It never changes.
var differences = [...]differenceRow{
	headersCombined: {
		name: "headers-combined", engines: []Engine{Chromium, Firefox, WebKit}, clause: clause{sectionUnsafeNames, "4.1"},
		sentence: "Repeated headers of fetch() are one header from the start, so their values are checked together.",
	},
	headersSorted: {
		name: "headers-sorted", engines: []Engine{WebKit}, clause: clause{sectionHeaders, "4"},
		sentence: "The headers of fetch() are sorted, with names in lower case.",
	},
	userAgentForbidden: {
		name: "user-agent-forbidden", engines: []Engine{Chromium}, clause: clause{sectionForbiddenHeader, "1"},
		sentence: "A script cannot set User-Agent: the browser drops it without a word.",
		issue:    "https://issues.chromium.org/issues/40450316",
	},
	clientHintsSafelisted: {
		name: "client-hints-safelisted", engines: []Engine{Chromium}, clause: clause{sectionSafelisted, "2"},
		sentence: "Client hints that a script sets, such as DPR or Save-Data, need no preflight if their values are valid.",
		issue:    "https://github.com/whatwg/fetch/issues/1383",
	},
	highBytesUnsafe: {
		name: "high-bytes-unsafe", engines: []Engine{Firefox}, clause: clause{sectionUnsafeByte, ""},
		sentence: "Bytes from 0x80 on count as CORS-unsafe.",
	},
	contentTypeCommaUnsafe: {
		name: "content-type-comma-unsafe", engines: []Engine{Firefox}, clause: clause{sectionSafelisted, "2"},
		sentence: "A Content-Type with a comma always needs a preflight.",
		issue:    "https://github.com/whatwg/fetch/issues/1269",
	},
	rangeSigned63: {
		name: "range-signed-63", engines: []Engine{Chromium}, clause: clause{sectionSafelisted, "2"},
		sentence: "A Range with a number from 2^63-1 on needs a preflight.",
	},
	rangeUnsigned64: {
		name: "range-unsigned-64", engines: []Engine{Firefox, WebKit}, clause: clause{sectionSafelisted, "2"},
		sentence: "A Range with a number from 2^64 on needs a preflight.",
	},
	rangePlusSign: {
		name: "range-plus-sign", engines: []Engine{WebKit}, clause: clause{sectionSafelisted, "2"},
		sentence: "Numbers in a safelisted Range may begin with a plus sign.",
	},
	rangeAnyCase: {
		name: "range-any-case", engines: []Engine{WebKit}, clause: clause{sectionSafelisted, "2"},
		sentence: "A safelisted Range may spell bytes= in any case.",
	},
	overrideQuotesIgnored: {
		name: "override-quotes-ignored", engines: []Engine{Firefox, WebKit}, clause: clause{sectionForbiddenHeader, "3.1"},
		sentence: "X-HTTP-Method-Override and its like are split at every comma, also within quotes.",
	},
	overrideFormFeedsTrimmed: {
		name: "override-form-feeds-trimmed", engines: []Engine{WebKit}, clause: clause{sectionForbiddenHeader, "3.1"},
		sentence: "Methods in X-HTTP-Method-Override and its like may be surrounded by vertical tabs and form feeds.",
	},
	aboutRefused: {
		name: "about-refused", engines: []Engine{Chromium, WebKit}, clause: clause{sectionScheme, "3"},
		sentence: "about:blank fails in mode no-cors, where the standard has an empty response.",
	},
	originDespitePolicy: {
		name: "origin-despite-policy", engines: []Engine{Chromium}, clause: clause{sectionOriginHeader, "4.1"},
		sentence: "A fetch() to another origin without CORS keeps its Origin, whatever the referrer policy.",
	},
	listenerNeedsBody: {
		name: "listener-needs-body", engines: []Engine{Chromium}, clause: clause{sectionSend, "6"},
		sentence: "An upload listener forces a preflight only for a request with a body.",
	},
	streamsBuffered: {
		name: "streams-buffered", engines: []Engine{Firefox}, clause: clause{sectionRequest, "39"},
		sentence: "A ReadableStream is not a stream on the wire: it is sent as any other body.",
		issue:    "https://bugzilla.mozilla.org/show_bug.cgi?id=1387483",
	},
	streamsRefused: {
		name: "streams-refused", engines: []Engine{WebKit}, clause: clause{sectionRequest, "37.1"},
		sentence: "A ReadableStream cannot be the body of a request.",
		issue:    "https://bugs.webkit.org/show_bug.cgi?id=319667",
	},
	streamsOverHTTP2Only: {
		name: "streams-over-http2-only", engines: []Engine{Chromium}, clause: clause{sectionNetwork, "8.3"},
		sentence: "A URL without TLS gets HTTP/1.1, which carries no stream. The judge assumes for the standard that the connection carries it.",
	},
	streamsLeaveSameOrigin: {
		name: "streams-leave-same-origin", engines: []Engine{Chromium}, clause: clause{sectionMain, "12"},
		sentence: "Mode same-origin does not stop a request with a stream from going to another origin.",
	},
	preflightRedirectFirst: {
		name: "preflight-redirect-first", engines: []Engine{Chromium}, clause: clause{sectionPreflight, "7"},
		sentence: "A redirect of the preflight fails before its CORS check.",
	},
	preflightStatusFirst: {
		name: "preflight-status-first", engines: []Engine{WebKit}, clause: clause{sectionPreflight, "7"},
		sentence: "The status of the preflight's response, a redirect's too, is looked at before its CORS check.",
	},
	methodBeforeHeaderList: {
		name: "method-before-header-list", engines: []Engine{Firefox}, clause: clause{sectionPreflight, "7.3"},
		sentence: "The method is checked before Access-Control-Allow-Headers is parsed.",
	},
	authorizationUnderWildcard: {
		name: "authorization-under-wildcard", engines: []Engine{Chromium, Firefox, WebKit}, clause: clause{sectionPreflight, "7.6"},
		sentence: "The wildcard in Access-Control-Allow-Headers covers Authorization too.",
		issue:    "https://github.com/whatwg/fetch/issues/1919",
	},
	headersByHash: {
		name: "headers-by-hash", engines: []Engine{Chromium}, clause: clause{sectionPreflight, "7.7"},
		sentence: "The console names the refused header that comes first in a hash table.",
	},
	knownHeadersFirst: {
		name: "known-headers-first", engines: []Engine{WebKit}, clause: clause{sectionPreflight, "7.7"},
		sentence: "The console names a refused header that the engine knows by name before any other.",
	},
	forcedMethodListed: {
		name: "forced-method-listed", engines: []Engine{Chromium, Firefox, WebKit}, clause: clause{sectionPreflight, "7.4"},
		sentence: "The method of a preflight that an upload listener or a stream forces must be listed too.",
	},
	preflightKeepsOrigin: {
		name: "preflight-keeps-origin", engines: []Engine{Firefox}, clause: clause{sectionOriginOf, "2"},
		sentence: "A preflight carries the page's origin where the request that it is for carries null.",
	},
	ownPreflightTrusted: {
		name: "own-preflight-trusted", engines: []Engine{Firefox}, clause: clause{sectionPreflight, "7"},
		sentence: "A preflight's response from the page's own origin needs no CORS check.",
	},
	preflightSticky: {
		name: "preflight-sticky", engines: []Engine{Firefox, WebKit}, clause: clause{sectionMain, "12"},
		sentence: "Once a request took a preflight, it takes one at every cross-origin redirect.",
	},
	originalNamesAsked: {
		name: "original-names-asked", engines: []Engine{Firefox}, clause: clause{sectionPreflight, "4"},
		sentence: "After a redirect, a preflight asks for the headers of the original request.",
	},
	ageLimited: {
		name: "age-limited", engines: []Engine{Chromium, Firefox, WebKit}, clause: clause{sectionPreflight, "7.10"},
		sentence: "A preflight's response is remembered for at most 2 hours in Chromium, 24 hours in Firefox and 10 minutes in WebKit. The standard lets each engine choose.",
		limits:   map[Engine]time.Duration{Chromium: 2 * time.Hour, Firefox: 24 * time.Hour, WebKit: 10 * time.Minute},
	},
	newestOnly: {
		name: "newest-only", engines: []Engine{Chromium, WebKit}, clause: clause{sectionPreflight, "7.12"},
		sentence: "Only the newest preflight's response of each URL is remembered.",
	},
	credentialsApart: {
		name: "credentials-apart", engines: []Engine{Firefox}, clause: clause{sectionCache, ""},
		sentence: "A preflight for a request with credentials covers no request without them.",
	},
	cacheSurvivesFailure: {
		name: "cache-survives-failure", engines: []Engine{Chromium, WebKit}, clause: clause{sectionMain, "12"},
		sentence: "A blocked request does not clear what was remembered for its URL.",
	},
	negativeAgeZero: {
		name: "negative-age-zero", engines: []Engine{Chromium, WebKit}, clause: clause{sectionPreflight, "7.9"},
		sentence: "A negative Access-Control-Max-Age means zero, not the default of 5 seconds.",
	},
	unreadableAgeZero: {
		name: "unreadable-age-zero", engines: []Engine{Firefox}, clause: clause{sectionPreflight, "7.9"},
		sentence: "An Access-Control-Max-Age that is not a number, or a negative one, means zero, not the default of 5 seconds.",
	},
	locationFirst: {
		name: "location-first", engines: []Engine{Chromium, Firefox}, clause: clause{sectionRedirect, "5"},
		sentence: "A Location that cannot be followed ends the request before the CORS check of the redirect.",
	},
	localSchemesFirst: {
		name: "local-schemes-first", engines: []Engine{Firefox}, clause: clause{sectionRedirect, "6"},
		sentence: "A redirect to blob:, data:, file:, javascript:, ws: or wss: fails before its CORS check.",
	},
	ftpFirst: {
		name: "ftp-first", engines: []Engine{WebKit}, clause: clause{sectionRedirect, "6"},
		sentence: "A redirect to ftp: fails before its CORS check.",
	},
	locationOnlyFollowed: {
		name: "location-only-followed", engines: []Engine{Firefox}, clause: clause{sectionRedirect, "5"},
		sentence: "A Location that cannot be followed ends the request early only in redirect mode follow.",
	},
	modeBeforeScheme: {
		name: "mode-before-scheme", engines: []Engine{Chromium, Firefox, WebKit}, clause: clause{sectionRedirect, "6"},
		sentence: "A redirect to another scheme in mode same-origin fails because of the mode, not because of the scheme.",
	},
	unsafeBeforeMode: {
		name: "unsafe-before-mode", engines: []Engine{Chromium}, clause: clause{sectionRedirect, "6"},
		sentence: "A redirect to about:, blob:, data:, file: or filesystem: always fails because of the scheme.",
	},
	filesBeforeMode: {
		name: "files-before-mode", engines: []Engine{WebKit}, clause: clause{sectionRedirect, "6"},
		sentence: "A redirect to blob: or file: always fails because of the scheme.",
	},
	urlBeforeErrorMode: {
		name: "url-before-error-mode", engines: []Engine{Chromium}, clause: clause{sectionHTTP, "6.3"},
		sentence: "In redirect mode error, the URL that a redirect leads to is checked before the mode.",
	},
	otherStatusesRedirect: {
		name: "other-statuses-redirect", engines: []Engine{WebKit}, clause: clause{sectionRedirectStatus, ""},
		sentence: "Statuses from 301 on other than 304, 305 and 306 redirect too, if there is a Location.",
	},
	locationEscaped: {
		name: "location-escaped", engines: []Engine{Firefox}, clause: clause{sectionLocation, "3"},
		sentence: "Control characters in Location are percent-encoded, not taken away.",
	},
	emptyLocationSkipped: {
		name: "empty-location-skipped", engines: []Engine{Chromium}, clause: clause{sectionLocation, "2"},
		sentence: "An empty Location counts as none.",
		issue:    "https://github.com/whatwg/fetch/issues/669",
	},
	locationsMerged: {
		name: "locations-merged", engines: []Engine{Chromium, Firefox}, clause: clause{sectionLocation, "2"},
		sentence: "Several Location headers with one and the same value count as one.",
		issue:    "https://github.com/whatwg/fetch/issues/1720",
	},
	locationsJoined: {
		name: "locations-joined", engines: []Engine{WebKit}, clause: clause{sectionLocation, "2"},
		sentence: "Several Location headers make one URL, with a comma and a space between them.",
		issue:    "https://github.com/whatwg/fetch/issues/1720",
	},
	emptyLocationFails: {
		name: "empty-location-fails", engines: []Engine{WebKit}, clause: clause{sectionLocation, "3"},
		sentence: "An empty Location is not the URL of the response but a failure.",
		issue:    "https://github.com/whatwg/fetch/issues/669",
	},
	preflightBeforeCredentials: {
		name: "preflight-before-credentials", engines: []Engine{WebKit}, clause: clause{sectionRedirect, "9"},
		sentence: "A redirect away from the page's origin is checked for a user name and a password only after the preflight.",
	},
	urlCredentialsRefused: {
		name: "url-credentials-refused", engines: []Engine{Chromium}, clause: clause{sectionRedirect, "10"},
		sentence: "fetch() follows no redirect to a URL with a user name or a password, not even within the page's origin or in mode no-cors.",
		issue:    "https://github.com/whatwg/fetch/issues/660",
	},
	urlCredentialsDropped: {
		name: "url-credentials-dropped", engines: []Engine{Chromium, WebKit}, clause: clause{sectionLocation, "3"},
		sentence: "A relative Location does not inherit the user name and the password of the URL.",
	},
	redirectCheckedAgain: {
		name: "redirect-checked-again", engines: []Engine{WebKit}, clause: clause{sectionHTTP, "4.4"},
		sentence: "A request that began at the page's own origin needs permission for credentials on every later cross-origin redirect.",
		issue:    "https://bugs.webkit.org/show_bug.cgi?id=276364",
	},
	redirectKeepsOrigin: {
		name: "redirect-keeps-origin", engines: []Engine{WebKit}, clause: clause{sectionOriginHeader, "4"},
		sentence: "A request with an Origin header keeps it on redirects within an origin, even as GET.",
	},
	redirectKeepsHeaders: {
		name: "redirect-keeps-headers", engines: []Engine{WebKit}, clause: clause{sectionRedirect, "12.2"},
		sentence: "A redirect takes no header away, neither those of the body nor Authorization.",
	},
	redirectDropsHints: {
		name: "redirect-drops-hints", engines: []Engine{Chromium}, clause: clause{sectionRedirect, "13"},
		sentence: "A redirect to an origin other than the page's takes client hints away.",
	},
	redirectLosesOrigin: {
		name: "redirect-loses-origin", engines: []Engine{Chromium}, clause: clause{sectionOriginHeader, "4"},
		sentence: "In mode no-cors, the Origin header is null after a redirect to another origin.",
	},
	deleteBecomesGet: {
		name: "delete-becomes-get", engines: []Engine{WebKit}, clause: clause{sectionRedirect, "12"},
		sentence: "A redirect to another origin turns DELETE into GET.",
	},
	addressesApart: {
		name: "addresses-apart", engines: []Engine{Chromium}, clause: clause{sectionResource, "3"},
		sentence: "An IP address is same-site with nothing, not even with itself.",
	},
	sandboxKeepsSite: {
		name: "sandbox-keeps-site", engines: []Engine{Chromium}, clause: clause{sectionResource, "3"},
		sentence: "A sandboxed page counts as part of the site that it came from.",
	},
	emptyLinesIgnored: {
		name: "empty-lines-ignored", engines: []Engine{Firefox}, clause: clause{sectionGet, "2"},
		sentence: "Empty lines are ignored if a header has several lines.",
	},
	proxyStatusRefused: {
		name: "proxy-status-refused", engines: []Engine{Chromium}, clause: clause{sectionNetworkOrCache, "16"},
		sentence: "Status 407 is taken from a proxy only: from a server it counts as no response.",
	},
	wildcardBeforeBadName: {
		name: "wildcard-before-bad-name", engines: []Engine{Firefox}, clause: clause{sectionMain, "14.1.1"},
		sentence: "For fetch(), the wildcard in Access-Control-Expose-Headers counts even if a bad element follows.",
	},
	emptyPutTaken: {
		name: "empty-put-taken", engines: []Engine{Firefox}, clause: clause{sectionHTTP, "4.3"},
		sentence: "An XMLHttpRequest PUT that gets no response counts as answered with nothing, within the page's origin.",
	},
}
