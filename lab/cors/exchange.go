package cors

// Exchange is a request as a script makes it, and how each server on its way
// answers: the input of [Judge] and of `corslab explain`.
//
// Header values and names are isomorphic strings: one code point up to U+00FF
// stands for one byte on the wire.
type Exchange struct {
	ID      string  `json:"id"`
	Origin  string  `json:"origin"`         // of the page, serialized; "null" for an opaque one
	Page    string  `json:"page,omitempty"` // URL of the page, if it is known; one line of Chromium's names it
	Request Request `json:"request"`
	Hops    []Hop   `json:"hops"` // the request's URL, then where each answer's Location leads
}

// Request is what the script asks for, before the browser normalises, drops,
// combines or adds anything. An empty string stands for the first value named.
type Request struct {
	Initiator      string     `json:"initiator"`                 // fetch or xhr
	Method         string     `json:"method"`                    // GET or any text
	Headers        HeaderList `json:"headers"`                   // name and value, in order; a repeated name is a repeated header
	Mode           string     `json:"mode"`                      // cors, no-cors or same-origin
	Credentials    string     `json:"credentials"`               // same-origin, omit or include
	Redirect       string     `json:"redirect"`                  // follow, error or manual
	ReferrerPolicy string     `json:"referrer_policy,omitempty"` // strict-origin-when-cross-origin, or another of ReferrerPolicies
	Body           string     `json:"body"`                      // none, text, form, multipart, bytes, json-blob or stream
	UploadListener bool       `json:"upload_listener,omitempty"` // xhr: a listener on upload at the time of send()
}

// Hop is one URL of an exchange with the answers of its server.
type Hop struct {
	URL             string    `json:"url"`
	Preflight       *Response `json:"preflight"`                  // to a preflight, should one be sent; nil where it is not known
	Response        *Response `json:"response"`                   // nil where the connection ends without an answer
	PreflightCached bool      `json:"preflight_cached,omitempty"` // an earlier preflight covers the request
}

// Response is the status of a response, 100 to 999, and its header lines.
type Response struct {
	Status  int        `json:"status"`
	Headers HeaderList `json:"headers"` // name and value, as received
}
