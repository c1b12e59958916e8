package session

import (
	"slices"
	"sync"
	"time"
)

// Bounds on a journal. Above them, old entries first lose their bodies and what the
// script got. Then whole runs are dropped, one at a time. The newest run always stays,
// and the newest wholeRuns stay as long as they fit.
const (
	JournalSize  = 256      // entries
	JournalBytes = 2 << 20  // bytes that one session can use, however large its share is
	LastRunBytes = 64 << 10 // bytes that the newest run can use, however small the share is
	wholeRuns    = 10
)

// Entry is one event of a session. Exactly one of Started, Received and
// Settled is set. Entries are shared, so no code changes one.
type Entry struct {
	Seq  uint64 // from 1, without gaps
	Time time.Time
	Run  int // the run it belongs to; 0 for none
	Call int // the call of the run, from 1; 0 for none

	Started  *Started
	Received *Received
	Settled  *Settled

	short bool // its texts are cut
	bytes int  // its size, once a journal keeps it
}

// journal keeps the newest entries. Its next is at least 1.
type journal struct {
	usage *usage

	mu      sync.Mutex
	entries []Entry // oldest first, without gaps
	bytes   int     // the sum of their sizes
	next    uint64  // the sequence number of the next entry
	newest  uint64  // the sequence number of the entry that started the newest run; 0 for none
	closed  bool    // accepts no more entries
	changed chan struct{}
}

// append gives the entry its sequence number and stores it.
func (j *journal) append(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	e.Seq = j.next
	j.next++
	if !j.closed {
		j.keep(e)
	}
	if j.changed != nil {
		close(j.changed)
		j.changed = nil
	}
}

func (j *journal) keep(e Entry) {
	e.bytes = e.size()
	if e.Received != nil && e.bytes > maxTexts {
		e.Received = e.Received.bounded()
		e.bytes = e.size()
	}
	if len(j.entries) == 0 {
		j.usage.budget.live.Add(1)
	}
	j.entries = append(j.entries, e)
	j.weigh(e.bytes)
	if e.Started != nil && e.Started.First {
		j.newest = e.Seq
	}
	if len(j.entries) > JournalSize {
		j.dropOldest()
	}
	if j.bytes > JournalBytes {
		j.fit(JournalBytes / 16 * 15) // makes some room, so that the next entry doesn't fill it up again
	}
}

// weigh adds to the number of bytes.
func (j *journal) weigh(bytes int) {
	j.bytes += bytes
	j.usage.add(bytes)
}

// trim cuts the journal down to the limit, in bytes, or to what always stays.
func (j *journal) trim(limit int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.fit(limit)
	j.entries = slices.Clip(slices.Clone(j.entries)) // to free the longer array
}

// empty drops all entries. Numbering continues.
func (j *journal) empty() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.clear()
}

// close empties the journal for good.
func (j *journal) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.clear()
	j.closed = true
}

func (j *journal) clear() {
	j.drop(len(j.entries))
	j.entries = nil
}

// fit brings the journal below the limit. It starts with the runs before the
// newest wholeRuns, goes on with those before the newest run, and ends with the
// newest run, which can keep LastRunBytes.
func (j *journal) fit(limit int) {
	j.lighten(j.start(wholeRuns), limit)
	j.lighten(j.start(1), limit)
	limit = max(limit, LastRunBytes)
	j.replace(len(j.entries), limit, Entry.withoutBodies)
	j.replace(len(j.entries), limit, Entry.cutShort)
	for j.bytes > limit && len(j.entries) > 1 {
		j.drop(1)
	}
}

// lighten removes the bodies of the n oldest entries, then drops these entries,
// one run at a time.
func (j *journal) lighten(n, limit int) {
	j.replace(n, limit, Entry.withoutBodies)
	for n > 0 && j.bytes > limit {
		run := min(n, j.runLength())
		j.drop(run)
		n -= run
	}
}

// replace replaces the n oldest entries by smaller copies until the journal is
// within the limit. It copies them because entries are shared.
func (j *journal) replace(n, limit int, smaller func(Entry) Entry) {
	for i := 0; i < n && j.bytes > limit; i++ {
		before := j.entries[i].bytes
		e := smaller(j.entries[i])
		e.bytes = e.size()
		j.entries[i] = e
		j.weigh(e.bytes - before)
	}
}

// drop removes the n oldest entries.
func (j *journal) drop(n int) {
	if n == 0 {
		return
	}
	for i := range n {
		j.weigh(-j.entries[i].bytes)
		j.entries[i] = Entry{} // so that the array doesn't keep the entry in memory
	}
	if j.entries = j.entries[n:]; len(j.entries) == 0 {
		j.usage.budget.live.Add(-1)
	}
}

// dropOldest drops the oldest run, or the oldest entry if there is only the newest
// run. It must be quick, because in a flood of requests each one calls it.
func (j *journal) dropOldest() {
	first, n := j.entries[0].Seq, 1
	if first < j.newest {
		n = min(j.runLength(), int(j.newest-first))
	}
	j.drop(n)
}

// runLength is how many of the oldest entries belong to one run. A request sent by
// hand counts as a run of its own.
func (j *journal) runLength() int {
	n := 1
	for n < len(j.entries) && j.entries[0].Run != 0 && j.entries[n].Run == j.entries[0].Run {
		n++
	}
	return n
}

// start is the index where the n newest runs begin. Without any run, it is the
// index of the newest entry.
func (j *journal) start(n int) int {
	for i, e := range slices.Backward(j.entries) {
		if e.Started != nil && e.Started.First {
			if n--; n == 0 {
				return i
			}
		}
	}
	if slices.ContainsFunc(j.entries, func(e Entry) bool { return e.Run != 0 }) {
		return 0
	}
	return max(0, len(j.entries)-1)
}

// last returns the newest sequence number, or the one before the first.
func (j *journal) last() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.next - 1
}

// after returns the entries beyond seq that are still there, oldest first. The
// channel is closed when there is a new one; everyone who waits shares it.
func (j *journal) after(seq uint64) ([]Entry, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.changed == nil {
		j.changed = make(chan struct{})
	}
	n := uint64(len(j.entries))
	seen := min(max(min(seq, j.next)+n+1, j.next)-j.next, n)
	return slices.Clone(j.entries[seen:]), j.changed
}
