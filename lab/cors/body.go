package cors

// BodyKind is the type of the value that a script passes to the browser as a body
// (#bodyinit).
type BodyKind string

// The kinds of body.
const (
	NoBody        BodyKind = "none"
	TextBody      BodyKind = "text"      // a string
	FormBody      BodyKind = "form"      // URLSearchParams
	MultipartBody BodyKind = "multipart" // FormData
	BytesBody     BodyKind = "bytes"     // an ArrayBuffer
	JSONBlobBody  BodyKind = "json-blob" // a Blob of type application/json
	StreamBody    BodyKind = "stream"    // a ReadableStream, which XMLHttpRequest can't send
)

// bodyKinds lists the kinds of body that a script can send by an initiator.
func (i Initiator) bodyKinds() []BodyKind {
	kinds := []BodyKind{NoBody, TextBody, FormBody, MultipartBody, BytesBody, JSONBlobBody}
	if i == ByXHR {
		return kinds
	}
	return append(kinds, StreamBody)
}

// contentType is the content type that a body implies, or "" (#concept-bodyinit-extract).
func (b BodyKind) contentType() string {
	switch b {
	case TextBody:
		return "text/plain;charset=UTF-8"
	case FormBody:
		return "application/x-www-form-urlencoded;charset=UTF-8"
	case MultipartBody:
		return "multipart/form-data; boundary=----WebKitFormBoundary0000000000000000"
	case JSONBlobBody:
		return "application/json"
	}
	return ""
}
