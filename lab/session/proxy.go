package session

import (
	"strings"

	"corslab/lab/scenario"
)

// ProxyPath is what the paths of the two proxies have in common, behind the
// session and the run.
const ProxyPath = "/proxy/"

const pseudonym = "corslab-" // how a proxy calls itself in the header Via, before its kind

// Pseudonym is the value of the header Via that the proxy of a kind adds, by
// which the API knows where a request comes from. No script can set it.
func Pseudonym(via scenario.Via) string { return "1.1 " + pseudonym + string(via) }

// via is the kind of the proxy that the request came through, "" for none.
func (r Request) via() scenario.Via {
	for _, kind := range []scenario.Via{scenario.ViaSameOrigin, scenario.ViaCORS} {
		if r.Header("Via") == Pseudonym(kind) {
			return kind
		}
	}
	return ""
}

// Relayed is told what a proxy answered to a browser, which is what the judge
// needs. A preflight that it answers itself goes into the journal, because the
// API never sees it.
func (s *Session) Relayed(segment int, via scenario.Via, r Request, answer Answer) {
	defer s.kept.budget.relieve()
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.weigh()
	s.used = s.now()
	received := &Received{Request: r, Answer: answer, Via: via, ByProxy: true}
	entry := Entry{Time: s.used, Run: s.numberOf(segment), Received: received}
	asked, preflight := r.Preflight()
	current := s.run != nil && entry.Run == s.run.Number
	switch {
	case preflight && via == scenario.ViaCORS:
		received.Asked = &asked
		if current {
			entry.Call = s.run.Call.Number
			s.run.Call.note(s.journal.last()+1, received)
		}
		s.journal.append(entry)
	case current:
		s.run.Call.keep(received)
	}
}

// Onward is the headers with which a proxy asks the API, server to server: there
// is no origin. The one that is no part of the page's site gets no cookie, and
// would pass none on.
func Onward(from map[string][]string, via scenario.Via) map[string][]string {
	headers := map[string][]string{"Via": {Pseudonym(via)}}
	for name, values := range from {
		ofPage := name == "Origin" || name == "Referer" || strings.HasPrefix(name, "Sec-") || strings.HasPrefix(name, "Access-Control-Request-")
		if !ofPage && name != "Via" && (name != "Cookie" || via != scenario.ViaCORS) {
			headers[name] = values
		}
	}
	return headers
}

// Permit is what the proxy that adds CORS headers answers to a preflight, of
// itself: all that is asked for is allowed, to everybody.
func Permit(asked Asked) Answer {
	answer := Answer{Status: 204, Headers: map[string][]string{"Access-Control-Allow-Methods": {asked.Method}}}
	if asked.Headers != "" {
		answer.Headers["Access-Control-Allow-Headers"] = []string{asked.Headers}
	}
	Open(answer.Headers)
	return answer
}

// Open adds to an answer what that proxy adds: everybody may read it.
func Open(headers map[string][]string) {
	headers["Access-Control-Allow-Origin"] = []string{"*"}
	headers["Access-Control-Expose-Headers"] = []string{"*"}
	delete(headers, "Access-Control-Allow-Credentials")
}

// proxied is what the proxies answer at a place that nobody asked, as far as
// that can be known: the judge wants it for engines that ask for more.
func (c *Call) proxied(at spot) given {
	response := c.answers.response(at, "", c.prefix)
	if c.Script.Via != scenario.ViaCORS {
		return given{response: &response}
	}
	Open(response.Headers)
	var names []string
	for _, h := range c.Script.Sent() {
		names = append(names, strings.ToLower(h.Name))
	}
	return given{new(Permit(Asked{c.Script.Method, strings.Join(names, ",")})), &response}
}
