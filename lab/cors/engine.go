package cors

import "slices"

// Engine is whose behaviour is predicted.
type Engine string

// The engines: the Fetch standard as it is written, and three browsers'.
const (
	Standard Engine = "standard"
	Chromium Engine = "chromium"
	Firefox  Engine = "firefox"
	WebKit   Engine = "webkit"
)

// Engines lists every [Engine].
func Engines() []Engine { return []Engine{Standard, Chromium, Firefox, WebKit} }

// Valid reports whether e is one of [Engines].
func (e Engine) Valid() bool { return slices.Contains(Engines(), e) }

// differences are the points in which engines leave the standard, or in which
// it leaves them a choice; the zero values are the standard's.
type differences struct {
	clientHints            bool                     // valid client hints that a script set count as safelisted
	combinesHeaders        bool                     // repeated headers of fetch() are one from the start, as of a Headers object
	listenerNeedsBody      bool                     // an upload listener without a body forces no preflight
	untaintedPreflight     bool                     // the preflight keeps the page's origin where the request's is "null"
	forcedMethodNeedsLeave bool                     // step 7.4 of CORS-preflight fetch is left out
	trustsOwnOrigin        bool                     // a preflight that a redirect leads to the page's own origin needs no CORS check
	keepsOrigin            bool                     // a request that had an Origin header keeps it over redirects
	keepsHeaders           bool                     // redirects drop no headers
	sortsHeaders           bool                     // the headers of fetch() are sorted, with names in lower case
	highBytesUnsafe        bool                     // bytes from 0x80 on are CORS-unsafe
	strictContentType      bool                     // a comma in Content-Type is CORS-unsafe
	preflightsFirst        bool                     // where a redirect leaves the page's origin, its URL is checked for credentials after the preflight
	stickyPreflight        bool                     // once it took a preflight, a fetch takes one at every redirect
	asksStickyNames        bool                     // and then asks for what Firefox remembers of the original request
	joinsLocations         bool                     // several Location lines make one URL, and an empty one ends the fetch
	keepsCredentials       bool                     // a redirect away from the page's origin still counts as with same-origin credentials
	anyCaseRange           bool                     // Range may spell bytes in any case
	deleteBecomesGet       bool                     // a redirect to another origin turns DELETE into GET
	checksLocationFirst    bool                     // a Location that leads nowhere ends an answer before its CORS check
	skipsEmptyLocation     bool                     // an empty Location is none, and a redirect status without one is like any other
	refusedFirst           func(scheme string) bool // and so does one with such a scheme, if redirects are followed
	checksURLBeforeMode    bool                     // credentials in a redirect's URL come before redirect mode error
	opaqueKeepsSite        bool                     // a sandboxed page is of the site from which it came
	refusesURLCredentials  bool                     // fetch() refuses a redirect to a URL with credentials, be it same-origin
	dropsURLCredentials    bool                     // relative Locations do not inherit the URL's credentials
	takesEmptyPut          bool                     // a PUT that gets no answer counts as answered with nothing
	exposesUntilBad        bool                     // to fetch(), a * in Access-Control-Expose-Headers counts although a bad element follows
	shortRange             bool                     // numbers in Range beyond 63 bits are CORS-unsafe
	dropsUserAgent         bool                     // a script cannot set User-Agent
	dropsHints             bool                     // redirects to other origins than the page's drop client hints
	streams                streams

	preflightChecks []preflightCheck
	askedOrder      func(f *fetch, unsafe []string) []string // in which refused headers are found
	words           func(f *fetch) (name, parameter, console string)
}

// streams is what becomes of a ReadableStream as body.
type streams int

const (
	streamsSent     streams = iota // it is sent, as the standard says
	streamsHTTP2                   // it needs HTTP/2, so it fails over plain HTTP
	streamsRefused                 // it is not sent
	streamsBuffered                // it is sent as any other body
)

// differencesOf is the table of what the engines do differently.
func differencesOf(engine Engine) differences {
	switch engine {
	case Chromium:
		return differences{
			clientHints: true, combinesHeaders: true, listenerNeedsBody: true, forcedMethodNeedsLeave: true, streams: streamsHTTP2,
			checksLocationFirst: true, skipsEmptyLocation: true, refusesURLCredentials: true, checksURLBeforeMode: true, opaqueKeepsSite: true, dropsURLCredentials: true,
			shortRange: true, dropsUserAgent: true, dropsHints: true,
			preflightChecks: []preflightCheck{
				checkNoRedirect, checkShared, checkStatus, checkMethodList, checkHeaderList, checkMethod, checkHeaders,
			},
			askedOrder: chromiumAskedOrder,
			words:      (*fetch).chromiumWords,
		}
	case Firefox:
		return differences{
			combinesHeaders: true, untaintedPreflight: true, takesEmptyPut: true, trustsOwnOrigin: true, highBytesUnsafe: true, strictContentType: true,
			stickyPreflight: true, asksStickyNames: true, exposesUntilBad: true, shortRange: true, checksLocationFirst: true, refusedFirst: isLocalScheme, streams: streamsBuffered, forcedMethodNeedsLeave: true,
			preflightChecks: []preflightCheck{
				checkShared, checkNoRedirect, checkStatus, checkMethodList, checkMethod, checkHeaderList, checkHeaders,
			},
			askedOrder: sortedNames,
			words:      (*fetch).firefoxWords,
		}
	case WebKit:
		return differences{
			combinesHeaders: true, keepsOrigin: true, keepsHeaders: true, sortsHeaders: true, preflightsFirst: true, stickyPreflight: true, refusedFirst: isFTP, joinsLocations: true, keepsCredentials: true,
			shortRange: true, anyCaseRange: true, deleteBecomesGet: true, dropsURLCredentials: true, streams: streamsRefused, forcedMethodNeedsLeave: true,
			preflightChecks: []preflightCheck{
				checkNoRedirect, checkStatus, checkShared, checkMethodList, checkHeaderList, checkMethod, checkHeaders,
			},
			askedOrder: webkitOrder,
			words:      (*fetch).webkitWords,
		}
	}
	return differences{
		preflightChecks: []preflightCheck{
			checkShared, checkNoRedirect, checkStatus, checkMethodList, checkHeaderList, checkMethod, checkNonWildcard, checkHeaders,
		},
		askedOrder: sortedNames,
		words:      func(*fetch) (name, parameter, console string) { return "", "", "" },
	}
}

// sortedNames keeps the order of Access-Control-Request-Headers.
func sortedNames(_ *fetch, unsafe []string) []string { return unsafe }
