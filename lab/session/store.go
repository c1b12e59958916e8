package session

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"corslab/lab/origin"
	"corslab/lab/scenario"
)

// How long a store keeps a session that no page watches.
const (
	IdleTime    = 2 * time.Hour   // after this time, the session expires
	ClosedTime  = 2 * time.Minute // after this time, its journal is emptied; a page that comes back sends its state again
	maxPosition = 1 << 50         // the largest number in a page's position; exact in JavaScript
)

// Client names whoever opens sessions. The caller decides what counts as one.
type Client string

// Bounds limit a store.
type Bounds struct {
	Sessions     int   // in total
	PerClient    int   // for one client; its closed sessions make room for new ones
	NewPerMinute int   // sessions that one client can open in a minute
	Journals     int64 // bytes that all sessions use together
}

// DefaultBounds suit a class of 40 behind one address, each with several tabs open
// at the same time.
func DefaultBounds() Bounds {
	return Bounds{Sessions: 2_000, PerClient: 500, NewPerMinute: 300, Journals: 192 << 20}
}

// Store holds the sessions of one process. It is safe for use by several
// goroutines.
type Store struct {
	origins  origin.Set
	now      func() time.Time
	bounds   Bounds
	budget   *budget
	mu       sync.RWMutex
	sessions map[string]*Session
	clients  clients
}

// NewStore returns an empty store of a lab with these origins. It gets the time from
// now.
func NewStore(o origin.Set, now func() time.Time, bounds Bounds) *Store {
	st := &Store{origins: o, now: now, bounds: bounds, sessions: make(map[string]*Session), clients: make(clients)}
	st.budget = newBudget(bounds.Journals, st.all)
	return st
}

// Origins returns the origins of the store's lab.
func (st *Store) Origins() origin.Set { return st.origins }

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

// Open returns the session with the ID and puts the attempt in force. If there
// is no such session, it opens one for the client that counts on from the
// position. Errors: [ErrID], [ErrPosition], [ErrFull], [ErrClientFull],
// [ErrTooFast].
func (st *Store) Open(client Client, id string, sc *scenario.Scenario, attempt scenario.Attempt, from Position) (*Session, error) {
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
		s = newSession(client, id, from, st)
		st.sessions[id] = s
		st.clients[client].sessions++
	}
	s.Put(sc, attempt)
	return s, nil
}

func validID(id string) bool {
	return len(id) >= 16 && len(id) <= 32 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// admit makes room for one more session of the client, or says why it can't.
func (st *Store) admit(client Client) error {
	c := st.clients.of(client, st.bounds.NewPerMinute, st.now())
	switch {
	case c.tokens < 1:
		return fmt.Errorf("%w (at most %d a minute)", ErrTooFast, st.bounds.NewPerMinute)
	case c.sessions >= st.bounds.PerClient && !st.closeOne(client):
		return fmt.Errorf("%w (at most %d)", ErrClientFull, st.bounds.PerClient)
	case len(st.sessions) >= st.bounds.Sessions && !st.makeRoom(c.sessions):
		return ErrFull
	}
	c.tokens--
	return nil
}

// closeOne drops the client's least recently used session that no page watches.
func (st *Store) closeOne(client Client) bool {
	oldest, alone := st.oldest(func(s *Session) bool { return s.client == client })
	if alone {
		st.drop(oldest)
	}
	return alone
}

// makeRoom drops a session of the client that has the most, to make room for a client
// that has this many sessions. It prefers a session that no page watches. It drops a
// watched one only if the new client has fewer sessions.
func (st *Store) makeRoom(sessions int) bool {
	largest := st.clients.largest()
	oldest, alone := st.oldest(func(s *Session) bool { return st.clients[s.client].sessions == largest })
	if oldest == nil || !alone && largest <= sessions+1 {
		return false
	}
	st.drop(oldest)
	return true
}

// oldest finds the least recently used session. It prefers sessions that no page
// watches, and reports whether it found one of those.
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
// many it dropped, and how many bytes it freed.
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
			s.clear()
		}
	}
	st.clients.forget(st.bounds.NewPerMinute, now)
	return dropped, max(0, before-st.budget.used.Load())
}
