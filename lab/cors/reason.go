package cors

import "strings"

// Summary says in a sentence what happened, whatever the values were.
func (c Cause) Summary() string { return c.reason().summary }

// SummaryAt says it of the answer at which the cause struck.
func (c Cause) SummaryAt(stage Stage) string {
	summary := c.Summary()
	if rest, ok := strings.CutPrefix(summary, "The answer "); ok && isCORSCheck(c) {
		return ofAnswer(stage) + " " + rest
	}
	return summary
}

// Remedy says what mends it, and where.
func (c Cause) Remedy() string { return c.reason().remedy }

// Link is the address of the standard's text that decides it.
func (c Cause) Link() string { return "https://fetch.spec.whatwg.org/#" + c.reason().anchor }

// reason is what there is to say about a cause.
type reason struct {
	summary string
	remedy  string
	anchor  string // in the Fetch standard
}

// The anchors of the sections that decide most causes.
const (
	anchorRequest   = "dom-request"
	anchorMain      = "concept-main-fetch"
	anchorCheck     = "concept-cors-check"
	anchorPreflight = "cors-preflight-fetch"
	anchorRedirect  = "concept-http-redirect-fetch"
)

func (c Cause) reason() reason {
	switch c {
	case AllowOriginMissing, AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch, AllowOriginWildcard, AllowCredentials:
		return c.checkReason()
	case PreflightStatus, PreflightRedirect, AllowMethodsInvalid, AllowHeadersInvalid, MethodNotAllowed, HeaderNotAllowed:
		return c.preflightReason()
	case RedirectMode, RedirectLocation, RedirectScheme, RedirectLimit, RedirectCredentials, RedirectStream:
		return c.redirectReason()
	}
	return c.requestReason()
}

// checkReason is for the causes of the CORS check.
func (c Cause) checkReason() reason {
	switch c {
	case AllowOriginMissing:
		return reason{
			"The answer has no Access-Control-Allow-Origin, so no foreign origin may read it.",
			"Have the server send Access-Control-Allow-Origin with the page's origin, on every answer: errors, redirects and the answer to OPTIONS too.",
			anchorCheck,
		}
	case AllowOriginMultiple:
		return reason{
			"The answer has more than one value in Access-Control-Allow-Origin, which can name one origin only.",
			"Send the header once, with one origin. To allow several, compare the request's Origin with a list and send back the one that matches, with Vary: Origin. If two layers add the header, take it out of one.",
			anchorCheck,
		}
	case AllowOriginInvalid:
		return reason{
			"The answer has something in Access-Control-Allow-Origin that is no origin.",
			"Send the page's origin as the browser writes it: scheme, host and port, such as http://localhost:8080, with no quotes, no path and no pattern.",
			anchorCheck,
		}
	case AllowOriginMismatch:
		return reason{
			"The answer names, in Access-Control-Allow-Origin, an origin other than the one that asks. The two are compared byte by byte.",
			"Send exactly what the request's Origin header says: scheme, host and port, no slash at the end, lower case.",
			anchorCheck,
		}
	case AllowOriginWildcard:
		return reason{
			"The answer has * in Access-Control-Allow-Origin, and with credentials * allows nobody.",
			"Name the page's origin instead of *, and send Access-Control-Allow-Credentials: true; or leave the credentials out of the request.",
			anchorCheck,
		}
	}
	return reason{
		"The answer does not say exactly true in Access-Control-Allow-Credentials, and the request goes with credentials.",
		"Send Access-Control-Allow-Credentials: true, in lower case and once; or leave the credentials out of the request.",
		anchorCheck,
	}
}

// preflightReason is for the causes that only a preflight has.
func (c Cause) preflightReason() reason {
	switch c {
	case PreflightStatus:
		return reason{
			"The preflight was answered with a status that is not ok, so the request itself was never sent.",
			"Answer OPTIONS with a status from 200 to 299, such as 204, and the CORS headers, before any check of who is signed in: a preflight never carries credentials.",
			anchorPreflight,
		}
	case PreflightRedirect:
		return reason{
			"The preflight was answered with a redirect, which a preflight does not follow.",
			"Ask for the final URL: mind a missing or extra slash, http for https, and redirects to a sign-in page. Answer OPTIONS where it arrives.",
			anchorPreflight,
		}
	case AllowMethodsInvalid:
		return reason{
			"Access-Control-Allow-Methods is no list of methods: one bad element spoils the whole.",
			"Separate the methods by commas, and put nothing else in: no quotes, no spaces within, no semicolons.",
			anchorPreflight,
		}
	case AllowHeadersInvalid:
		return reason{
			"Access-Control-Allow-Headers is no list of header names: one bad element spoils the whole.",
			"Separate the names by commas, and put nothing else in: no quotes, no spaces within, no semicolons.",
			anchorPreflight,
		}
	case MethodNotAllowed:
		return reason{
			"Access-Control-Allow-Methods does not list the method, so the request itself was never sent.",
			"Add the method to Access-Control-Allow-Methods in the answer to OPTIONS, spelled just the same: PATCH, not patch. * stands for every method, but only without credentials.",
			anchorPreflight,
		}
	}
	return reason{
		"Access-Control-Allow-Headers does not list a header of the request, so the request itself was never sent.",
		"Add the name to Access-Control-Allow-Headers in the answer to OPTIONS. * stands for every name but Authorization, and only without credentials. Or leave the header out of the request.",
		anchorPreflight,
	}
}

