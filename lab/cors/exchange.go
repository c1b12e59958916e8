package cors

// Exchange is a request as a script makes it, with the response of each server on its
// way. It is the input of [Judge] and of `corslab explain`.
//
// Header names and values are isomorphic strings: each code point up to U+00FF
// is one byte on the wire.
type Exchange struct {
	ID      string  `json:"id"`
	Origin  string  `json:"origin"`         // of the page, serialized; "null" for an opaque one
	Page    string  `json:"page,omitempty"` // URL of the page, if known; one of Chromium's console lines names it
	Request Request `json:"request"`
	Hops    []Hop   `json:"hops"` // the request's URL, then where each response's Location leads
}

// Request is what the script asks for, before the browser normalizes, drops, combines
// or adds anything. An empty word means the default: the first one of its type.
type Request struct {
	Initiator      Initiator      `json:"initiator"`
	Method         string         `json:"method"`  // GET or any text
	Headers        HeaderList     `json:"headers"` // name and value, in order; a repeated name is a repeated header
	Mode           Mode           `json:"mode"`    // cors for xhr
	Credentials    Credentials    `json:"credentials"`
	Redirect       Redirect       `json:"redirect"` // follow for xhr
	ReferrerPolicy ReferrerPolicy `json:"referrer_policy,omitempty"`
	Body           BodyKind       `json:"body"`
	UploadListener bool           `json:"upload_listener,omitempty"` // xhr: a listener on upload at the time of send()
}

// Hop is one URL of an exchange with the responses of its server.
type Hop struct {
	URL             string    `json:"url"`
	Preflight       *Response `json:"preflight"`                  // response to a preflight, if one is sent; nil if it isn't known
	Response        *Response `json:"response"`                   // nil if the connection ends without a response
	PreflightCached bool      `json:"preflight_cached,omitempty"` // an earlier preflight covers the request
}

// Response is the status of a response, 100 to 999, and its header lines.
type Response struct {
	Status  int        `json:"status"`
	Headers HeaderList `json:"headers"` // name and value, as received
}
