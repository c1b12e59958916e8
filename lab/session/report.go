package session

import (
	"fmt"
	"math"
	"slices"

	"corslab/lab/cors"
)

// Report is what the script got, as the runner in the learner's browser says.
type Report struct {
	Type    cors.ResponseType `json:"type"` // error if fetch rejected
	Status  int               `json:"status"`
	Headers [][]string        `json:"headers"` // name and value, as the script can read them
	Body    string            `json:"body"`
	Error   string            `json:"error"`   // the exception's text
	Failed  Failure           `json:"failed"`  // for type error
	Elapsed float64           `json:"elapsed"` // milliseconds from send to settled
}

// Failure is what failed if a call ended with an exception; empty for any other call.
type Failure string

// The failures.
const (
	FailedFetch Failure = "fetch" // fetch itself rejected
	FailedBody  Failure = "body"  // the response arrived, but its body couldn't be read
	FailedTime  Failure = "time"  // the runner gave up waiting
)

// Bounds on a report; the runner sends less.
const (
	maxReport  = 64 << 10 // bytes of text
	maxHeaders = 256
)

func (r Report) check() error {
	refuse := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", ErrReport, fmt.Sprintf(format, args...))
	}
	switch {
	case r.Type.Outcome() == "":
		return refuse("type: found %.60q; want basic, cors, opaque, opaqueredirect or error", r.Type)
	case !slices.Contains([]Failure{"", FailedFetch, FailedBody, FailedTime}, r.Failed):
		return refuse("failed: found %.60q; want %s, %s, %s or nothing", r.Failed, FailedFetch, FailedBody, FailedTime)
	case r.Status < 0 || r.Status > 999:
		return refuse("status: found %d; want 0 to 999", r.Status)
	case math.IsNaN(r.Elapsed) || math.IsInf(r.Elapsed, 0) || r.Elapsed < 0:
		return refuse("elapsed: found %g; want a number of milliseconds, 0 or more", r.Elapsed)
	case len(r.Headers) > maxHeaders:
		return refuse("headers: found %d; want at most %d", len(r.Headers), maxHeaders)
	}
	for i, pair := range r.Headers {
		if len(pair) != 2 {
			return refuse("headers[%d]: found %d parts; want a name and a value", i, len(pair))
		}
	}
	if size := r.texts(); size > maxReport {
		return refuse("found %d bytes of text; want at most %d", size, maxReport)
	}
	return nil
}

// texts is the total length of the report's texts.
func (r Report) texts() int {
	size := sizeOf(string(r.Type), r.Body, r.Error, string(r.Failed))
	for _, pair := range r.Headers {
		size += sizeOf(pair...)
	}
	return size
}

// size estimates the bytes that a report uses.
func (r Report) size() int { return r.texts() + overhead*len(r.Headers) }
