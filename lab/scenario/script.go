package scenario

import (
	"cmp"
	"fmt"
	"strings"
)

// Script is the request that a scenario's page makes. The fields with a JSON
// name are those that a learner can be allowed to change.
type Script struct {
	From        string   `json:"-"` // who runs it: a name of Callers
	In          string   `json:"-"` // where it runs: "frame" or "window"
	Kind        string   `json:"-"` // with what the browser makes the request: one of Kinds
	URL         string   `json:"-"` // an API origin's placeholder and a path
	Pinned      bool     `json:"-"` // every Send uses the same URL, so that the browser's caches show
	Body        Body     `json:"-"`
	Method      string   `json:"method,omitempty"`
	Mode        string   `json:"mode,omitempty"`
	Credentials string   `json:"credentials,omitempty"`
	Redirect    string   `json:"-"`
	Via         string   `json:"via,omitempty"` // by which way the request goes to the API
	Headers     []Header `json:"headers,omitzero"`

	// What only some kinds have; empty in the others.
	CrossOrigin    string `json:"crossorigin,omitempty"`     // the attribute: one of CrossOrigins
	UploadListener string `json:"upload_listener,omitempty"` // "true" with a listener on xhr.upload
	Stream         string `json:"stream,omitempty"`          // "true" where the text of the body goes as a ReadableStream
}

// Body is a request's body as the script hands it to the browser.
type Body struct {
	Kind string     `json:"kind"`           // "" for none, "text", "form" or "json-blob"
	Text string     `json:"text,omitempty"` // of kind text or json-blob
	Form [][]string `json:"form,omitempty"` // of kind form: name and value
}

// Callers lists who can run a script: pages of five origins and a sandboxed
// frame, whose origin is null.
func Callers() []string { return []string{"page", "other", "shop", "evil", "twin", "null"} }

// Contexts lists where a script can run: in a frame of the lab's page, or in a
// window of its own, where the browser treats its cookies as a site's own.
func Contexts() []string { return []string{"frame", "window"} }

// Modes lists the request modes that a script can name
// (https://fetch.spec.whatwg.org/#concept-request-mode).
func Modes() []string { return []string{"cors", "no-cors", "same-origin"} }

// CredentialsModes lists the credentials modes
// (https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
func CredentialsModes() []string { return []string{"omit", "same-origin", "include"} }

// The ways to the API: straight, or through one of two proxies that the lab
// runs.
const (
	ViaDirect     = "direct"
	ViaSameOrigin = "same-origin" // one that the page's own origin serves
	ViaCORS       = "cors"        // one elsewhere that lets everybody read
)

// Vias lists the ways to the API.
func Vias() []string { return []string{ViaDirect, ViaSameOrigin, ViaCORS} }

// Redirects lists the redirect modes
// (https://fetch.spec.whatwg.org/#concept-request-redirect-mode).
func Redirects() []string { return []string{"follow", "error", "manual"} }

// merge returns s with the fields that change sets.
func (s Script) merge(change Script) Script {
	s.Method = cmp.Or(change.Method, s.Method)
	s.Mode = cmp.Or(change.Mode, s.Mode)
	s.Credentials = cmp.Or(change.Credentials, s.Credentials)
	s.CrossOrigin = cmp.Or(change.CrossOrigin, s.CrossOrigin)
	s.UploadListener = cmp.Or(change.UploadListener, s.UploadListener)
	s.Stream = cmp.Or(change.Stream, s.Stream)
	s.Via = cmp.Or(change.Via, s.Via)
	s.Headers = merge(s.Headers, change.Headers)
	return s
}

// API returns the origin that the script's request goes to.
func (s Script) API(o Origins) string { return apiOf(s.URL, o) }

// apiOf returns the origin of an address such as {api}/messages.
func apiOf(url string, o Origins) string {
	return o.Of(addressOf(url).API)
}

// At returns the request's URL with a session and a run between the origin and
// the path: who asks stands in every URL of the API.
func (s Script) At(session string, run int, o Origins) string {
	to := addressOf(s.URL)
	api, path := to.API, o.Expand(to.Path)
	switch s.Via {
	case ViaSameOrigin:
		return fmt.Sprintf("%s/proxy/%s/%d/%s%s", strings.TrimSuffix(o.Runner(s.From), "/runner"), session, run, api, path)
	case ViaCORS:
		return fmt.Sprintf("%s/%s/%d/proxy/%s%s", o.API2, session, run, api, path)
	}
	return fmt.Sprintf("%s/%s/%d%s", s.API(o), session, run, path)
}

// Sent returns the headers that are switched on and named.
func (s Script) Sent() []Header { return On(s.Headers) }
