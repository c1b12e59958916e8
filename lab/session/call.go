package session

import (
	"slices"
	"time"

	"corslab/lab/backend"
	"corslab/lab/cors"
	"corslab/lab/inert"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/lab/wire"
)

// Call is one script's part in a run: what it sends, and what came of it.
type Call struct {
	Number int // from 1, in the run
	Role   scenario.Role
	Script scenario.Script
	URL    string // that the script asks for
	Page   string // URL of the page that runs it
	Origin string // of that page, serialized

	fromCache bool   // the browser had the response and sent nothing
	account   string // the name of its cookie
	prefix    string // of the paths of its URLs: the session and the segment
	started   time.Time
	api       backend.ReadOnly // with the policy that was in force when the call began
	origins   origin.Set
	responses map[string]responses // by the URL without the session and the run
	bytes     int                  // of the responses
	noted     int                  // bytes of the methods and targets in sent and asked
	sent      []Sent
	asked     []asked
	cookies   []string // that came with the last request, by name
}

// responses are what the browser got at one URL, nil for what it didn't ask.
type responses struct{ preflight, response *wire.Response }

// asked is a preflight whose request has not come.
type asked struct {
	seq            uint64
	method, target string // of the request
}

// Sent is a request of a call that reached the API, with the status of its
// response.
type Sent struct {
	Seq       uint64 // its entry
	Method    string
	Preflight bool
	Status    int // 0 if the connection was closed instead
	Effect    string
}

// NeverSent is a request that the script wanted and the browser did not send.
type NeverSent struct {
	Method    string
	Preflight uint64 // the entry of the preflight that ended it; 0 if there was none
}

// Bounds on what is remembered of one call.
const (
	maxNoted     = 100      // requests, and preflights
	maxNotedText = 2 << 10  // bytes of a method and a target; no script's are as long
	maxNotedAll  = 16 << 10 // bytes of all of them
	maxResponses = 64 << 10 // bytes of the responses; beyond them the judge asks what the API would respond
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
		c.sent = append(c.sent, Sent{seq, received.Request.Method, received.Asked != nil, received.Response.Seen(), received.Effect})
	}
	target := received.Address().Target
	c.remember(received)
	if received.Asked != nil {
		if method := received.Asked.Method; len(c.asked) < maxNoted && c.fits(len(method)+len(target)) {
			c.asked = append(c.asked, asked{seq, method, target})
		}
		return 0
	}
	c.cookies = cookieNames(received.Request, c.account)
	for i, a := range c.asked {
		if a.method == received.Request.Method && (a.target == target || received.Via != "") {
			c.asked = slices.Delete(c.asked, i, i+1)
			return a.seq
		}
	}
	return 0
}

// remember remembers the response for the judge, which doesn't read bodies.
func (c *Call) remember(received *Received) {
	url, response := received.Address().URL(), received.Response
	response.Body = inert.Body{}
	size := entryOverhead + len(url) + response.Headers.Size()
	if len(c.responses) >= maxNoted || len(url) > maxNotedText || c.bytes+size > maxResponses {
		return
	}
	if c.responses == nil {
		c.responses = make(map[string]responses)
	}
	here := c.responses[url]
	if received.Asked != nil {
		here.preflight = &response
	} else {
		here.response = &response
	}
	c.responses[url] = here
	c.bytes += size
}

// neverSent lists what the script wanted and the browser did not send.
func (c *Call) neverSent(outcome cors.Outcome) []NeverSent {
	var never []NeverSent
	for _, a := range c.asked {
		never = append(never, NeverSent{a.method, a.seq})
	}
	if len(c.sent) == 0 && outcome == cors.Blocked && !c.fromCache {
		never = append(never, NeverSent{Method: c.Script.Method})
	}
	return never
}

// outcome is how the call ended: what the runner reports. For a kind about which it
// can't report anything, it depends on whether more than preflights came.
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
