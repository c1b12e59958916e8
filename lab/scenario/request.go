package scenario

import "corslab/lab/cors"

// Request is what the script asks for, as the judge takes it. The judge knows
// XMLHttpRequest; any other kind becomes the fetch() that does the same.
func (s Script) Request() cors.Request {
	request := cors.Request{Initiator: "fetch", Body: string(s.Sends()), UploadListener: s.UploadListener == SwitchOn}
	for _, t := range settings {
		if t.judged != nil {
			*t.judged(&request) = t.Of(s)
		}
	}
	for _, h := range s.Sent() {
		request.Headers = append(request.Headers, [2]string{h.Name, h.Value})
	}
	mode, credentials := s.Mode, s.Credentials
	switch s.Kind {
	case KindXHR:
		request.Initiator = "xhr"
	case KindImage, KindScript, KindCanvas, KindModule:
		mode, credentials = s.attributed()
	case KindForm, KindBeacon:
		mode, credentials = ModeNoCORS, CredentialsInclude
		if s.Body.Kind == BodyJSONBlob { // https://w3c.github.io/beacon/#sendbeacon-method, step 6.3
			mode = ModeCORS
		}
	}
	request.Mode, request.Credentials = string(mode), string(credentials)
	if s.Kind == KindForm && s.Method == "GET" {
		request.Body = "" // it goes into the URL
	}
	return request
}

// attributed returns the modes that the attribute crossorigin sets
// (https://html.spec.whatwg.org/#create-a-potential-cors-request). A module
// uses CORS without it too.
func (s Script) attributed() (Mode, Credentials) {
	switch {
	case s.CrossOrigin == CrossOriginUseCredentials:
		return ModeCORS, CredentialsInclude
	case s.CrossOrigin == crossOriginAnonymous || s.Kind == KindModule:
		return ModeCORS, CredentialsSameOrigin
	}
	return ModeNoCORS, CredentialsInclude
}

// BeyondCORS says why CORS has no part in what the script does, or "".
func (s Script) BeyondCORS() string {
	switch {
	case s.Kind == KindForm:
		return "CORS has no part in this. A form leads to a new document, as a link does: the request goes out with all that it does on the server, and the page that sent it never gets the answer."
	case s.Kind == KindBeacon && s.Body.Kind != BodyJSONBlob:
		return "CORS has no part in this. A beacon of this type is a request that a form could make too: it goes out without asking, and no page is told of the answer."
	}
	return ""
}
