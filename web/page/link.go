package page

import (
	"fmt"
	"net/http"

	"corslab/lab/scenario"
	"corslab/lab/session"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// followLink puts the settings of the link in the page's address in force, and
// says what they change. A link that can't be read, or doesn't fit, changes nothing.
func (t taken) followLink() error {
	read, err := scenario.ReadLink(t.Link, t.origins)
	if err != nil {
		return t.refuseLink(fmt.Sprintf("the link can't be read: %v", err), func(atStart bool) templ.Component {
			return view.LinkBroken(err.Error(), atStart)
		})
	}
	opened, attempt, faults := t.found.Open(read, t.origins)
	if len(faults) > 0 {
		return t.refuseLink("the link doesn't fit the scenario: "+faults.String(), func(atStart bool) templ.Component {
			return view.LinkMismatch(attempt, faults, atStart)
		})
	}
	note := view.LinkChanges(view.LinkedAttempt{Scenario: opened, Attempt: attempt, Origins: t.origins})
	if t.Known || opened.Link(attempt, t.origins) == "" {
		note = view.LinkNone()
	}
	return t.put(opened, attempt, note)
}

// refuseLink leaves the session as it is, or opens it at the scenario's start. A page
// that shows nothing yet also gets what is in force.
func (t taken) refuseLink(reason string, note func(atStart bool) templ.Component) error {
	current, err := t.ensure()
	if err != nil {
		return err
	}
	var parts changedParts
	if len(t.Shown) == 0 {
		if parts, err = partsSince(t.r.Context(), nil, t.inForce(current)); err != nil {
			return err
		}
	}
	inForce, attempt := current.Attempt()
	link := inForce.Link(attempt, t.origins)
	html, err := render(t.r.Context(), note(link == ""))
	if err != nil {
		return err
	}
	t.send(http.StatusOK, changed{HTML: parts.html + html, Tags: parts.tags, Link: link, Error: reason})
	return nil
}

// ensure returns the session of the request with this scenario. If there is no such
// session, it opens one at the scenario's start.
func (t taken) ensure() (*session.Session, error) {
	if current, err := t.session(); err == nil {
		if shown, _ := current.Attempt(); shown.ID == t.found.ID && shown.Revision == t.found.Revision {
			return current, nil
		}
	}
	return t.open(t.found, t.found.Start(t.origins))
}
