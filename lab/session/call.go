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

// Call is one script's part in a run: what it sends, and how that ends.
type Call struct {
	Number int // from 1, in the run
	Role   scenario.Role
	Script scenario.Script
	URL    string // that the script requests
	Page   string // URL of the page that runs it
	Origin string // of that page, serialized
}

// call is a call with what the session knows of it.
type call struct {
	Call
	fromCache bool   // the browser had the response and sent nothing
	account   string // name of the account's cookie
	session   string // its ID
	segment   int    // the run, in its URLs
	started   time.Time
	api       backend.ReadOnly // with the policy that was in force when the call began
	origins   origin.Set
	responses map[string]responses // by the URL without the session and the run
	bytes     int                  // size of the responses
	noted     int                  // bytes of the methods and targets in sent and asked
	sent      []Sent
	asked     []asked
	cookies   []string // names of the cookies in the last request
}

// responses are what the browser got at one URL; nil if it didn't send the request.
type responses struct{ preflight, response *wire.Response }

// asked is a preflight whose request hasn't arrived.
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

// NeverSent is a request that the script wanted and the browser didn't send.
type NeverSent struct {
	Method    string
	Preflight uint64 // entry of the preflight that blocked it; 0 if there was none
}

// Bounds on what a call remembers.
const (
	maxNoted     = 100      // requests, and preflights
	maxNotedText = 2 << 10  // bytes of a method and a target; scripts can't send longer ones
	maxNotedAll  = 16 << 10 // bytes of all of them
	maxResponses = 64 << 10 // bytes of the responses; beyond them the judge asks what the API would respond
)

// fits reports whether there is room to note that many more bytes. If so, it counts
// them.
func (c *call) fits(bytes int) bool {
	if bytes > maxNotedText || c.noted+bytes > maxNotedAll {
		return false
	}
	c.noted += bytes
	return true
}

// note remembers a request of this call. It returns the entry of the preflight that
// asked for it, or 0.
func (c *call) note(seq uint64, received *Received) (permit uint64) {
	if len(c.sent) < maxNoted && c.fits(len(received.Request.Method)+len(received.Effect)) {
		c.sent = append(c.sent, Sent{seq, received.Request.Method, received.Asked != nil, received.Response.Seen(), received.Effect})
	}
	target := received.Endpoint().Brief()
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

// remember stores the response for the judge, without the body, which the judge doesn't
// read.
func (c *call) remember(received *Received) {
	url, response := received.Endpoint().Key(), received.Response
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

// neverSent lists the requests that the script wanted and the browser didn't send.
func (c *call) neverSent(outcome cors.Outcome) []NeverSent {
	var never []NeverSent
	for _, a := range c.asked {
		never = append(never, NeverSent{a.method, a.seq})
	}
	if len(c.sent) == 0 && outcome == cors.Blocked && !c.fromCache {
		never = append(never, NeverSent{Method: c.Script.Method})
	}
	return never
}

// outcome is how the call ended, as the runner reports it. Some kinds of script can't
// report that. For those, it depends on whether any request other than a preflight
// arrived.
func (c *call) outcome(report Report) cors.Outcome {
	onlyAsked := !slices.ContainsFunc(c.sent, func(s Sent) bool { return !s.Preflight })
	if !c.Script.Kind.Reports() && onlyAsked {
		return cors.Blocked
	}
	return report.Type.Outcome()
}

// observed returns what the goal's facts need to know about the call.
func (c *call) observed(report Report, balance int) scenario.Observed {
	seen := scenario.Observed{Role: c.Role, Caller: c.Script.From, Outcome: c.outcome(report), Cookies: c.cookies, Balance: balance}
	for _, sent := range c.sent {
		seen.Sent = append(seen.Sent, sent.Method)
	}
	for _, pair := range report.Headers {
		seen.Readable = append(seen.Readable, pair[0])
	}
	return seen
}
