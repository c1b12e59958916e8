package session

// weigh counts what the session keeps outside its journal. The caller holds the
// session's lock. A session that was dropped from the store no longer counts, even
// if a request is still in progress.
func (s *Session) weigh() {
	if s.dropped {
		return
	}
	holds := s.holding()
	s.kept.add(holds - s.holds)
	s.holds = holds
}

// holding counts the bytes that the session keeps outside of its journal.
func (s *Session) holding() int {
	holds := s.size + s.cache.bytes + s.browser.bytes + s.caches.bytes
	if s.run != nil {
		holds += s.run.size + s.run.Call.bytes
	}
	if s.last != nil && s.last != s.run {
		holds += s.last.size
	}
	return holds
}

// trim brings the session down to its share of the budget, as far as it can without
// losing the newest run.
func (s *Session) trim(share int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.holds > share/4 {
		s.forget()
	}
	s.journal.trim(max(share-s.holds, 0))
}

// forget empties the caches of responses and preflights.
func (s *Session) forget() {
	s.cache, s.browser, s.caches = sharedCache{}, newBrowserCache(), newCaches()
	s.weigh()
}

// rest empties the journal and the caches. The page sends its state again when it
// comes back.
func (s *Session) rest() {
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
	s.kept.add(-s.holds)
	s.holds, s.dropped = 0, true
	close(s.ended)
}
