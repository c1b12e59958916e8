package cors

import (
	"math"
	"time"

	"corslab/lab/cors/internal/whatwg"
)

// differences are the points in which an engine leaves the standard, or in
// which the standard leaves it a choice. Where a name says what is done
// otherwise, the zero value is the standard's.
type differences struct {
	request   requestDifferences
	preflight preflightDifferences
	cache     cacheDifferences
	redirect  redirectDifferences
	response  responseDifferences
	words     func(f *fetch) (name, parameter, console string) // what it says of a failure
}

// requestDifferences are in how a request comes of what the script asks for.
type requestDifferences struct {
	combinesHeaders   bool                        // repeated headers of fetch() are one from the start, as of a Headers object
	sortsHeaders      bool                        // the headers of fetch() are sorted, with names in lower case
	dropsUserAgent    bool                        // a script cannot set User-Agent
	clientHints       bool                        // valid client hints that a script set count as safelisted
	highBytesUnsafe   bool                        // bytes from 0x80 on are CORS-unsafe
	strictContentType bool                        // a comma in Content-Type is CORS-unsafe
	longestRange      uint64                      // larger numbers in Range are CORS-unsafe; 0 for no limit
	signedRange       bool                        // numbers in Range may begin with +
	splitMethods      func(value string) []string // at what X-HTTP-Method-Override and its like are split
	refusesAbout      bool                        // about:blank is no answer in mode no-cors
	anyCaseRange      bool                        // Range may spell bytes in any case
	listenerNeedsBody bool                        // an upload listener without a body forces no preflight
	streams           streams
	streamsAnywhere   bool // mode same-origin does not stop a stream from going elsewhere
}

// streams is what becomes of a ReadableStream as body.
type streams int

const (
	streamsSent     streams = iota // it is sent, as if the connection could take it
	streamsHTTP2                   // it needs HTTP/2, so it fails over plain HTTP
	streamsRefused                 // it is not sent
	streamsBuffered                // it is sent as any other body
)

// preflightDifferences are in preflights and in what is made of their answers.
type preflightDifferences struct {
	checks           []preflightCheck                         // of an answer, in order
	askedOrder       func(f *fetch, unsafe []string) []string // in which refused headers are found
	forcedNeedsLeave bool                                     // the method of a forced preflight has to be listed too
	keepsOrigin      bool                                     // it carries the page's origin where the request's is "null"
	trustsOwnOrigin  bool                                     // at the page's own origin its answer needs no CORS check
	sticky           bool                                     // once it took a preflight, a fetch takes one at every redirect
	asksStickyNames  bool                                     // and asks for the headers of the original request
}

// cacheDifferences are in what is remembered of preflights.
type cacheDifferences struct {
	longest           time.Duration // for which an answer is remembered, whatever it says; 0 for no limit
	newestOnly        bool          // of a URL only the newest answer is remembered
	splitsCredentials bool          // answers with credentials serve no requests without them
	keepsAfterFailure bool          // a blocked request does not clear what was remembered
	negativeIsNone    bool          // a negative Access-Control-Max-Age lets nothing be remembered
	unreadableIsNone  bool          // nor does one that is no number
}

// redirectDifferences are in how redirects are followed.
type redirectDifferences struct {
	checksLocationFirst   bool                      // a Location that leads nowhere ends an answer before its CORS check
	refusedFirst          func(scheme string) bool  // and so does one with such a scheme
	looksWhenFollowing    bool                      // and both only where redirects are followed
	modeBeforeScheme      func(url whatwg.URL) bool // to such URLs, mode same-origin ends a redirect before their scheme does
	checksURLBeforeMode   bool                      // its URL is looked at before redirect mode error
	followsOtherStatuses  bool                      // most other statuses from 301 on redirect too, where there is a Location
	escapesLocation       bool                      // controls in Location are percent-encoded, not taken away
	skipsEmptyLocation    bool                      // an empty Location is none, and without one a redirect status is like any other
	mergesLocations       bool                      // equal Locations in a row are one
	joinsLocations        bool                      // several Locations make one URL
	endsAtEmptyLocation   bool                      // an empty Location ends the fetch
	preflightsFirst       bool                      // away from the page's origin, credentials in its URL are found after the preflight
	refusesURLCredentials bool                      // fetch() follows to no URL with credentials, be it same-origin
	dropsURLCredentials   bool                      // relative Locations do not inherit the URL's credentials
	keepsCredentials      bool                      // credentials of the page's own origin are still expected to be allowed elsewhere
	keepsOrigin           bool                      // within an origin, a request that had an Origin header keeps it
	keepsHeaders          bool                      // no header is taken away
	dropsHints            bool                      // client hints are taken away at other origins than the page's
	losesOrigin           bool                      // in mode no-cors, to another origin, the Origin header becomes "null"
	deleteBecomesGet      bool                      // to another origin, DELETE becomes GET
}

// responseDifferences are in what is made of an answer.
type responseDifferences struct {
	addressesApart   bool // IP addresses are same-site with nothing, themselves included
	opaqueKeepsSite  bool // a sandboxed page is of the site from which it came
	mergesNonEmpty   bool // of a header's lines the empty ones do not count
	refusesProxyAuth bool // status 407 comes from proxies only: from a server it is no answer
	exposesUntilBad  bool // to fetch(), * in Access-Control-Expose-Headers counts although a bad element follows
	takesEmptyPut    bool // a PUT that gets no answer counts as answered with nothing
}

