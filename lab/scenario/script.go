package scenario

import (
	"fmt"
	"strings"

	"corslab/lab/origin"
	"corslab/lab/policy"
)

// Script is the request that a scenario's page makes. The fields with a JSON name
// are those that a learner can be allowed to change. Those whose value is a word
// have a row in [Settings].
type Script struct {
	From        Caller          `json:"-"`
	In          Context         `json:"-"`
	Kind        Kind            `json:"-"`
	URL         string          `json:"-"` // an API origin's placeholder and a path
	Pinned      bool            `json:"-"` // every Send uses the same URL, so that the browser's caches show
	Body        Body            `json:"-"`
	Method      string          `json:"method,omitempty"`
	Mode        Mode            `json:"mode,omitempty"`
	Credentials Credentials     `json:"credentials,omitempty"`
	Redirect    Redirect        `json:"-"`
	Via         Via             `json:"via,omitempty"`
	Headers     []policy.Header `json:"headers,omitzero"`

	// Only some kinds have these; they are empty in the others.
	ReferrerPolicy string      `json:"referrer_policy,omitempty"` // one of [cors.ReferrerPolicies]; "" for the usual one
	CrossOrigin    CrossOrigin `json:"crossorigin,omitempty"`
	UploadListener Switch      `json:"upload_listener,omitempty"` // a listener on xhr.upload
	Stream         Switch      `json:"stream,omitempty"`          // the text of the body goes as a ReadableStream
}

// Has reports whether a script of this kind has the named part, such as "headers".
// Only a script whose body is a stream at the start can switch that.
func (s Script) Has(part string) bool {
	if part == "stream" && s.Stream == "" {
		return false
	}
	return s.Kind.Has(part)
}

// only returns the settings and headers of handed that a script of s's kind can
// have; the others are empty.
func (s Script) only(handed Script) Script {
	for _, t := range settings {
		value := t.Said(handed)
		if misplaced := !t.Allows(s.Kind, value) && t.AllowsSomewhere(value); t.stage != byLearner && (!s.Has(t.Name) || misplaced) {
			t.Set(&handed, "")
		}
	}
	if !s.Has("headers") {
		handed.Headers = nil
	}
	return handed
}

// API returns the origin that the script's request goes to.
func (s Script) API(o origin.Set) string { return apiOf(s.URL, o) }

// apiOf returns the origin of an address such as {api}/messages.
func apiOf(url string, o origin.Set) string { return o.Of(addressOf(url).API) }

// At returns the request's URL with a session and a run between the origin and
// the path, because every URL of the API says who asks.
func (s Script) At(session string, run int, o origin.Set) string {
	to := addressOf(s.URL)
	api, path := to.API, o.Expand(to.Path)
	switch s.Via {
	case ViaSameOrigin:
		return fmt.Sprintf("%s/proxy/%s/%d/%s%s", strings.TrimSuffix(s.From.Runner(o), "/runner"), session, run, api, path)
	case ViaCORS:
		return fmt.Sprintf("%s/%s/%d/proxy/%s%s", o.API2.String(), session, run, api, path)
	}
	return fmt.Sprintf("%s/%s/%d%s", s.API(o), session, run, path)
}

// Sent returns the headers that are switched on and named.
func (s Script) Sent() []policy.Header { return policy.On(s.Headers) }
