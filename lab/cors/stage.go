package cors

import "slices"

// Stage says at which part of an exchange a [Cause] happened.
type Stage string

// The stages of an exchange.
const (
	StageRequest   Stage = "request"   // before the request itself was sent
	StagePreflight Stage = "preflight" // at the response to the preflight
	StageResponse  Stage = "response"  // at the response to the request itself
	StageRedirect  Stage = "redirect"  // at a response that redirects
)

// Stages lists every [Stage], in the order of an exchange.
func Stages() []Stage {
	return []Stage{StageRequest, StagePreflight, StageResponse, StageRedirect}
}

// Valid reports whether s is one of [Stages].
func (s Stage) Valid() bool { return slices.Contains(Stages(), s) }
