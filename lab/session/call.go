package session

import (
	"slices"
	"time"

	"corslab/lab/cors"
	"corslab/lab/inert"
	"corslab/lab/scenario"
)

// Call is one script's part in a run: what it sends, and what came of it.
type Call struct {
	Number int // from 1, in the run
	Role   scenario.Role
	Script scenario.Script
	URL    string // that the script asks for
	Page   string // URL of the page that runs it
	Origin string // of that page, serialized

	kept    bool   // the browser had the answer and sent nothing
	account string // the name of its cookie
	prefix  string // of the paths of its URLs: the session and the segment
	started time.Time
	answers answers // of the policy that was in force at the start of the run
	given   map[spot]given
	bytes   int // of given
	noted   int // bytes of the methods and targets in sent and asked
	sent    []Sent
	asked   []unanswered
	cookies []string // that came with the last request, by name
}

// given is what the API did answer at one place, preflight and request.
type given struct{ preflight, response *Answer }

// unanswered is a preflight whose request has not come.
type unanswered struct {
	seq            uint64
	method, target string // of the request
}

// Sent is a request of a call that reached the API, and how it was answered.
type Sent struct {
	Seq       uint64 // its entry
	Method    string
	Preflight bool
	Status    int // 0 where the connection was closed instead
	Effect    string
}

// NeverSent is a request that the script wanted and the browser did not send.
type NeverSent struct {
	Method    string
	Preflight uint64 // the entry of the preflight that ended it; 0 where there was none
}

// Bounds on what is remembered of one call.
const (
	maxNoted     = 100      // requests, and preflights
	maxNotedText = 2 << 10  // bytes of a method and a target; no script's are as long
	maxNotedAll  = 16 << 10 // bytes of all of them
	maxGiven     = 64 << 10 // bytes of the responses; beyond them the judge uses the policy
)

// fits reports whether there is room to note that many more bytes, and counts them.
func (c *Call) fits(bytes int) bool {
	if bytes > maxNotedText || c.noted+bytes > maxNotedAll {
		return false
	}
	c.noted += bytes
	return true
}

// note remembers that a request of this call arrived. It returns the entry of
// the preflight that asked for it, 0 if none did.
func (c *Call) note(seq uint64, received *Received) (permit uint64) {
	if len(c.sent) < maxNoted && c.fits(len(received.Request.Method)+len(received.Effect)) {
		c.sent = append(c.sent, Sent{seq, received.Request.Method, received.Asked != nil, received.Answer.status(), received.Effect})
	}
	target := received.Request.Target
	c.keep(received)
	if received.Asked != nil {
		if method := received.Asked.Method; len(c.asked) < maxNoted && c.fits(len(method)+len(target)) {
			c.asked = append(c.asked, unanswered{seq, method, target})
		}
		return 0
	}
	c.cookies = received.Request.cookies(c.account)
	for i, asked := range c.asked {
		if asked.method == received.Request.Method && (asked.target == target || received.Via != "") {
			c.asked = slices.Delete(c.asked, i, i+1)
			return asked.seq
		}
	}
	return 0
}

// keep remembers the response for the judge, which doesn't read bodies.
func (c *Call) keep(received *Received) {
	at, answer := spot{received.Request.Host, received.Request.Target}, received.Answer
	answer.Body = inert.Body{}
	size := entryOverhead + len(at.target) + sizeOfHeaders(answer.Headers)
	if len(c.given) >= maxNoted || len(at.target) > maxNotedText || c.bytes+size > maxGiven {
		return
	}
	if c.given == nil {
		c.given = make(map[spot]given)
	}
	answered := c.given[at]
	if received.Asked != nil {
		answered.preflight = &answer
	} else {
		answered.response = &answer
	}
	c.given[at] = answered
	c.bytes += size
}

// neverSent lists what the script wanted and the browser did not send.
func (c *Call) neverSent(outcome cors.Outcome) []NeverSent {
	var never []NeverSent
	for _, asked := range c.asked {
		never = append(never, NeverSent{asked.method, asked.seq})
	}
	if len(c.sent) == 0 && outcome == cors.Blocked && !c.kept {
		never = append(never, NeverSent{Method: c.Script.Method})
	}
	return never
}

// outcome is how the call ended: what the page was told, and where it is told
// nothing, whether more than preflights came.
func (c *Call) outcome(report Report) cors.Outcome {
	onlyAsked := !slices.ContainsFunc(c.sent, func(s Sent) bool { return !s.Preflight })
	if !c.Script.Kind.Reports() && onlyAsked {
		return cors.Blocked
	}
	return outcomeOf(report.Type)
}

// observed is what was seen of the call.
func (c *Call) observed(report Report, balance int) scenario.Observed {
	seen := scenario.Observed{Role: c.Role, Caller: c.Script.From, Outcome: c.outcome(report), Cookies: c.cookies, Balance: balance}
	for _, sent := range c.sent {
		seen.Sent = append(seen.Sent, sent.Method)
	}
	for _, pair := range report.Headers {
		seen.Readable = append(seen.Readable, pair[0])
	}
	return seen
}
