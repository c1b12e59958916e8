package page

import (
	"context"
	"fmt"

	"corslab/lab/scenario"
	"corslab/web/view"
)

// find returns a scenario as a page shows it: as its session has it, although
// the file may have changed since or be gone, else as the library has it.
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

// shownRevision is which version of its scenario a page shows, and what it was
// told of that.
type shownRevision struct {
	id       string             // empty where the page does not say
	told     view.RevisionState // to the page
	replaced <-chan struct{}    // closed when the library looked at is no longer in force
}

// tellRevision tells the page where there is a new version of its scenario, or
// none any more, or again the one that it shows.
func (f *follower) tellRevision(ctx context.Context) error {
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
	if state == shown.told {
		return nil
	}
	shown.told = state
	return f.write(ctx, message{Kind: "revision"}, view.Revision(state))
}
