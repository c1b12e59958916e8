package cors

// Mode is a request's mode, of those that a script can set (#concept-request-mode).
type Mode string

// The modes.
const (
	CORSMode       Mode = "cors"
	NoCORSMode     Mode = "no-cors"
	SameOriginMode Mode = "same-origin"
)

// Modes lists every [Mode], the default first.
func Modes() []Mode { return []Mode{CORSMode, NoCORSMode, SameOriginMode} }
