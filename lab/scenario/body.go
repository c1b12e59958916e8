package scenario

import "corslab/lab/cors"

// BodyKinds lists the kinds of body that a script can have.
func BodyKinds() []cors.BodyKind {
	return []cors.BodyKind{cors.TextBody, cors.FormBody, cors.JSONBlobBody, cors.StreamBody}
}

// Body is a request's body as the script passes it to the browser. A setting of the
// script, which a learner can switch, says whether a text is sent as a stream.
type Body struct {
	Kind cors.BodyKind `json:"kind"`           // never [cors.StreamBody]
	Text string        `json:"text,omitempty"` // of text and JSON
	Form [][]string    `json:"form,omitempty"` // of a form: name and value
}

// Sends returns the kind of body that the script sends.
func (s Script) Sends() cors.BodyKind {
	if s.Stream == SwitchOn {
		return cors.StreamBody
	}
	return s.Body.Kind
}
