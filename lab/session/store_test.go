package session_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"corslab/lab/scenario"
	"corslab/lab/session"
)

func TestOpen(t *testing.T) {
	store := session.NewStore(origins(t), time.Now)
	first := open(t, store, false)
	first.Start()
	if second := open(t, store, false); second != first {
		t.Error("Open() of a session that is there made another")
	}
	if got := first.Position(); got.Run != 1 {
		t.Errorf("runs = %d, want the 1 from before", got.Run)
	}
	if _, err := store.Get("aaaaaaaaaaaaaaaa"); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("Get() of an unknown session = %v, want ErrNotFound", err)
	}
	for _, id := range []string{"", "short", "ABCDEFGHIJKLMNOP", "abcdefghijklmno/", "abcdefghijklmnopqrstuvwxyzabcdefgh"} {
		if _, err := store.Open(id, &scenario.Scenario{}, scenario.Attempt{}, session.Position{}); !errors.Is(err, session.ErrID) {
			t.Errorf("Open(%q) = %v, want ErrID", id, err)
		}
	}
}

// TestOpen_afterRestart counts on from where the page stands.
func TestOpen_afterRestart(t *testing.T) {
	s, err := session.NewStore(origins(t), time.Now).Open(sid, &scenario.Scenario{}, scenario.Attempt{}, session.Position{Seq: 41, Run: 7})
	if err != nil {
		t.Fatal(err)
	}
	if run := s.Start(); run.Number != 8 {
		t.Errorf("the next run is %d, want 8", run.Number)
	}
	entries, _ := s.Entries(41)
	if len(entries) != 1 || entries[0].Seq != 42 {
		t.Errorf("entries after 41 = %v, want number 42", entries)
	}
}

func TestExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := session.NewStore(origins(t), time.Now)
		s := open(t, store, false)
		release := s.Watch()
		time.Sleep(2 * session.IdleTime)
		if got := store.Expire(); got != 0 {
			t.Errorf("%d sessions expired under the eyes of a page, want none", got)
		}
		release()
		time.Sleep(session.IdleTime - time.Second)
		if got := store.Expire(); got != 0 {
			t.Errorf("%d sessions expired too early", got)
		}
		time.Sleep(time.Second)
		if got := store.Expire(); got != 1 {
			t.Errorf("%d sessions expired, want 1", got)
		}
		if _, err := store.Get(sid); !errors.Is(err, session.ErrNotFound) {
			t.Errorf("Get() of the expired session = %v, want ErrNotFound", err)
		}
	})
}

// TestOpen_full drops the session that was unused for longest, but none that a
// page watches.
func TestOpen_full(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := session.NewStore(origins(t), time.Now)
		make := func(i int) (*session.Session, error) {
			time.Sleep(time.Second)
			return store.Open(fmt.Sprintf("session%09d", i), &scenario.Scenario{}, scenario.Attempt{}, session.Position{})
		}
		for i := range session.MaxSessions {
			s, err := make(i)
			if err != nil {
				t.Fatal(err)
			}
			if i != 1 {
				defer s.Watch()()
			}
		}
		if _, err := make(session.MaxSessions); err != nil {
			t.Errorf("Open() with an unwatched session to drop = %v", err)
		}
		if _, err := store.Get("session000000001"); !errors.Is(err, session.ErrNotFound) {
			t.Errorf("the unwatched session is still there: %v", err)
		}
		newest, err := store.Get(fmt.Sprintf("session%09d", session.MaxSessions))
		if err != nil {
			t.Fatal(err)
		}
		defer newest.Watch()()
		if _, err := make(session.MaxSessions + 1); !errors.Is(err, session.ErrFull) {
			t.Errorf("Open() with all watched = %v, want ErrFull", err)
		}
	})
}