// redirectReason is for the causes that only a redirect has.
func (c Cause) redirectReason() reason {
	switch c {
	case RedirectMode:
		return reason{
			"The server answered with a redirect, and the script said that it wants none (redirect: \"error\").",
			"Ask for the final URL, or follow redirects.",
			"concept-http-fetch",
		}
	case RedirectLocation:
		return reason{
			"The redirect's Location is not one valid URL.",
			"Send Location once, with a URL that parses.",
			anchorRedirect,
		}
	case RedirectScheme:
		return reason{
			"The redirect leads to something other than HTTP or HTTPS.",
			"Redirect to an http: or https: URL.",
			anchorRedirect,
		}
	case RedirectLimit:
		return reason{
			"There were more than 20 redirects, most likely in a circle.",
			"Ask for the final URL, and find the redirect that leads back.",
			anchorRedirect,
		}
	case RedirectCredentials:
		return reason{
			"The redirect leads to a URL with a user name or a password, which a cross-origin request must not follow.",
			"Redirect to a URL without them.",
			anchorRedirect,
		}
	}
	return reason{
		"The request's body was a stream, which cannot be sent a second time after a redirect.",
		"Ask for the final URL, or send a body that can be read again. A 303, which drops the body, is followed.",
		anchorRedirect,
	}
}

// requestReason is for all other causes.
func (c Cause) requestReason() reason {
	switch c {
	case RequestInvalid:
		return reason{
			"The request cannot be made: the script gets an exception, and nothing is sent.",
			"Correct the request: a method and header names are tokens, values have no line breaks, and GET and HEAD have no body.",
			anchorRequest,
		}
	case MethodForbidden:
		return reason{
			"A script must not use the methods CONNECT, TRACE and TRACK: it gets an exception, and nothing is sent.",
			"Use another method.",
			"forbidden-method",
		}
	case URLCredentials:
		return reason{
			"The URL has a user name or a password in it, which fetch() refuses.",
			"Take them out of the URL, and send an Authorization header instead.",
			anchorRequest,
		}
	case ModeNoCORS:
		return reason{
			"Mode no-cors sends GET, HEAD and POST only, and always follows redirects.",
			"Use mode cors, and have the server allow the request.",
			anchorRequest,
		}
	case ModeSameOrigin:
		return reason{
			"Mode same-origin allows the page's own origin only.",
			"Use mode cors, or ask the page's own origin.",
			anchorMain,
		}
	case Scheme:
		return reason{
			"The URL's scheme is neither http nor https.",
			"Use an http: or https: URL; serve local files over HTTP.",
			anchorMain,
		}
	case StreamUnsupported:
		return reason{
			"This browser does not send a ReadableStream as a request's body.",
			"Send a string, a Blob or a FormData.",
			anchorRequest,
		}
	case StreamHTTP1:
		return reason{
			"A ReadableStream is sent over HTTP/2 or HTTP/3 only, and this server speaks HTTP/1.1.",
			"Serve over HTTPS with HTTP/2, or send a string, a Blob or a FormData.",
			"concept-http-network-fetch",
		}
	case ResourcePolicy:
		return reason{
			"The answer's Cross-Origin-Resource-Policy keeps it from other pages, even unread.",
			"Send Cross-Origin-Resource-Policy: cross-origin, or use mode cors, which does not look at it.",
			"cross-origin-resource-policy-header",
		}
	case NoAnswer:
		return reason{
			"The server could not be reached, or the connection ended without an answer. This is not CORS, although it looks the same to a script.",
			"See that the server runs and listens at this address and port, and that it does not crash over the request.",
			"concept-http-network-fetch",
		}
	}
	return reason{}
}

// Header names the response header that decides, "" where it is the status or
// nothing that a server sends.
func (c Cause) Header() string {
	switch c {
	case AllowOriginMissing, AllowOriginMultiple, AllowOriginInvalid, AllowOriginMismatch, AllowOriginWildcard:
		return "Access-Control-Allow-Origin"
	case AllowCredentials:
		return "Access-Control-Allow-Credentials"
	case AllowMethodsInvalid, MethodNotAllowed:
		return "Access-Control-Allow-Methods"
	case AllowHeadersInvalid, HeaderNotAllowed:
		return "Access-Control-Allow-Headers"
	case RedirectLocation, RedirectScheme, RedirectCredentials:
		return "Location"
	case ResourcePolicy:
		return "Cross-Origin-Resource-Policy"
	}
	return ""
}
