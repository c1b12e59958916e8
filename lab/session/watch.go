package session

import (
	"sync"
	"time"
)

// activity is when the session was last used and how many pages watch it.
type activity struct {
	used     time.Time
	watchers int
	left     time.Time // when the last watcher left
}

// Watch keeps the session from expiring until the returned function is called.
func (s *Session) Watch() (release func()) {
	s.watch(1)
	return sync.OnceFunc(func() { s.watch(-1) })
}

func (s *Session) watch(change int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.activity.watchers += change
	s.activity.used = s.now()
	s.activity.left = s.activity.used
}

// Ended returns a channel that is closed when the store has dropped the session. A page
// must then open the session again.
func (s *Session) Ended() <-chan struct{} { return s.ended }

// Watchers returns how many pages watch the session now.
func (s *Session) Watchers() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.activity.watchers
}

// idleSince reports when the session was last used, and whether no page
// watches it.
func (s *Session) idleSince() (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.activity.used, s.activity.watchers == 0
}

// closedFor is how long no page has watched the session.
func (s *Session) closedFor(now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.activity.watchers > 0 {
		return 0
	}
	return now.Sub(s.activity.left)
}
