package cors

import "strings"

// serializedOrigin is what the request says of its origin: "null" after a
// redirect from a foreign origin to another
// (https://fetch.spec.whatwg.org/#serializing-a-request-origin).
func (f *fetch) serializedOrigin() string {
	// Step 2.
	if f.redirectTainted() {
		return "null"
	}
	// Step 3.
	return f.exchange.Origin
}

// OriginHeader is the value of the Origin header with which the exchange's first
// request, not counting a preflight, leaves a browser that follows the standard. It
// is "" if the request carries none, or isn't sent.
func OriginHeader(exchange Exchange) string {
	f := newFetch(exchange, Standard)
	if !f.construct() {
		return ""
	}
	if f.request.Mode == "cors" && f.current().origin() != exchange.Origin {
		f.tainting = taintedCORS
	}
	return f.originHeader()
}

// redirectTainted reports whether the redirect-taint is not "same-origin"
// (https://fetch.spec.whatwg.org/#concept-request-tainted-origin).
func (f *fetch) redirectTainted() bool {
	// Step 4: each URL after the first.
	for i := 1; i < len(f.urls); i++ {
		last, url := f.urls[i-1].origin(), f.urls[i].origin()
		// Steps 4.2 and 4.3.
		if url != last && f.exchange.Origin != last {
			return true
		}
	}
	// Step 5. An opaque origin is serialized to "null" in either case.
	return false
}

// originHeader is the value of the request's Origin header, "" where it
// carries none (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
func (f *fetch) originHeader() string {
	// Steps 3 and 4.
	if f.tainting == taintedCORS || f.engine.redirect.keepsOrigin && f.hadOrigin || f.method != "GET" && f.method != "HEAD" {
		if f.engine.redirect.losesOrigin && f.crossed && f.tainting == taintedOpaque {
			return "null"
		}
		// Step 4.1.
		if f.request.Mode != "cors" && f.hidesOrigin() {
			return "null"
		}
		return f.serializedOrigin()
	}
	return ""
}

// ReferrerPolicies lists the referrer policies
// (https://w3c.github.io/webappsec-referrer-policy/#referrer-policies).
func ReferrerPolicies() []string {
	return []string{
		"strict-origin-when-cross-origin", "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
		"origin-when-cross-origin", "unsafe-url",
	}
}

// hidesOrigin reports whether the referrer policy makes the Origin header null on a
// request that doesn't use CORS.
func (f *fetch) hidesOrigin() bool {
	switch url := f.current(); f.request.ReferrerPolicy {
	case "no-referrer":
		return true
	case "", "no-referrer-when-downgrade", "strict-origin", "strict-origin-when-cross-origin":
		return strings.HasPrefix(f.exchange.Origin, "https:") && url.scheme != "https"
	case "same-origin":
		return url.origin() != f.exchange.Origin
	}
	return false // under the other policies, the page tells every server where it is
}
