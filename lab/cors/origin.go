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

// redirectTainted reports whether the redirect-taint is not "same-origin"
// (https://fetch.spec.whatwg.org/#concept-request-tainted-origin).
func (f *fetch) redirectTainted() bool {
	// Step 4: each URL after the first.
	for i := 1; i < len(f.urls); i++ {
		last, url := f.urls[i-1].Origin(), f.urls[i].Origin()
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
// The referrer policy is the default one, under which HTTP keeps the origin.
func (f *fetch) originHeader() string {
	// Steps 3 and 4.
	if f.tainting == taintedCORS || f.engine.redirect.keepsOrigin && f.hadOrigin || f.method != "GET" && f.method != "HEAD" {
		if f.engine.redirect.losesOrigin && f.crossed && f.tainting == taintedOpaque {
			return "null"
		}
		// Step 4.1, under the default referrer policy.
		if f.request.Mode != "cors" && strings.HasPrefix(f.exchange.Origin, "https:") && f.current().Scheme != "https" {
			return "null"
		}
		return f.serializedOrigin()
	}
	return ""
}
