package glossary

// Topic is the subject of a console line that names no [cors.Cause], because it says
// too little or because it isn't about CORS.
type Topic string

// The topics. The judge doesn't cover LocalNetwork and those after it.
const (
	NoReason        Topic = "no-reason"        // the script's error or a second line, the same for every failure
	NotExposed      Topic = "not-exposed"      // the response is readable, but one of its headers isn't
	WildcardWarning Topic = "wildcard-warning" // a warning: * will not cover Authorization
	PreflightMoved  Topic = "preflight-moved"  // browsers before 2017 allowed no redirect after a preflight
	ForbiddenHeader Topic = "forbidden-header" // a request header that scripts must not set
	LocalNetwork    Topic = "local-network"    // Local Network Access, formerly Private Network Access
	SecurityPolicy  Topic = "security-policy"  // Content-Security-Policy of the page
	MixedContent    Topic = "mixed-content"    // http: from a page that came over https:
	OpaqueBlocking  Topic = "opaque-blocking"  // Opaque Response Blocking, formerly CORB
	Embedder        Topic = "embedder"         // Cross-Origin-Embedder-Policy of the page
	Blocker         Topic = "blocker"          // an extension or a browser setting
	OtherWindow     Topic = "other-window"     // the same-origin policy between windows and frames
	TaintedCanvas   Topic = "tainted-canvas"   // pixels of an image loaded without CORS
)

// Topics lists every [Topic].
func Topics() []Topic {
	return []Topic{
		NoReason, NotExposed, WildcardWarning, PreflightMoved, ForbiddenHeader,
		LocalNetwork, SecurityPolicy, MixedContent, OpaqueBlocking, Embedder, Blocker, OtherWindow, TaintedCanvas,
	}
}

// IsCORS reports whether the topic is about CORS, even though it isn't a cause.
func (t Topic) IsCORS() bool {
	switch t {
	case NoReason, NotExposed, WildcardWarning, PreflightMoved, ForbiddenHeader:
		return true
	}
	return false
}

// Summary says in a sentence or two what the line means.
func (t Topic) Summary() string { return t.reason().summary }

// Remedy says how to fix it, or where to look next.
func (t Topic) Remedy() string { return t.reason().remedy }

// Link is the URL of the relevant specification or documentation.
func (t Topic) Link() string { return t.reason().link }

// reason is everything that a topic has to say.
type reason struct{ summary, remedy, link string }

func (t Topic) reason() reason {
	switch t {
	case NoReason, NotExposed, WildcardWarning, PreflightMoved, ForbiddenHeader:
		return t.corsReason()
	case LocalNetwork:
		return reason{
			"This is Local Network Access: a page from the internet asked for an address of the local network or of this machine. CORS headers do not decide it.",
			"Serve the page over HTTPS, let the user grant the permission, and name the true address space in targetAddressSpace, or none.",
			"https://wicg.github.io/local-network-access/",
		}
	case SecurityPolicy:
		return reason{
			"This is Content-Security-Policy: the page's own policy forbids the request. It is not CORS, and the other server was not asked.",
			"Add the address to connect-src (or the directive that the line names) in the Content-Security-Policy of the page, not of the API.",
			"https://w3c.github.io/webappsec-csp/#directive-connect-src",
		}
	case MixedContent:
		return reason{
			"This is mixed content: a page that came over https: asked for an http: URL. It is not CORS, and nothing was sent.",
			"Serve the API over https:, and ask for it there.",
			"https://w3c.github.io/webappsec-mixed-content/",
		}
	case OpaqueBlocking:
		return reason{
			"This is Opaque Response Blocking: an element such as img or script, or a fetch in mode no-cors, got an answer of a type that it has no use for.",
			"See what the server really answered, often an error page or JSON. To read data, use fetch() in mode cors; for an element, set crossorigin and have the server allow the origin.",
			"https://fetch.spec.whatwg.org/#orb",
		}
	}
	return t.browserReason()
}

// corsReason returns the reason of a topic that is about CORS.
func (t Topic) corsReason() reason {
	switch t {
	case NotExposed:
		return reason{
			"The script may read the answer, but not this header of it.",
			"Have the server name the header in Access-Control-Expose-Headers.",
			"https://fetch.spec.whatwg.org/#http-access-control-expose-headers",
		}
	case WildcardWarning:
		return reason{
			"This is a warning, and the request went through: * in Access-Control-Allow-Headers will one day not cover Authorization, as the standard says already.",
			"Name Authorization in Access-Control-Allow-Headers.",
			"https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name",
		}
	case PreflightMoved:
		return reason{
			"Browsers before 2017 followed no redirect once a preflight had been needed. Those of today do, and ask each new place with a preflight of its own.",
			"Ask for the final URL, so that old browsers need no redirect.",
			"https://fetch.spec.whatwg.org/#concept-http-redirect-fetch",
		}
	case ForbiddenHeader:
		return reason{
			"A script must not set this header: the browser leaves it out and sends the request without it.",
			"Leave it out of the script; the browser sets such headers itself.",
			"https://fetch.spec.whatwg.org/#forbidden-request-header",
		}
	}
	return reason{
		"This text alone does not tell the cause. A script gets the same few words whatever went wrong, CORS or not, so that a page cannot explore other servers.",
		"The cause is in the browser's console, in a line of its own close by. Paste that line.",
		"https://fetch.spec.whatwg.org/#concept-network-error",
	}
}

// browserReason returns the reason of a topic that is about other browser features.
func (t Topic) browserReason() reason {
	switch t {
	case Embedder:
		return reason{
			"This page has a Cross-Origin-Embedder-Policy, so whatever it loads from elsewhere must agree to that, even unread.",
			"Have that server send Cross-Origin-Resource-Policy: cross-origin, load the resource in mode cors, or do without the page's policy.",
			"https://html.spec.whatwg.org/multipage/browsers.html#coep",
		}
	case Blocker:
		return reason{
			"Something in the browser stopped the request: an extension, tracking protection or a setting. The server was not asked.",
			"Try a window without extensions, or switch the protection off for this page.",
			"https://fetch.spec.whatwg.org/#concept-network-error",
		}
	case OtherWindow:
		return reason{
			"This is the same-origin policy between windows and frames: a script reached into a document of another origin. CORS headers do not open that.",
			"Send messages with postMessage, which both sides must agree to.",
			"https://html.spec.whatwg.org/multipage/web-messaging.html#posting-messages",
		}
	case TaintedCanvas:
		return reason{
			"An image of another origin was drawn on the canvas without CORS, so its pixels may not be read.",
			"Load the image with crossorigin=\"anonymous\", and have its server send Access-Control-Allow-Origin.",
			"https://html.spec.whatwg.org/multipage/canvas.html#security-with-canvas-elements",
		}
	}
	return reason{}
}
