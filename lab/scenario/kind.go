package scenario

import (
	"slices"

	"corslab/lab/cors"
)

// Kinds lists with what of the browser a script can make its request.
func Kinds() []string {
	return []string{"fetch", "xhr", "img", "script", "module", "canvas", "font", "form", "beacon", "eventsource"}
}

// CrossOrigins lists what the attribute crossorigin of an element can be;
// "none" is an element without it
// (https://html.spec.whatwg.org/#cors-settings-attribute).
func CrossOrigins() []string { return []string{"none", "anonymous", "use-credentials"} }

func switchWords() []string { return []string{"true", "false"} }

// kindsWith lists the kinds that have a part of the script; nil stands for
// all, because the part is none that only some have.
func kindsWith(part string) []string {
	switch part {
	case "mode", "redirect", "stream":
		return []string{"fetch"}
	case "method":
		return []string{"fetch", "xhr", "form"}
	case "headers":
		return []string{"fetch", "xhr"}
	case "credentials":
		return []string{"fetch", "xhr", "eventsource"}
	case "body":
		return []string{"fetch", "xhr", "form", "beacon"}
	case "upload_listener":
		return []string{"xhr"}
	case "crossorigin":
		return []string{"img", "script", "module", "canvas"}
	}
	return nil
}

// Has reports whether a script of this kind has the named part, such as
// "headers". Only a script whose body is a stream at the start can switch that.
func (s Script) Has(part string) bool {
	kinds := kindsWith(part)
	if part == "stream" && s.Stream == "" {
		return false
	}
	return kinds == nil || slices.Contains(kinds, s.Kind)
}

// Bodies lists the bodies that a script of this kind can send.
func (s Script) Bodies() []string {
	switch s.Kind {
	case "form":
		return []string{"form"}
	case "xhr", "beacon":
		return []string{"text", "form", "json-blob"}
	}
	return Bodies()
}

// CredentialsModes lists the credentials modes that a script of this kind can
// have: withCredentials is on or off.
func (s Script) CredentialsModes() []string {
	if s.Kind == "fetch" {
		return CredentialsModes()
	}
	return []string{"same-origin", "include"}
}

// methods lists the methods that a script of this kind can have, nil for any.
func (s Script) methods() []string {
	if s.Kind == "form" {
		return []string{"GET", "POST"}
	}
	return nil
}

// complete fills in what a kind has and the file does not mention.
func (s *Script) complete() {
	if s.CrossOrigin == "" && s.Has("crossorigin") {
		s.CrossOrigin = "none"
	}
	if s.UploadListener == "" && s.Has("upload_listener") {
		s.UploadListener = "false"
	}
	if s.Kind == "beacon" {
		s.Method = "POST"
	}
}

// sends is the kind of the body, as [cors.Request] names it.
func (s Script) sends() string {
	if s.Stream == "true" {
		return "stream"
	}
	return s.Body.Kind
}

// Request is what the script asks for, as the judge takes it. Besides
// XMLHttpRequest, which it knows, each kind is the fetch() that does the same.
func (s Script) Request() cors.Request {
	request := cors.Request{
		Initiator: "fetch", Method: s.Method, Mode: s.Mode, Credentials: s.Credentials,
		Redirect: s.Redirect, Body: s.sends(), UploadListener: s.UploadListener == "true",
	}
	for _, h := range s.Sent() {
		request.Headers = append(request.Headers, [2]string{h.Name, h.Value})
	}
	switch s.Kind {
	case "xhr":
		request.Initiator = "xhr"
	case "img", "script", "canvas", "module":
		request.Mode, request.Credentials = s.attributed()
	case "form", "beacon":
		request.Mode, request.Credentials = "no-cors", "include"
		if s.Body.Kind == "json-blob" { // https://w3c.github.io/beacon/#sendbeacon-method, step 6.3
			request.Mode = "cors"
		}
	}
	if s.Kind == "form" && s.Method == "GET" {
		request.Body = "" // it goes into the URL
	}
	return request
}

// attributed are the modes that the attribute crossorigin brings
// (https://html.spec.whatwg.org/#create-a-potential-cors-request). A module
// has CORS without it too.
func (s Script) attributed() (mode, credentials string) {
	switch {
	case s.CrossOrigin == "use-credentials":
		return "cors", "include"
	case s.CrossOrigin == "anonymous" || s.Kind == "module":
		return "cors", "same-origin"
	}
	return "no-cors", "include"
}

// BeyondCORS says why CORS has no part in what the script does, or "".
func (s Script) BeyondCORS() string {
	switch {
	case s.Kind == "form":
		return "CORS has no part in this. A form leads to a new document, as a link does: the request goes out with all that it does on the server, and the page that sent it never gets the answer."
	case s.Kind == "beacon" && s.Body.Kind != "json-blob":
		return "CORS has no part in this. A beacon of this type is a request that a form could make too: it goes out without asking, and no page is told of the answer."
	}
	return ""
}

// Told reports whether the page that sends is told how it ended.
func (s Script) Told() bool { return s.Kind != "form" && s.Kind != "beacon" }
