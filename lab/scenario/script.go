package scenario

import (
	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/policy"
)

// Script is the request that a scenario's page makes. A learner can be allowed to
// change the fields that have a JSON name. Fields whose value is a word have a row in
// [Settings].
type Script struct {
	From        Caller           `json:"-"`
	In          Context          `json:"-"`
	Kind        Kind             `json:"-"`
	URL         string           `json:"-"` // an API origin's placeholder and a path
	Pinned      bool             `json:"-"` // every Send uses the same URL, which shows the browser's caches
	Body        Body             `json:"-"`
	Method      string           `json:"method,omitempty"`
	Mode        cors.Mode        `json:"mode,omitempty"`
	Credentials cors.Credentials `json:"credentials,omitempty"`
	Redirect    cors.Redirect    `json:"-"`
	Via         endpoint.Via     `json:"via,omitempty"`
	Headers     []policy.Header  `json:"headers,omitzero"`

	// Only some kinds have these. They are empty in the others.
	ReferrerPolicy cors.ReferrerPolicy `json:"referrer_policy,omitempty"` // "" for the usual one
	CrossOrigin    CrossOrigin         `json:"crossorigin,omitempty"`
	UploadListener Switch              `json:"upload_listener,omitempty"` // a listener on xhr.upload
	Stream         Switch              `json:"stream,omitempty"`          // the text of the body is sent as a ReadableStream
}

// Has reports whether a script of this kind has an input.
// Whether the body is a stream can be changed only if it is one at the start.
func (s Script) Has(input Input) bool {
	if input == InputStream && s.Stream == "" {
		return false
	}
	return s.Kind.Has(input)
}

// only returns the settings and headers of submitted that a script of s's kind can
// have; the others are empty.
func (s Script) only(submitted Script) Script {
	for _, t := range settings {
		value := t.Raw(submitted)
		if misplaced := !t.Allows(s.Kind, value) && t.AllowsSomewhere(value); t.scope != byLearner && (!s.Has(t.Name) || misplaced) {
			t.Set(&submitted, "")
		}
	}
	if !s.Has(InputHeaders) {
		submitted.Headers = nil
	}
	return submitted
}

// API returns the origin that the script sends its request to.
func (s Script) API(o origin.Set) string { return apiOf(s.URL, o) }

// apiOf returns the origin of an address such as {api}/messages.
func apiOf(url string, o origin.Set) string { return o.Of(addressOf(url).API) }

// At returns the request's URL with a session and a run between the origin and the
// path, so that every URL of the API says who sends the request.
func (s Script) At(session string, run int, o origin.Set) string {
	to := addressOf(s.URL)
	u := endpoint.URL{Session: session, Run: run, Via: s.Via, API: to.API, Rest: o.Expand(to.Path)}
	return u.At(s.From.host(o), o).String()
}

// Sent returns the headers that are switched on and named.
func (s Script) Sent() []policy.Header { return policy.On(s.Headers) }
