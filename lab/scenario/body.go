package scenario

// BodyKind is the type of value that a script passes to the browser as a body.
type BodyKind string

// The kinds of body. The empty one means no body.
const (
	BodyText     BodyKind = "text"
	BodyForm     BodyKind = "form"      // URLSearchParams
	BodyJSONBlob BodyKind = "json-blob" // a Blob of type application/json
	BodyStream   BodyKind = "stream"    // a text sent as a ReadableStream
)

// BodyKinds lists the kinds of body.
func BodyKinds() []BodyKind { return []BodyKind{BodyText, BodyForm, BodyJSONBlob, BodyStream} }

// Body is a request's body as the script passes it to the browser. A setting of the
// script, which a learner can switch, says whether a text is sent as a stream.
type Body struct {
	Kind BodyKind   `json:"kind"`           // never [BodyStream]
	Text string     `json:"text,omitempty"` // of text and JSON
	Form [][]string `json:"form,omitempty"` // of a form: name and value
}

// Sends returns the kind of body that the script sends.
func (s Script) Sends() BodyKind {
	if s.Stream == SwitchOn {
		return BodyStream
	}
	return s.Body.Kind
}
