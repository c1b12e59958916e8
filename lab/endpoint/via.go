package endpoint

// Via is how a request gets to the API: directly, or through one of two proxies that
// the lab runs.
type Via string

// The ways to the API.
const (
	Direct     Via = "direct"
	SameOrigin Via = "same-origin" // through a proxy on the page's own origin
	CORS       Via = "cors"        // through a proxy on another origin that lets every page read
)

// Vias lists the ways to the API.
func Vias() []Via { return []Via{Direct, SameOrigin, CORS} }