// differencesOf is the table of what the engines do differently.
func differencesOf(engine Engine) differences {
	switch engine {
	case Chromium:
		return chromiumDifferences()
	case Firefox:
		return firefoxDifferences()
	case WebKit:
		return webkitDifferences()
	}
	return differences{
		preflight: preflightDifferences{
			checks: []preflightCheck{
				checkShared, checkNoRedirect, checkStatus, checkMethodList, checkHeaderList, checkMethod, checkNonWildcard, checkHeaders,
			},
			askedOrder: sortedNames,
		},
		words: func(*fetch) (name, parameter, console string) { return "", "", "" },
	}
}

func chromiumDifferences() differences {
	return differences{
		request: requestDifferences{
			combinesHeaders:   true,
			dropsUserAgent:    true,
			clientHints:       true,
			longestRange:      math.MaxInt64 - 1,
			listenerNeedsBody: true,
			refusesAbout:      true,
			streams:           streamsHTTP2,
			streamsAnywhere:   true,
		},
		preflight: preflightDifferences{
			checks: []preflightCheck{
				checkNoRedirect, checkShared, checkStatus, checkMethodList, checkHeaderList, checkMethod, checkHeaders,
			},
			askedOrder:       chromiumAskedOrder,
			forcedNeedsLeave: true,
		},
		cache: cacheDifferences{longest: 2 * time.Hour, newestOnly: true, negativeIsNone: true, keepsAfterFailure: true},
		redirect: redirectDifferences{
			checksLocationFirst:   true,
			mergesLocations:       true,
			modeBeforeScheme:      func(url whatwg.URL) bool { return !isUnsafeRedirect(url) },
			checksURLBeforeMode:   true,
			skipsEmptyLocation:    true,
			refusesURLCredentials: true,
			dropsURLCredentials:   true,
			dropsHints:            true,
			losesOrigin:           true,
		},
		response: responseDifferences{
			addressesApart:   true,
			opaqueKeepsSite:  true,
			refusesProxyAuth: true,
		},
		words: (*fetch).chromiumWords,
	}
}

func firefoxDifferences() differences {
	return differences{
		request: requestDifferences{
			combinesHeaders:   true,
			highBytesUnsafe:   true,
			strictContentType: true,
			longestRange:      math.MaxUint64,
			splitMethods:      splitAtCommas,
			streams:           streamsBuffered,
		},
		preflight: preflightDifferences{
			checks: []preflightCheck{
				checkShared, checkNoRedirect, checkStatus, checkMethodList, checkMethod, checkHeaderList, checkHeaders,
			},
			askedOrder:       sortedNames,
			forcedNeedsLeave: true,
			keepsOrigin:      true,
			trustsOwnOrigin:  true,
			sticky:           true,
			asksStickyNames:  true,
		},
		cache: cacheDifferences{longest: 24 * time.Hour, splitsCredentials: true, negativeIsNone: true, unreadableIsNone: true},
		redirect: redirectDifferences{
			checksLocationFirst: true,
			mergesLocations:     true,
			refusedFirst:        isLocalScheme,
			escapesLocation:     true,
			looksWhenFollowing:  true,
			modeBeforeScheme:    func(whatwg.URL) bool { return true },
		},
		response: responseDifferences{
			exposesUntilBad: true,
			mergesNonEmpty:  true,
			takesEmptyPut:   true,
		},
		words: (*fetch).firefoxWords,
	}
}

func webkitDifferences() differences {
	return differences{
		request: requestDifferences{
			combinesHeaders: true,
			sortsHeaders:    true,
			longestRange:    math.MaxUint64,
			anyCaseRange:    true,
			signedRange:     true,
			splitMethods:    splitAndTrim,
			refusesAbout:    true,
			streams:         streamsRefused,
		},
		preflight: preflightDifferences{
			checks: []preflightCheck{
				checkNoRedirect, checkStatus, checkShared, checkMethodList, checkHeaderList, checkMethod, checkHeaders,
			},
			askedOrder:       webkitOrder,
			forcedNeedsLeave: true,
			sticky:           true,
		},
		cache: cacheDifferences{longest: 10 * time.Minute, newestOnly: true, negativeIsNone: true, keepsAfterFailure: true},
		redirect: redirectDifferences{
			refusedFirst:         isFTP,
			followsOtherStatuses: true,
			modeBeforeScheme:     func(url whatwg.URL) bool { return url.Scheme != "blob" && url.Scheme != "file" },
			joinsLocations:       true,
			endsAtEmptyLocation:  true,
			preflightsFirst:      true,
			dropsURLCredentials:  true,
			keepsCredentials:     true,
			keepsOrigin:          true,
			keepsHeaders:         true,
			deleteBecomesGet:     true,
		},
		words: (*fetch).webkitWords,
	}
}

// sortedNames keeps the order of Access-Control-Request-Headers.
func sortedNames(_ *fetch, unsafe []string) []string { return unsafe }
