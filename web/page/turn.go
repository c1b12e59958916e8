package page

import "net/http"

// largeBody is the size in bytes above which a control request waits for its turn.
// An ordinary one has a few kB.
const largeBody = 32 << 10

// inTurn bounds how many large control requests are in progress at one time, so
// that one client's don't hold up another's.
func (s *server) inTurn(next http.Handler) http.Handler {
	return s.large.Handler(next, func(r *http.Request) bool {
		return r.ContentLength < 0 || r.ContentLength > largeBody
	})
}
