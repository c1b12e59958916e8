package cors

import "strings"

// serializedOrigin is the origin as the request gives it
// (#serializing-a-request-origin).
func (f *fetch) serializedOrigin() string {
	// 2. If the redirect-taint is not "same-origin", it is "null".
	if f.redirectTainted() {
		return "null"
	}
	// 3. Otherwise it is the request's origin.
	return f.exchange.Origin
}

// OriginHeader is the value of the Origin header of the exchange's first request, not
// counting a preflight. It is "" if the request has no such header, or isn't sent.
func OriginHeader(exchange Exchange, engine Engine) string {
	f := newFetch(exchange, engine)
	if !f.construct() {
		return ""
	}
	if f.request.Mode == CORSMode && f.current().Origin() != exchange.Origin {
		f.tainting = taintedCORS
	}
	return f.originHeader()
}

// redirectTainted reports whether the redirect-taint isn't "same-origin", which means
// that a redirect led from one foreign origin to another
// (#concept-request-tainted-origin).
func (f *fetch) redirectTainted() bool {
	// 4. and 4.1. Look at each URL after the first.
	for i := 1; i < len(f.urls); i++ {
		last, url := f.urls[i-1].Origin(), f.urls[i].Origin()
		// 4.2. and 4.3. If its origin differs from the last URL's, and the
		//               request's does too, there is a taint. Whether the two
		//               are same-site makes no difference to CORS.
		if url != last && f.exchange.Origin != last {
			return true
		}
	}
	// 5. Otherwise there is none. (An opaque origin is "null" in either case.)
	return false
}

// originHeader is the value of the request's Origin header, or "" if it has none
// (#append-a-request-origin-header).
func (f *fetch) originHeader() string {
	if !f.carriesOrigin() {
		return ""
	}
	if f.differs(redirectLosesOrigin) && f.crossed && f.tainting == taintedOpaque {
		return "null"
	}
	// 4.1. Unless the mode is "cors", the referrer policy can make it "null".
	if f.request.Mode != CORSMode && f.hidesOrigin() {
		return "null"
	}
	// 2. Otherwise the value is the serialized request origin.
	return f.serializedOrigin()
}

// carriesOrigin reports whether the request has an Origin header.
func (f *fetch) carriesOrigin() bool {
	if f.differs(redirectKeepsOrigin) && f.hadOrigin {
		return true
	}
	// 3. A request whose tainting is "cors" has one,
	// 4. and so has one whose method is neither GET nor HEAD.
	return f.tainting == taintedCORS || f.method != "GET" && f.method != "HEAD"
}

// hidesOrigin reports whether the referrer policy turns the Origin header into null on
// a request that doesn't use CORS (#append-a-request-origin-header).
func (f *fetch) hidesOrigin() bool {
	own := f.current().Origin() == f.exchange.Origin
	if f.differs(originDespitePolicy) && !own {
		return false
	}
	switch f.request.ReferrerPolicy {
	// "no-referrer": always.
	case noReferrer:
		return true
	// The policies that don't reveal a secure page's URL to an insecure server: if the
	// page's origin is https, and the URL isn't.
	case "", noReferrerWhenDowngrade, strictOriginReferrer, StrictOriginWhenCrossOrigin:
		return strings.HasPrefix(f.exchange.Origin, "https:") && f.current().Scheme != "https"
	// "same-origin": if the URL's origin isn't the page's.
	case sameOriginReferrer:
		return !own
	}
	// Otherwise never.
	return false
}
