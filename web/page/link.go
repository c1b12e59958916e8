package page

import (
	"fmt"
	"net/http"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
)

// followLink puts the settings of the page's link in force, and says what they change. A
// link that can't be read, or doesn't fit, changes nothing.
func (s *server) followLink(w http.ResponseWriter, r *http.Request, found *scenario.Scenario, state pageState) error {
	read, err := scenario.ReadLink(state.Link, s.origins)
	if err != nil {
		return s.refuseLink(w, r, found, state, fmt.Sprintf("the link can't be read: %v", err), func(atStart bool) templ.Component {
			return view.LinkBroken(err.Error(), atStart)
		})
	}
	opened, attempt, faults := found.Open(read, s.origins)
	if len(faults) > 0 {
		return s.refuseLink(w, r, found, state, "the link doesn't fit the scenario: "+faults.String(), func(atStart bool) templ.Component {
			return view.LinkMismatch(attempt, faults, atStart)
		})
	}
	note := view.LinkChanges(view.LinkedAttempt{Scenario: opened, Attempt: attempt, Origins: s.origins})
	if state.Known || opened.Link(attempt, s.origins) == "" {
		note = view.LinkNone()
	}
	return s.putAttempt(w, r, opened, attempt, state, note)
}

// refuseLink leaves the session as it is, or opens it at the scenario's start. If the
// page shows nothing yet, it also gets the attempt in force.
func (s *server) refuseLink(w http.ResponseWriter, r *http.Request, found *scenario.Scenario, state pageState, reason string, note func(atStart bool) templ.Component) error {
	current, err := s.ensure(r, found, state)
	if err != nil {
		return err
	}
	var parts changedParts
	if len(state.Shown) == 0 {
		if parts, err = partsSince(r.Context(), nil, s.inForce(current)); err != nil {
			return err
		}
	}
	inForce, attempt := current.Attempt()
	link := inForce.Link(attempt, s.origins)
	html, err := render(r.Context(), note(link == ""))
	if err != nil {
		return err
	}
	s.sendJSON(w, http.StatusOK, changed{HTML: parts.html + html, Tags: parts.tags, Link: link, Error: reason})
	return nil
}

// ensure returns the session of the request with this scenario. If there is no such
// session, it opens one at the scenario's start.
func (s *server) ensure(r *http.Request, found *scenario.Scenario, state pageState) (*session.Session, error) {
	if current, err := s.sessions.Get(chi.URLParam(r, "session")); err == nil {
		if shown, _ := current.Attempt(); shown.ID == found.ID && shown.Revision == found.Revision {
			return current, nil
		}
	}
	return s.open(r, found, found.Start(s.origins), state)
}
