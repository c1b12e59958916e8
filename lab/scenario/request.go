package scenario

import "corslab/lab/cors"

// Request is what the script asks for, as the judge sees it. The judge knows
// XMLHttpRequest. Any other kind becomes the equivalent fetch().
func (s Script) Request() cors.Request {
	request := cors.Request{Initiator: cors.ByFetch, Body: s.Sends(), UploadListener: s.UploadListener == SwitchOn}
	for _, t := range settings {
		if t.judged != nil {
			t.judged(&request).set(t.Of(s))
		}
	}
	for _, h := range s.Sent() {
		request.Headers = append(request.Headers, [2]string{h.Name, h.Value})
	}
	switch s.Kind {
	case KindXHR:
		request.Initiator = cors.ByXHR
	case KindImage, KindScript, KindCanvas, KindModule:
		request.Mode, request.Credentials = s.attributed()
	case KindForm, KindBeacon:
		request.Mode, request.Credentials = cors.NoCORSMode, cors.IncludeCredentials
		if s.Body.Kind == cors.JSONBlobBody { // https://w3c.github.io/beacon/#sendbeacon-method, step 6.3
			request.Mode = cors.CORSMode
		}
	}
	if s.Kind == KindForm && s.Method == "GET" {
		request.Body = "" // the fields go into the URL
	}
	return request
}

// attributed returns the modes that the attribute crossorigin sets
// (https://html.spec.whatwg.org/#create-a-potential-cors-request). A module uses CORS
// without the attribute too.
func (s Script) attributed() (cors.Mode, cors.Credentials) {
	switch {
	case s.CrossOrigin == crossOriginUseCredentials:
		return cors.CORSMode, cors.IncludeCredentials
	case s.CrossOrigin == crossOriginAnonymous || s.Kind == KindModule:
		return cors.CORSMode, cors.SameOriginCredentials
	}
	return cors.NoCORSMode, cors.IncludeCredentials
}

// BeyondCORS says why CORS doesn't matter for what the script does, or "".
func (s Script) BeyondCORS() string {
	switch {
	case s.Kind == KindForm:
		return "CORS has no part in this. A form leads to a new document, as a link does: the request goes out with all that it does on the server, and the page that sent it never gets the answer."
	case s.Kind == KindBeacon && s.Body.Kind != cors.JSONBlobBody:
		return "CORS has no part in this. A beacon of this type is a request that a form could make too: it goes out without asking, and no page is told of the answer."
	}
	return ""
}
