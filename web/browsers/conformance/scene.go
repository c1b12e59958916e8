package conformance

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"corslab/lab/cors"
)

// scene is an exchange that is played on a stage's ports.
type scene struct {
	exchange cors.Exchange

	mu     sync.Mutex
	wire   []cors.WireRequest
	last   *cors.Response // the newest one except preflight responses
	ended  string         // URL whose connection ended without a response
	result *result        // nil until the page has reported it
}

// result is what the page's script reports.
type result struct {
	Outcome cors.Outcome      `json:"outcome"`
	Type    cors.ResponseType `json:"type"`
	Status  int               `json:"status"`
	Headers []string          `json:"headers"` // names that it can read
}

// target returns the host and the request target of a hop's URL, which identify a
// request. It is empty if the URL can't be requested.
func target(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" {
		return ""
	}
	return u.Host + u.RequestURI()
}

// play records a request for a hop and returns the response.
func (s *scene) play(hop cors.Hop, r *request) *reply {
	address, _, _ := strings.Cut(hop.URL, "#")
	sent := cors.WireRequest{Method: r.method, URL: address, Origin: r.header["origin"]}
	response := hop.Response
	asked, preflight := r.header["access-control-request-method"]
	if preflight = preflight && r.method == http.MethodOptions; preflight {
		headers := r.header["access-control-request-headers"]
		sent.Asked, sent.Headers = &asked, &headers
		response = hop.Preflight
	}
	s.note(sent, response, preflight)
	if response == nil {
		return nil
	}
	return &reply{Response: *response, body: []byte("{}")}
}

func (s *scene) note(sent cors.WireRequest, response *cors.Response, preflight bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if sent.URL == s.ended {
		return // browsers try again, some up to ten times
	}
	if !preflight {
		s.last = response
	}
	if response == nil {
		s.ended = sent.URL
	}
	s.wire = append(s.wire, sent)
}

func (s *scene) setResult(reported *result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.result = reported
}

// blocked reports whether the script got nothing.
func (s *scene) blocked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.result.Outcome == cors.Blocked
}

// observation combines what the script, the servers and the browser reported.
func (s *scene) observation(reported remark) Observation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Observation{
		Outcome:         s.result.Outcome,
		Type:            s.result.Type,
		Status:          s.result.Status,
		ReadableHeaders: s.readable(),
		Wire:            append([]cors.WireRequest{}, s.wire...),
		Error:           reported.err,
		FailedParameter: reported.parameter,
		Console:         reported.console,
	}
}

// readable returns those headers of the last response that the script could read.
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
