package page

import "net/http"

// largeBody is from where on a control request waits for its turn, in bytes. An
// ordinary one has a few kB.
const largeBody = 32 << 10

// inTurn bounds how many large control requests are under way at one time, so
// that those of one client hold up none of another's.
func (s *server) inTurn(next http.Handler) http.Handler {
	return s.large.Handler(next, func(r *http.Request) bool {
		return r.ContentLength < 0 || r.ContentLength > largeBody
	})
}
