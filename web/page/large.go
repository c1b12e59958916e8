package page

import (
	"net/http"
	"time"
)

// largeBody is the size in bytes above which a control request counts as large. Ordinary
// ones have a few kB.
const largeBody = 32 << 10

// limitLarge bounds how many large control requests are in progress at one time, so that
// one client's don't hold up another's.
func (s *server) limitLarge(next http.Handler) http.Handler {
	return s.large.Handler(s.limitReadTime(next), func(r *http.Request) bool {
		return r.ContentLength < 0 || r.ContentLength > largeBody
	})
}

// limitReadTime bounds how long a body can take to arrive, so that slow bodies don't block
// others.
func (s *server) limitReadTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.limits.Read)); err != nil {
			s.log.Debug("no deadline for a body", "err", err)
		}
		next.ServeHTTP(w, r)
	})
}
