package session

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"corslab/lab/scenario"
)

// Bounds on a store.
const (
	MaxSessions = 2_000
	IdleTime    = 2 * time.Hour // after which a session that no page watches expires
	maxPosition = 1 << 50       // where a page may say that it stands: exact in JavaScript
)

// Store holds the sessions of one process. It is safe for use by several
// goroutines.
type Store struct {
	origins  scenario.Origins
	now      func() time.Time
	mu       sync.RWMutex
	sessions map[string]*Session
}

// NewStore returns an empty store of a lab with these origins, which takes the
// time from now.
func NewStore(o scenario.Origins, now func() time.Time) *Store {
	return &Store{origins: o, now: now, sessions: make(map[string]*Session)}
}

// Get returns the session with the ID, or [ErrNotFound].
func (st *Store) Get(id string) (*Session, error) {
	st.mu.RLock()
	defer st.mu.RUnlock()
	s, ok := st.sessions[id]
	if !ok {
		return nil, ErrNotFound
	}
	return s, nil
}

// Open returns the session with the ID, with the attempt put in force. A
// session that does not exist is made and counts on from the position. Errors:
// [ErrID], [ErrPosition], [ErrFull].
func (st *Store) Open(id string, sc *scenario.Scenario, attempt scenario.Attempt, from Position) (*Session, error) {
	if !validID(id) {
		return nil, ErrID
	}
	if from.Seq > maxPosition || from.Run < 0 || from.Run > maxPosition {
		return nil, fmt.Errorf("seq %d, run %d: %w", from.Seq, from.Run, ErrPosition)
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	s, ok := st.sessions[id]
	if !ok {
		if len(st.sessions) >= MaxSessions && !st.makeRoom() {
			return nil, ErrFull
		}
		s = newSession(id, from, st.origins, st.now)
		st.sessions[id] = s
	}
	s.Put(sc, attempt)
	return s, nil
}

func validID(id string) bool {
	return len(id) >= 16 && len(id) <= 32 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// makeRoom drops the session that was unused for longest, of those that no
// page watches.
func (st *Store) makeRoom() bool {
	oldest, since := "", st.now()
	for id, s := range st.sessions {
		if used, alone := s.idleSince(); alone && !used.After(since) {
			oldest, since = id, used
		}
	}
	delete(st.sessions, oldest)
	return oldest != ""
}

// Expire drops the sessions that no page has watched or used for [IdleTime],
// and returns how many.
func (st *Store) Expire() (dropped int) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for id, s := range st.sessions {
		if used, alone := s.idleSince(); alone && st.now().Sub(used) >= IdleTime {
			delete(st.sessions, id)
			dropped++
		}
	}
	return dropped
}
