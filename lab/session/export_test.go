package session

import "corslab/lab/cors"

// HopsAt returns what the judge would see of a call to a URL that the session doesn't
// know.
func HopsAt(url string) []cors.Hop {
	c := call{Call: Call{URL: url}, session: "session", segment: 1}
	return c.hops()
}

// SizeOf returns the size of an entry as the journal counts it, in bytes.
func SizeOf(e Entry) int { return e.size() }

// Used returns the bytes that all sessions of the store use, as they count them.
func (st *Store) Used() int64 { return st.budget.used.Load() }

// Live returns how many of the store's sessions have a journal with entries.
func (st *Store) Live() int64 { return st.budget.live.Load() }

// Counted returns the size that the session counts, and the size that it should count.
func (s *Session) Counted() (counted, recounted int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	if !s.dropped {
		recounted = int64(s.otherSize())
	}
	for _, e := range s.journal.entries {
		recounted += int64(e.size())
	}
	return s.usage.bytes.Load(), recounted
}
