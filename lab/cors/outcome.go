package cors

import "slices"

// Outcome says how much of an exchange the browser lets the script have.
type Outcome string

const (
	// Readable: the script got a response whose status, body and listed
	// headers it can read (response tainting "basic" or "cors").
	Readable Outcome = "readable"
	// Opaque: the script got an opaque filtered response, status 0 and empty
	// (#concept-filtered-response-opaque).
	Opaque Outcome = "opaque"
	// OpaqueRedirect: the script got an opaque-redirect filtered response, from
	// redirect mode "manual" (#concept-filtered-response-opaque-redirect).
	OpaqueRedirect Outcome = "opaqueredirect"
	// Blocked: the script got an exception or a network error; for fetch() a
	// TypeError, for XMLHttpRequest an error event.
	Blocked Outcome = "blocked"
	// Unknown: the outcome depends on a response that isn't known.
	Unknown Outcome = "unknown"
)

// Outcomes lists every [Outcome], in the order in which they are documented.
func Outcomes() []Outcome {
	return []Outcome{Readable, Opaque, OpaqueRedirect, Blocked, Unknown}
}

// Valid reports whether o is one of [Outcomes].
func (o Outcome) Valid() bool { return slices.Contains(Outcomes(), o) }
