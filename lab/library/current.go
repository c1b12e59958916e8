package library

import (
	"sync"

	"corslab/lab/scenario/format"
)

// Current holds the library in force. Reading the files again replaces it while
// requests use it. It is safe for use by several goroutines.
type Current struct {
	mu       sync.Mutex
	library  *Library
	problems format.Problems
	replaced chan struct{}
}

// NewCurrent puts a library in force, with no problems.
func NewCurrent(l *Library) *Current {
	return &Current{library: l, replaced: make(chan struct{})}
}

// Library returns the library in force.
func (c *Current) Library() *Library {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.library
}

// Problems returns the problems found when the files were last read.
func (c *Current) Problems() format.Problems {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.problems
}

// Replaced returns a channel that is closed at the next Replace. Get it before the
// library, so that you don't miss a replacement.
func (c *Current) Replaced() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.replaced
}

// Replace puts another library in force, with the problems of files that aren't in it
// or only in an earlier version.
func (c *Current) Replace(l *Library, problems format.Problems) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.library, c.problems = l, problems
	close(c.replaced)
	c.replaced = make(chan struct{})
}
