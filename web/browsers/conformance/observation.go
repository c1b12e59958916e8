package conformance

import (
	"strings"

	"corslab/lab/cors"
)

// Observation is what a browser did with an exchange.
type Observation struct {
	Outcome         cors.Outcome       `json:"outcome"`
	Type            cors.ResponseType  `json:"type"`             // of the Response object; empty for xhr
	Status          int                `json:"status"`           // as the script saw it
	ReadableHeaders []string           `json:"readable_headers"` // of the last answer's own, lower case, sorted
	Wire            []cors.WireRequest `json:"wire"`             // as the servers saw it; a retry after a connection that ended is left out
	Error           *string            `json:"error,omitempty"`  // Chromium only, like the next
	FailedParameter *string            `json:"failed_parameter,omitempty"`
	Console         string             `json:"console"` // the first line about it that is specific, else the first one
}

// generic reports whether a line of the console says only that a request
// failed, or how it was answered.
func generic(line string) bool {
	return strings.HasPrefix(line, "Failed to load resource") ||
		strings.HasSuffix(line, " due to access control checks.")
}

// specific returns a line of the console, or nothing where it is generic.
func specific(line string) string {
	if generic(line) {
		return ""
	}
	return line
}

// Specific returns an observation without a console line that is generic: nobody
// need predict those.
func Specific(o Observation) Observation {
	o.Console = specific(o.Console)
	return o
}
