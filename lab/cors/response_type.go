package cors

// ResponseType is the type of a Response object, which says how much of the response
// the script can see (#concept-response-type).
type ResponseType string

// The types of a response.
const (
	BasicResponse          ResponseType = "basic"
	CORSResponse           ResponseType = "cors"
	OpaqueResponse         ResponseType = "opaque"
	OpaqueRedirectResponse ResponseType = "opaqueredirect"
	ErrorResponse          ResponseType = "error" // a network error, for which fetch() gives no response
)

// Outcome is the outcome of a call whose response has the type, or "" for an unknown
// type.
func (t ResponseType) Outcome() Outcome {
	switch t {
	case BasicResponse, CORSResponse:
		return Readable
	case OpaqueResponse:
		return Opaque
	case OpaqueRedirectResponse:
		return OpaqueRedirect
	case ErrorResponse:
		return Blocked
	}
	return ""
}
