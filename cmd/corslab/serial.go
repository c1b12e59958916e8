package main

import (
	"io"
	"sync"
)

// serial lets several goroutines write, one after the other.
type serial struct {
	mu sync.Mutex
	to io.Writer
}

// Write writes as the writer behind it does.
func (s *serial) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.to.Write(p)
}
