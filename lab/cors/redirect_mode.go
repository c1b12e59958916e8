package cors

// Redirect is a request's redirect mode: what happens at a redirect
// (#concept-request-redirect-mode).
type Redirect string

// The redirect modes.
const (
	FollowRedirect Redirect = "follow"
	ErrorRedirect  Redirect = "error"  // it is a network error
	ManualRedirect Redirect = "manual" // the script gets an opaque-redirect filtered response
)

// Redirects lists every [Redirect], the default first.
func Redirects() []Redirect { return []Redirect{FollowRedirect, ErrorRedirect, ManualRedirect} }
