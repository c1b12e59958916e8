package conformance

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"corslab/lab/cors"
)

// scene is an exchange as it is played, on the ports of a stage.
type scene struct {
	exchange cors.Exchange

	mu     sync.Mutex
	wire   []cors.WireRequest
	last   *cors.Response // the newest one that was not to a preflight
	ended  string         // URL whose connection ended without an answer
	result *result        // nil until the script has told
}

// result is what the script of the page tells.
type result struct {
	Outcome cors.Outcome      `json:"outcome"`
	Type    cors.ResponseType `json:"type"`
	Status  int               `json:"status"`
	Headers []string          `json:"headers"` // names that it can read
}

// target returns how a request for a hop's URL is told from others: host and
// request target. It is empty where no request can be made.
func target(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" {
		return ""
	}
	return u.Host + u.RequestURI()
}

// play notes a request for a hop and returns the answer.
func (s *scene) play(hop cors.Hop, r *request) *reply {
	address, _, _ := strings.Cut(hop.URL, "#")
	sent := cors.WireRequest{Method: r.method, URL: address, Origin: r.header["origin"]}
	answer := hop.Response
	asked, preflight := r.header["access-control-request-method"]
	if preflight = preflight && r.method == http.MethodOptions; preflight {
		headers := r.header["access-control-request-headers"]
		sent.Asked, sent.Headers = &asked, &headers
		answer = hop.Preflight
	}
	s.note(sent, answer, preflight)
	if answer == nil {
		return nil
	}
	return &reply{Response: *answer, body: []byte("{}")}
}

func (s *scene) note(sent cors.WireRequest, answer *cors.Response, preflight bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if sent.URL == s.ended {
		return // browsers try again, some up to ten times
	}
	if !preflight {
		s.last = answer
	}
	if answer == nil {
		s.ended = sent.URL
	}
	s.wire = append(s.wire, sent)
}

func (s *scene) tell(told *result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.result = told
}

// blocked reports whether the script got nothing.
func (s *scene) blocked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.result.Outcome == cors.Blocked
}

// observation puts together what the script, the servers and the browser told.
func (s *scene) observation(told remark) Observation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Observation{
		Outcome:         s.result.Outcome,
		Type:            s.result.Type,
		Status:          s.result.Status,
		ReadableHeaders: s.readable(),
		Wire:            append([]cors.WireRequest{}, s.wire...),
		Error:           told.err,
		FailedParameter: told.parameter,
		Console:         told.console,
	}
}

// readable returns the names that the script could read among those of the
// last answer.
func (s *scene) readable() []string {
	names := []string{}
	if s.last == nil {
		return names
	}
	for _, line := range s.last.Headers {
		if name := strings.ToLower(line[0]); slices.Contains(s.result.Headers, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
