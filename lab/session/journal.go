package session

import (
	"sync"
	"time"
)

// JournalSize is how many entries a session keeps; the oldest make room.
const JournalSize = 256

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

// journal is a ring of entries. Its next is at least 1.
type journal struct {
	mu      sync.Mutex
	ring    []Entry
	first   int    // index of the oldest entry
	next    uint64 // the sequence number of the next entry
	changed chan struct{}
}

// append gives the entry its sequence number and keeps it.
func (j *journal) append(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	e.Seq = j.next
	j.next++
	if len(j.ring) < JournalSize {
		j.ring = append(j.ring, e)
	} else {
		j.ring[j.first] = e
		j.first = (j.first + 1) % JournalSize
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
	oldest := j.next - uint64(len(j.ring))
	skip := 0
	if seq >= oldest {
		skip = int(min(seq-oldest+1, uint64(len(j.ring))))
	}
	entries := make([]Entry, 0, len(j.ring)-skip)
	for i := skip; i < len(j.ring); i++ {
		entries = append(entries, j.ring[(j.first+i)%len(j.ring)])
	}
	return entries, j.changed
}
