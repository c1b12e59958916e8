package session

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"corslab/lab/scenario"
)

// When a store lets go.
const (
	IdleTime    = 2 * time.Hour   // after which a session that no page watches expires
	ClosedTime  = 2 * time.Minute // after which its journal goes, because a page that comes back sends its state again
	maxPosition = 1 << 50         // where a page may say that it stands: exact in JavaScript
)

// Bounds are those of a store. A client is whoever the caller says it is.
type Bounds struct {
	Sessions     int   // in all
	PerClient    int   // of these, for one client; of its own, closed ones make room for new ones
	NewPerMinute int   // sessions that one client makes, as many at once after a minute without any
	Journals     int64 // bytes that all sessions keep together
}

// DefaultBounds suit a class of 40 behind one address, each with several tabs
// that open at the same time.
func DefaultBounds() Bounds {
	return Bounds{Sessions: 2_000, PerClient: 500, NewPerMinute: 300, Journals: 192 << 20}
}

// Store holds the sessions of one process. It is safe for use by several
// goroutines.
type Store struct {
	origins  scenario.Origins
	now      func() time.Time
	bounds   Bounds
	budget   *budget
	mu       sync.RWMutex
	sessions map[string]*Session
	clients  clients
}

// NewStore returns an empty store of a lab with these origins, which takes the
// time from now.
func NewStore(o scenario.Origins, now func() time.Time, bounds Bounds) *Store {
	st := &Store{origins: o, now: now, bounds: bounds, sessions: make(map[string]*Session), clients: make(clients)}
	st.budget = newBudget(bounds.Journals, st.all)
	return st
}

func (st *Store) all() []*Session {
	st.mu.RLock()
	defer st.mu.RUnlock()
	return slices.Collect(maps.Values(st.sessions))
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
// session that does not exist is made for the client and counts on from the
// position. Errors: [ErrID], [ErrPosition], [ErrFull], [ErrClientFull],
// [ErrTooFast].
func (st *Store) Open(client, id string, sc *scenario.Scenario, attempt scenario.Attempt, from Position) (*Session, error) {
	if !validID(id) {
		return nil, ErrID
	}
	if from.Seq > maxPosition || from.Run < 0 || from.Run > maxPosition {
		return nil, fmt.Errorf("seq %d, run %d: %w", from.Seq, from.Run, ErrPosition)
	}
	defer st.budget.relieve()
	st.mu.Lock()
	defer st.mu.Unlock()
	s, ok := st.sessions[id]
	if !ok {
		if err := st.admit(client); err != nil {
			return nil, err
		}
		s = newSession(id, client, from, st)
		st.sessions[id] = s
		st.clients[client].sessions++
	}
	s.Put(sc, attempt)
	return s, nil
}

func validID(id string) bool {
	return len(id) >= 16 && len(id) <= 32 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// admit makes room for one more session of the client, or says why there is
// none.
func (st *Store) admit(client string) error {
	c := st.clients.of(client, st.bounds.NewPerMinute, st.now())
	switch {
	case c.tokens < 1:
		return fmt.Errorf("%w, which is %d a minute; try again in a few seconds", ErrTooFast, st.bounds.NewPerMinute)
	case c.sessions >= st.bounds.PerClient && !st.closeOne(client):
		return fmt.Errorf("%w, which is %d; close some of its pages, then try again in a few minutes", ErrClientFull, st.bounds.PerClient)
	case len(st.sessions) >= st.bounds.Sessions && !st.makeRoom(c.sessions):
		return ErrFull
	}
	c.tokens--
	return nil
}

// closeOne drops the session of a client that was unused for longest, of those
// that no page watches.
func (st *Store) closeOne(client string) bool {
	oldest, alone := st.oldest(func(s *Session) bool { return s.client == client })
	if alone {
		st.drop(oldest)
	}
	return alone
}

// makeRoom drops a session of the client that has most, for one that has so
// many: one that no page watches, if there is any. One that a page watches goes
// only for a client that has fewer.
func (st *Store) makeRoom(sessions int) bool {
	largest := st.clients.largest()
	oldest, alone := st.oldest(func(s *Session) bool { return st.clients[s.client].sessions == largest })
	if oldest == nil || !alone && largest <= sessions+1 {
		return false
	}
	st.drop(oldest)
	return true
}

// oldest finds the session that was unused for longest, of those that no page
// watches, and only where there are none of those that are watched. It reports
// whether it is alone.
func (st *Store) oldest(among func(*Session) bool) (oldest *Session, alone bool) {
	var since time.Time
	for _, s := range st.sessions {
		if !among(s) {
			continue
		}
		used, unwatched := s.idleSince()
		if oldest == nil || unwatched && !alone || unwatched == alone && used.Before(since) {
			oldest, alone, since = s, unwatched, used
		}
	}
	return oldest, alone
}

// drop ends a session.
func (st *Store) drop(s *Session) {
	delete(st.sessions, s.ID)
	st.clients[s.client].sessions--
	s.end()
}

// Expire drops the sessions that no page has watched or used for [IdleTime],
// and empties those that no page has watched for [ClosedTime]. It returns how
// many it dropped, and how many bytes are no longer kept.
func (st *Store) Expire() (dropped int, freed int64) {
	st.mu.Lock()
	defer st.mu.Unlock()
	before, now := st.budget.used.Load(), st.now()
	for _, s := range st.sessions {
		used, alone := s.idleSince()
		switch {
		case alone && now.Sub(used) >= IdleTime:
			st.drop(s)
			dropped++
		case s.closedFor(now) >= ClosedTime:
			s.rest()
		}
	}
	st.clients.forget(st.bounds.NewPerMinute, now)
	return dropped, max(0, before-st.budget.used.Load())
}
