package session

// weigh updates the number of bytes that the session uses outside its journal. The
// caller holds the session's lock. A dropped session no longer counts, even if a
// request is still in progress.
func (s *Session) weigh() {
	if s.dropped {
		return
	}
	bytes := s.otherSize()
	s.usage.add(bytes - s.otherBytes)
	s.otherBytes = bytes
}

// otherSize counts the bytes that the session uses outside its journal.
func (s *Session) otherSize() int {
	return s.attemptSize + s.backend.Size() + s.browser.bytes + s.preflights.bytes + s.runs.size()
}

// trim brings the session down to its share of the budget, as far as it can without
// losing the newest run.
func (s *Session) trim(share int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.otherBytes > share/4 {
		s.forget()
	}
	s.journal.trim(max(share-s.otherBytes, 0))
}

// forget empties the caches of responses and preflights.
func (s *Session) forget() {
	s.backend.EmptyCache()
	s.browser, s.preflights = newBrowserCache(), newPreflightCaches()
	s.weigh()
}

// clear empties the journal and the caches. The page sends its state again when it
// comes back.
func (s *Session) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	s.journal.empty()
}

// end takes the session out of the budget for good.
func (s *Session) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.close()
	s.usage.add(-s.otherBytes)
	s.otherBytes, s.dropped = 0, true
	close(s.ended)
}
