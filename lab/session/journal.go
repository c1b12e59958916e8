package session

import (
	"slices"
	"sync"
	"time"

	"corslab/lab/scenario"
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
	Call int // the call of the run, from 1; 0 for none

	Started  *Started
	Received *Received
	Settled  *Settled
}

// What is kept costs beside its texts, in bytes.
const (
	overhead      = 128     // a header line, or another element of a list
	entryOverhead = 1 << 10 // an entry
)

// size estimates the bytes that this entry keeps. What it shares with others,
// such as a policy's headers, counts in each.
func (e Entry) size() int {
	switch {
	case e.Started != nil:
		return entryOverhead + len(e.Started.Origin) + sizeOfScript(e.Started.Script)
	case e.Received != nil:
		return entryOverhead + e.Received.size()
	case e.Settled != nil:
		return entryOverhead + e.Settled.size()
	}
	return entryOverhead
}

func (r Received) size() int {
	size := sizeOf(r.Request.Method, r.Request.Target, r.Request.Host, r.Effect, r.Via) + len(r.Request.Body) + r.Answer.Body.Len()
	if r.Asked != nil {
		size += sizeOf(r.Asked.Method, r.Asked.Headers)
	}
	size += overhead*len(r.Answer.Withheld) + sizeOf(r.Answer.Withheld...)
	return size + sizeOfHeaders(r.Request.Headers) + sizeOfHeaders(r.Answer.Headers)
}

// size leaves the goal's facts out, which are the scenario's own.
func (s Settled) size() int {
	size := s.Report.size() + sizeOfScript(s.Script) + s.Change.size() + s.Judged.size()
	for _, sent := range s.Sent {
		size += overhead + sizeOf(sent.Method, sent.Effect)
	}
	for _, never := range s.NeverSent {
		size += overhead + len(never.Method)
	}
	return size + overhead*len(s.Goal)
}

func (c Change) size() int {
	size := sizeOfScript(c.Attempt.Script)
	if shape := c.Attempt.Shape; shape != nil {
		size += sizeOfShape(*shape)
	}
	for _, route := range c.Attempt.Policy.Routes {
		size += overhead + len(route.URL)
	}
	for _, group := range c.Attempt.Policy.Groups() {
		size += sizeOfRows(c.Attempt.Policy.Answer(group).Headers)
	}
	for _, edit := range c.Edits {
		size += overhead + sizeOf(edit.Group, edit.Name)
		for _, value := range []*string{edit.Was, edit.Is} {
			if value != nil {
				size += len(*value)
			}
		}
	}
	return size
}

func sizeOfShape(s scenario.Shape) int {
	size := overhead + sizeOf(s.From, s.In, s.Kind, s.URL.API, s.URL.Path, s.Redirect, s.Body, s.Text)
	for _, place := range s.Places {
		size += overhead + sizeOf(place.API, place.Path)
	}
	return size
}

func sizeOfScript(s scenario.Script) int {
	size := sizeOf(s.From, s.In, s.Kind, s.URL, s.Body.Kind, s.Body.Text, s.Method, s.Mode, s.Credentials, s.Redirect, s.CrossOrigin, s.UploadListener, s.Stream, s.Via)
	for _, pair := range s.Body.Form {
		size += overhead + sizeOf(pair...)
	}
	return size + sizeOfRows(s.Headers)
}

func sizeOfRows(rows []scenario.Header) (size int) {
	for _, h := range rows {
		size += overhead + sizeOf(h.Name, h.Value)
	}
	return size
}

func sizeOfHeaders(headers map[string][]string) (size int) {
	for name, values := range headers {
		for _, value := range values {
			size += overhead + sizeOf(name, value)
		}
	}
	return size
}

// sizeOf is the length of the texts together.
func sizeOf(texts ...string) (size int) {
	for _, text := range texts {
		size += len(text)
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
