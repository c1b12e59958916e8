package session

// SizeOf is what an entry counts for in the journal, in bytes.
func SizeOf(e Entry) int { return e.size() }

// Used is what all sessions of the store keep, in bytes, as they count it.
func (st *Store) Used() int64 { return st.budget.used.Load() }

// Live is how many of its sessions have a journal with entries.
func (st *Store) Live() int64 { return st.budget.live.Load() }

// Counted is what the session counts for, and what that should be.
func (s *Session) Counted() (counted, recounted int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	if !s.dropped {
		recounted = int64(s.holding())
	}
	for _, e := range s.journal.entries {
		recounted += int64(e.size())
	}
	return s.usage.bytes.Load(), recounted
}
