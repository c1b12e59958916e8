package page

import (
	"context"
	"fmt"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/gorilla/websocket"
)

// find returns a scenario as a page shows it: as its session has it, although
// the file may have changed since or be gone, else as the library has it.
func (s *server) find(sessionID, id, revision string) (*scenario.Scenario, error) {
	if current, err := s.sessions.Get(sessionID); err == nil {
		if shown, _ := current.Attempt(); shown.ID == id && shown.Revision == revision {
			return shown.Unshaped(), nil
		}
	}
	if found := s.shelf.Library().Find(id); found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("%.60q: %w", id, errScenario)
}

// currency follows whether what a page shows of its scenario is what the
// library has.
type currency struct {
	shown    string             // the revision; empty where the page does not say
	told     view.RevisionState // to the page
	replaced <-chan struct{}    // closed when the library looked at is no longer in force
}

// check tells the page where there is a new version of its scenario, or none
// any more, or again the one that it shows.
func (s *server) check(ctx context.Context, conn *websocket.Conn, current *session.Session, c *currency) error {
	c.replaced = s.shelf.Replaced()
	if c.shown == "" {
		return nil
	}
	shown, _ := current.Attempt()
	state := view.RevisionShown
	if found := s.shelf.Library().Find(shown.ID); found == nil {
		state = view.RevisionGone
	} else if found.Revision != c.shown {
		state = view.RevisionOld
	}
	if state == c.told {
		return nil
	}
	c.told = state
	return s.write(ctx, conn, message{Kind: "revision"}, view.Revision(state))
}
