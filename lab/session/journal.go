package session

import (
	"slices"
	"sync"
	"time"
)

// Bounds on a journal. When it is over one of them the oldest entries go.
const (
	JournalSize  = 256     // entries
	JournalBytes = 2 << 20 // of headers, bodies and reports; the newest entry is always kept
)

// Entry is one event of a session. Exactly one of Started, Received and
// Settled is set. Entries are shared: nobody changes one.
type Entry struct {
	Seq  uint64 // from 1, without gaps
	Time time.Time
	Run  int // the run it belongs to; 0 for none

	Started  *Started
	Received *Received
	Settled  *Settled
}

// overhead is what a header line costs beside its text, in bytes.
const overhead = 128

// size estimates the bytes that this entry keeps.
func (e Entry) size() int {
	switch {
	case e.Received != nil:
		size := len(e.Received.Request.Target) + len(e.Received.Request.Body) + len(e.Received.Answer.Body)
		return size + sizeOf(e.Received.Request.Headers) + sizeOf(e.Received.Answer.Headers)
	case e.Settled != nil:
		return e.Settled.Report.size() + e.Settled.Judged.size()
	}
	return 0
}

func sizeOf(headers map[string][]string) (size int) {
	for name, values := range headers {
		for _, value := range values {
			size += overhead + len(name) + len(value)
		}
	}
	return size
}

// journal keeps the newest entries. Its next is at least 1.
type journal struct {
	mu      sync.Mutex
	entries []Entry // oldest first
	bytes   int     // the sum of their sizes
	next    uint64  // the sequence number of the next entry
	changed chan struct{}
}

// append gives the entry its sequence number and keeps it.
func (j *journal) append(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	e.Seq = j.next
	j.next++
	j.entries = append(j.entries, e)
	j.bytes += e.size()
	for len(j.entries) > JournalSize || (j.bytes > JournalBytes && len(j.entries) > 1) {
		j.bytes -= j.entries[0].size()
		j.entries[0] = Entry{} // the array keeps it no longer
		j.entries = j.entries[1:]
	}
	if j.changed != nil {
		close(j.changed)
		j.changed = nil
	}
}

// last returns the newest sequence number, or the one before the first.
func (j *journal) last() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.next - 1
}

// after returns what is kept beyond seq, oldest first. The channel is closed
// when there is more; it is shared by all who wait.
func (j *journal) after(seq uint64) ([]Entry, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.changed == nil {
		j.changed = make(chan struct{})
	}
	kept := uint64(len(j.entries))
	seen := min(max(min(seq, j.next)+kept+1, j.next)-j.next, kept)
	return slices.Clone(j.entries[seen:]), j.changed
}
