package session

import (
	"fmt"
	"math"
	"slices"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// Run is one press of Send.
type Run struct {
	Number  int // from 1, in the session
	Segment int // the run in the URL; another run's where the URL is pinned
	Script  scenario.Script
	URL     string // that the script asks for
	Page    string // URL of the page that runs it
	Origin  string // of that page, serialized

	started time.Time
	answers answers // that the policy gave at the start; those that were given take their place
	settled bool
	sent    []Sent
	asked   []unanswered
}

// unanswered is a preflight whose request has not come.
type unanswered struct {
	seq            uint64
	method, target string // of the request
}

// Sent is a request of a run that reached the API, and how it was answered.
type Sent struct {
	Method    string
	Preflight bool
	Status    int
	Effect    string
}

// Bounds on what is remembered of one run.
const (
	maxNoted     = 100     // requests, and preflights
	maxNotedText = 2 << 10 // bytes of a method and a target; no script's are as long
)

// note remembers that a request of this run arrived. It returns the entry of
// the preflight that asked for it, 0 if none did.
func (r *Run) note(seq uint64, received *Received) (permit uint64) {
	if len(r.sent) < maxNoted && len(received.Request.Method) <= maxNotedText {
		r.sent = append(r.sent, Sent{received.Request.Method, received.Asked != nil, received.Answer.Status, received.Effect})
	}
	target := received.Request.Target
	if received.Asked != nil {
		r.answers.preflight = received.Answer
		if method := received.Asked.Method; len(r.asked) < maxNoted && len(method)+len(target) <= maxNotedText {
			r.asked = append(r.asked, unanswered{seq, method, target})
		}
		return 0
	}
	r.answers.response = received.Answer
	for i, asked := range r.asked {
		if asked.method == received.Request.Method && asked.target == target {
			r.asked = slices.Delete(r.asked, i, i+1)
			return asked.seq
		}
	}
	return 0
}

// Report is what the script got, as the runner in the learner's browser tells.
type Report struct {
	Type    string     `json:"type"` // of the response; "error" where fetch rejected
	Status  int        `json:"status"`
	Headers [][]string `json:"headers"` // name and value, as the script can read them
	Body    string     `json:"body"`
	Error   string     `json:"error"`   // the exception's text
	Failed  string     `json:"failed"`  // what failed, of type error: one of FailedFetch and so on
	Elapsed float64    `json:"elapsed"` // milliseconds from send to settled
}

// What can fail in a run that ends with an exception.
const (
	FailedFetch = "fetch" // fetch itself rejected
	FailedBody  = "body"  // there was a response, but its body could not be read
	FailedTime  = "time"  // the runner gave up waiting
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
	case outcomeOf(r.Type) == "":
		return refuse("type: found %.60q; want basic, cors, opaque, opaqueredirect or error", r.Type)
	case !slices.Contains([]string{"", FailedFetch, FailedBody, FailedTime}, r.Failed):
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

// texts is the length of the report's texts together.
func (r Report) texts() int {
	size := sizeOf(r.Type, r.Body, r.Error, r.Failed)
	for _, pair := range r.Headers {
		size += sizeOf(pair...)
	}
	return size
}

// size estimates the bytes that a report keeps.
func (r Report) size() int { return r.texts() + overhead*len(r.Headers) }

// outcomeOf says what the script got with a response of that type, "" for a
// type that no response has.
func outcomeOf(responseType string) cors.Outcome {
	switch responseType {
	case "basic", "cors":
		return cors.Readable
	case "opaque":
		return cors.Opaque
	case "opaqueredirect":
		return cors.OpaqueRedirect
	case "error":
		return cors.Blocked
	}
	return ""
}

// Settled is the end of a run.
type Settled struct {
	Report    Report
	Outcome   cors.Outcome
	Script    scenario.Script
	Sent      []Sent // what reached the API, in order
	NeverSent []NeverSent
	Goal      []Met
	Solved    bool
	Judged    Judged

	SolvedAnew bool // and the run before did not solve it
}

// NeverSent is a request that the script wanted and the browser did not send.
type NeverSent struct {
	Method    string
	Preflight uint64 // the entry of the preflight that ended it; 0 where there was none
}

// Met is one line of the goal and whether it held in the run.
type Met struct {
	Fact scenario.Fact
	Held bool
}

// settle draws the conclusions of a run that is over.
func (r *Run) settle(report Report, sc *scenario.Scenario) Settled {
	settled := Settled{Report: report, Outcome: outcomeOf(report.Type), Script: r.Script, Sent: r.sent}
	for _, asked := range r.asked {
		settled.NeverSent = append(settled.NeverSent, NeverSent{asked.method, asked.seq})
	}
	if len(r.sent) == 0 && settled.Outcome == cors.Blocked {
		settled.NeverSent = append(settled.NeverSent, NeverSent{Method: r.Script.Method})
	}
	seen := scenario.Observed{Outcome: settled.Outcome}
	for _, sent := range r.sent {
		seen.Sent = append(seen.Sent, sent.Method)
	}
	for _, pair := range report.Headers {
		seen.Readable = append(seen.Readable, pair[0])
	}
	for _, fact := range sc.Goal {
		settled.Goal = append(settled.Goal, Met{fact, fact.Holds(seen)})
	}
	settled.Solved = sc.Solved(seen)
	return settled
}
