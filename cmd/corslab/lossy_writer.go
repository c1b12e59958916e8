package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// Bounds on texts that wait for a slow reader of standard error.
const (
	maxWaiting = 1000
	maxText    = 16 << 10 // bytes of one text
	farewell   = time.Second
)

// lossyWriter writes to standard error for several goroutines. None of them waits for
// the reader. If the reader is slow or gone, texts are lost and the lab goes on.
type lossyWriter struct {
	texts  chan []byte
	lost   atomic.Int64
	ending chan struct{}
	ended  chan struct{}
}

// newLossyWriter returns a writer that works until it is closed.
func newLossyWriter(to io.Writer) *lossyWriter {
	s := &lossyWriter{texts: make(chan []byte, maxWaiting), ending: make(chan struct{}), ended: make(chan struct{})}
	go s.write(to)
	return s
}

// Write queues a text, or drops it if too many are waiting. It never fails.
func (s *lossyWriter) Write(p []byte) (int, error) {
	text := make([]byte, min(len(p), maxText))
	copy(text, p)
	select {
	case s.texts <- text:
	default:
		s.lost.Add(1)
	}
	return len(p), nil
}

// write writes the texts in order. A text that can't be written is lost.
func (s *lossyWriter) write(to io.Writer) {
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

func (s *lossyWriter) passRest(to io.Writer) {
	for {
		select {
		case text := <-s.texts:
			s.pass(to, text)
		default:
			return
		}
	}
}

// pass writes a text, and says how many were lost since the previous one.
func (s *lossyWriter) pass(to io.Writer, text []byte) {
	_, _ = to.Write(text)
	if lost := s.lost.Swap(0); lost > 0 {
		_, _ = fmt.Fprintf(to, "corslab: %d messages were lost, because standard error wasn't read fast enough\n", lost)
	}
}

// close writes the waiting texts, but gives up after a moment.
func (s *lossyWriter) close() {
	close(s.ending)
	select {
	case <-s.ended:
	case <-time.After(farewell):
	}
}
