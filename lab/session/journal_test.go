package session_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"corslab/lab/session"
)

// TestEntries_many has many writers and readers on one journal: each reader
// gets every entry once and in order.
func TestEntries_many(t *testing.T) {
	const writers, each = 8, session.JournalSize / 8
	s := open(t, session.NewStore(time.Now), false)
	var readers, all sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for after := uint64(0); after < writers*each; {
				entries, changed := s.Entries(after)
				for _, e := range entries {
					if e.Seq != after+1 {
						t.Errorf("entry %d after %d", e.Seq, after)
						return
					}
					after = e.Seq
				}
				if len(entries) == 0 {
					<-changed
				}
			}
		})
	}
	for range writers {
		all.Go(func() {
			for range each {
				s.Receive(0, put("x"))
				s.Attempt()
				s.Position()
			}
		})
	}
	all.Wait()
	readers.Wait()
}

func TestEntries_ring(t *testing.T) {
	s := open(t, session.NewStore(time.Now), false)
	for range session.JournalSize + 44 {
		s.Receive(0, put("x"))
	}
	for name, test := range map[string]struct {
		after, first uint64
		count        int
	}{
		"from the start":      {0, 45, session.JournalSize},
		"from the lost part":  {43, 45, session.JournalSize},
		"from the last lost":  {44, 45, session.JournalSize},
		"from the first kept": {45, 46, session.JournalSize - 1},
		"from the newest":     {session.JournalSize + 44, 0, 0},
		"from the future":     {1 << 40, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			entries, changed := s.Entries(test.after)
			if len(entries) != test.count {
				t.Fatalf("%d entries, want %d", len(entries), test.count)
			}
			if test.count > 0 && entries[0].Seq != test.first {
				t.Errorf("first entry %d, want %d", entries[0].Seq, test.first)
			}
			select {
			case <-changed:
				t.Error("the channel is closed, want it open until the next entry")
			default:
			}
		})
	}
}

// TestEntries_bytes fills the journal with large requests: what is kept stays
// within the bound, without a gap up to the newest.
func TestEntries_bytes(t *testing.T) {
	const large = 60 << 10
	s := open(t, session.NewStore(time.Now), false)
	for range 100 {
		request := put("x")
		request.Headers = map[string][]string{"X-Large": {strings.Repeat("x", large)}}
		s.Receive(0, request)
	}
	entries, _ := s.Entries(0)
	if got, most := len(entries), session.JournalBytes/large; got == 0 || got > most {
		t.Fatalf("%d entries are kept, want 1 to %d", got, most)
	}
	for i, e := range entries {
		if want := uint64(100 - len(entries) + i + 1); e.Seq != want {
			t.Errorf("entry %d is number %d, want %d", i, e.Seq, want)
		}
	}
}
