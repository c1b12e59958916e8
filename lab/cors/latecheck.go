package cors

import "corslab/lab/cors/internal/whatwg"

// leftOwnOrigin reports whether the request started at the page's own origin, with
// credentials only as long as it stays there.
func (f *fetch) leftOwnOrigin() bool {
	return f.request.Credentials == SameOriginCredentials && f.urls[0].Origin() == f.exchange.Origin
}

// lateCheck is a second CORS check of a redirect, as if with credentials, made when the
// next request is already allowed: the difference redirectCheckedAgain.
type lateCheck struct {
	response *Response
	url      whatwg.URL
	origin   string
}

// checkLate makes the late check, if there is one.
func (f *fetch) checkLate() bool {
	late := f.late
	if late == nil {
		return true
	}
	f.late = nil
	next, credentials := f.current(), f.request.Credentials
	f.request.Credentials = IncludeCredentials
	defer func() { f.request.Credentials = credentials }()
	if f.corsCheck(late.response, StageRedirect, late.origin) {
		return true
	}
	f.failure.url, f.failure.location = late.url, next
	return false
}
