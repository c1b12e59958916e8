package cors

// Credentials is a request's credentials mode: which requests carry cookies and the
// like (#concept-request-credentials-mode).
type Credentials string

// The credentials modes.
const (
	SameOriginCredentials Credentials = "same-origin" // only those to the page's own origin
	OmitCredentials       Credentials = "omit"        // none
	IncludeCredentials    Credentials = "include"     // all
)

func credentialsModes() []Credentials {
	return []Credentials{SameOriginCredentials, OmitCredentials, IncludeCredentials}
}
