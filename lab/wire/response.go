package wire

import (
	"time"

	"corslab/lab/cors"
	"corslab/lab/inert"
)

// Response is what a server sends back. Its body is one that does nothing in a
// browser, because the lab sends no others. A response of another server has no
// body here, because it doesn't matter for who can read it.
type Response struct {
	Status  int
	Headers Headers // may be shared with others: to change them, take a copy
	Body    inert.Body
	Closed  bool          // the connection ends, and nothing of this is sent
	Delay   time.Duration // before it is sent
}

// Refusal is a response that the lab itself makes, for a request that it doesn't
// serve. It may come from any of the lab's origins, also from one that is meant to be
// attacked: the body is inert, and browsers don't guess another type.
func Refusal(status int, message string) Response {
	headers := Headers{{"Content-Type", "application/json"}, {"X-Content-Type-Options", "nosniff"}}
	return Response{Status: status, Headers: headers, Body: inert.Error(message)}
}

// Seen is the status that a browser sees: 0 if the connection is closed instead.
func (r Response) Seen() int {
	if r.Closed {
		return 0
	}
	return r.Status
}

// Size estimates how many bytes of memory the response needs.
func (r Response) Size() int { return LineOverhead + r.Body.Len() + r.Headers.Size() }

// Judged is the response as the judge takes it, nil if the connection is closed.
func (r Response) Judged() *cors.Response {
	if r.Closed {
		return nil
	}
	judged := &cors.Response{Status: r.Status, Headers: make(cors.HeaderList, len(r.Headers))}
	for i, line := range r.Headers {
		judged.Headers[i] = [2]string{cors.IsomorphicDecode([]byte(line.Name)), cors.IsomorphicDecode([]byte(line.Value))}
	}
	return judged
}

// FromJudged is what a server sends for a response as the judge takes it; nil
// closes the connection.
func FromJudged(judged *cors.Response) Response {
	if judged == nil {
		return Response{Closed: true}
	}
	response := Response{Status: judged.Status, Headers: make(Headers, len(judged.Headers))}
	for i, line := range judged.Headers {
		response.Headers[i] = Line{string(cors.IsomorphicEncode(line[0])), string(cors.IsomorphicEncode(line[1]))}
	}
	return response
}
