package page

import (
	"fmt"
	"net/http"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// followLink puts the settings of the link in the page's address in force, and says what
// they change. A link that can't be read, or doesn't fit, changes nothing.
func (s stateControl) followLink() error {
	read, err := scenario.ReadLink(s.Link, s.origins)
	if err != nil {
		return s.refuseLink(fmt.Sprintf("the link can't be read: %v", err), func(atStart bool) templ.Component {
			return view.LinkBroken(err.Error(), atStart)
		})
	}
	opened, attempt, faults := s.found.Open(read, s.origins)
	if len(faults) > 0 {
		return s.refuseLink("the link doesn't fit the scenario: "+faults.String(), func(atStart bool) templ.Component {
			return view.LinkMismatch(attempt, faults, atStart)
		})
	}
	note := view.LinkChanges(view.LinkedAttempt{Scenario: opened, Attempt: attempt, Origins: s.origins})
	if s.Known || opened.Link(attempt, s.origins) == "" {
		note = view.LinkNone()
	}
	return s.put(opened, attempt, note)
}

// refuseLink leaves the session as it is, or opens it at the scenario's start. If the
// page shows nothing yet, it also gets the attempt in force.
func (s stateControl) refuseLink(reason string, note func(atStart bool) templ.Component) error {
	current, err := s.ensure()
	if err != nil {
		return err
	}
	var parts changedParts
	if len(s.Shown) == 0 {
		if parts, err = partsSince(s.r.Context(), nil, s.inForce(current)); err != nil {
			return err
		}
	}
	inForce, attempt := current.Attempt()
	link := inForce.Link(attempt, s.origins)
	html, err := render(s.r.Context(), note(link == ""))
	if err != nil {
		return err
	}
	s.send(http.StatusOK, changed{HTML: parts.html + html, Tags: parts.tags, Link: link, Error: reason})
	return nil
}

// ensure returns the session of the request with this scenario. If there is no such
// session, it opens one at the scenario's start.
func (s stateControl) ensure() (*session.Session, error) {
	if current, err := s.session(); err == nil {
		if shown, _ := current.Attempt(); shown.ID == s.found.ID && shown.Revision == s.found.Revision {
			return current, nil
		}
	}
	return s.open(s.found, s.found.Start(s.origins))
}
