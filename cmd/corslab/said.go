package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// Bounds on what waits for a slow reader of standard error.
const (
	waitingTexts = 1000
	longestText  = 16 << 10 // bytes of one text
	farewell     = time.Second
)

// said writes to standard error on behalf of several goroutines. None of them
// waits for its reader: a reader that is slow or gone loses texts, and the lab
// goes on.
type said struct {
	texts  chan []byte
	lost   atomic.Int64
	ending chan struct{}
	ended  chan struct{}
}

// newSaid returns one that writes until it is closed.
func newSaid(to io.Writer) *said {
	s := &said{texts: make(chan []byte, waitingTexts), ending: make(chan struct{}), ended: make(chan struct{})}
	go s.write(to)
	return s
}

// Write takes a text to be written, or drops it where too many wait. It never
// fails.
func (s *said) Write(p []byte) (int, error) {
	text := make([]byte, min(len(p), longestText))
	copy(text, p)
	select {
	case s.texts <- text:
	default:
		s.lost.Add(1)
	}
	return len(p), nil
}

// write writes the texts in their order. A text that cannot be written is lost.
func (s *said) write(to io.Writer) {
	defer close(s.ended)
	for {
		select {
		case text := <-s.texts:
			s.pass(to, text)
		case <-s.ending:
			s.passRest(to)
			return
		}
	}
}

func (s *said) passRest(to io.Writer) {
	for {
		select {
		case text := <-s.texts:
			s.pass(to, text)
		default:
			return
		}
	}
}

// pass writes a text, and how many were lost since the one before.
func (s *said) pass(to io.Writer, text []byte) {
	_, _ = to.Write(text)
	if lost := s.lost.Swap(0); lost > 0 {
		_, _ = fmt.Fprintf(to, "corslab: %d messages are lost, because nothing reads standard error fast enough\n", lost)
	}
}

// close writes what waits, for a moment at most.
func (s *said) close() {
	close(s.ending)
	select {
	case <-s.ended:
	case <-time.After(farewell):
	}
}
