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
	ReadableHeaders []string           `json:"readable_headers"` // those of the last response, lower case, sorted
	Wire            []cors.WireRequest `json:"wire"`             // as the servers saw it, without retries after a connection that ended
	Error           *string            `json:"error,omitempty"`  // Chromium only, like the next
	FailedParameter *string            `json:"failed_parameter,omitempty"`
	Console         string             `json:"console"` // the first specific message about it or, if there is none, the first message
}

// generic reports whether a console message says only that a request failed, or with
// which status.
func generic(line string) bool {
	return strings.HasPrefix(line, "Failed to load resource") ||
		strings.HasSuffix(line, " due to access control checks.")
}

// specific returns a console message, or "" if it is generic.
func specific(line string) string {
	if generic(line) {
		return ""
	}
	return line
}

// Specific returns an observation without its console message if that is generic,
// because the judge need not predict those.
func Specific(o Observation) Observation {
	o.Console = specific(o.Console)
	return o
}
