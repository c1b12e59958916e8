package page

import (
	"context"
	"fmt"

	"corslab/lab/scenario"
	"corslab/web/view"
)

// find returns the scenario that a page shows. The session's version comes first,
// because the file may have been changed or deleted since; otherwise the library's is
// used.
func (s *server) find(sessionID, id, revision string) (*scenario.Scenario, error) {
	if current, err := s.sessions.Get(sessionID); err == nil {
		if shown, _ := current.Attempt(); shown.ID == id && shown.Revision == revision {
			return shown.Unshaped(), nil
		}
	}
	if found := s.library.Library().Find(id); found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("%.60q: %w", id, errScenario)
}

// shownRevision is the version of the scenario that a page shows, and the state that it
// was last told.
type shownRevision struct {
	id       string             // "" if the page doesn't say
	sent     view.RevisionState // last sent to the page
	replaced <-chan struct{}    // closed when a newer library is in force
}

// sendRevision tells the page when its scenario has a new version, was deleted, or is
// back at the version that the page shows.
func (f *follower) sendRevision(ctx context.Context) error {
	shown := &f.shown
	shown.replaced = f.library.Replaced()
	if shown.id == "" {
		return nil
	}
	inForce, _ := f.session.Attempt()
	state := view.RevisionShown
	if found := f.library.Library().Find(inForce.ID); found == nil {
		state = view.RevisionGone
	} else if found.Revision != shown.id {
		state = view.RevisionOld
	}
	if state == shown.sent {
		return nil
	}
	shown.sent = state
	return f.write(ctx, message{Kind: "revision"}, view.Revision(state))
}
