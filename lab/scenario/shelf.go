package scenario

import "sync"

// Shelf is where the library stands that is in force. Whoever reads the files
// again replaces it while others take it. A Shelf is safe for use by several
// goroutines.
type Shelf struct {
	mu       sync.Mutex
	library  *Library
	problems Problems
	replaced chan struct{}
}

// NewShelf returns a shelf with a library of files without problems.
func NewShelf(l *Library) *Shelf {
	return &Shelf{library: l, replaced: make(chan struct{})}
}

// Library returns the library that is in force.
func (s *Shelf) Library() *Library {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.library
}

// Problems returns what is wrong with files since the library was read last.
func (s *Shelf) Problems() Problems {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.problems
}

// Replaced returns a channel that is closed at the next Replace. Who takes it
// before the library misses none.
func (s *Shelf) Replaced() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.replaced
}

// Replace puts another library in force, with what is wrong with files of which
// it has no version or an old one.
func (s *Shelf) Replace(l *Library, problems Problems) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.library, s.problems = l, problems
	close(s.replaced)
	s.replaced = make(chan struct{})
}
