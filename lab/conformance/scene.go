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
	last   *cors.Answer // the newest one that was not to a preflight
	result *result      // nil until the script has told
}

// result is what the script of the page tells.
type result struct {
	Outcome cors.Outcome `json:"outcome"`
	Type    string       `json:"type"`
	Status  int          `json:"status"`
	Headers []string     `json:"headers"` // names that it can read
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
func (s *scene) play(hop cors.Hop, r *http.Request) *reply {
	address, _, _ := strings.Cut(hop.URL, "#")
	request := cors.WireRequest{Method: r.Method, URL: address, Origin: r.Header.Get("Origin")}
	answer := hop.Response
	asked, preflight := r.Header["Access-Control-Request-Method"]
	if preflight = preflight && r.Method == http.MethodOptions; preflight {
		headers := r.Header.Get("Access-Control-Request-Headers")
		request.Asked, request.Headers = &asked[0], &headers
		answer = hop.Preflight
	}
	s.note(request, answer, preflight)
	if answer == nil {
		return nil
	}
	return &reply{Answer: *answer, body: []byte("{}")}
}

func (s *scene) note(request cors.WireRequest, answer *cors.Answer, preflight bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !preflight {
		s.last = answer
	}
	if n := len(s.wire); answer == nil && n > 0 && s.wire[n-1] == request {
		return // browsers try again, some up to ten times
	}
	s.wire = append(s.wire, request)
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
