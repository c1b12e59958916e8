package gallery

import (
	"corslab/lab/scenario"
	"corslab/lab/wire"
	"corslab/web/view"

	"github.com/a-h/templ"
)

// lines returns the samples of a scenario page's small parts: connection, notice, goal
// and hints.
func lines(st *fixture) []Sample {
	all := []Sample{
		{Name: "notice", Of: "Notice", State: "the lab is gone", Parts: parts(view.Notice("The lab does not answer. Is it still running?"))},
		{Name: "announcement", Of: "AnnouncementEmpty", State: "spoken, never seen", Parts: parts(view.AnnouncementEmpty())},
		{Name: "notice-empty", Of: "Notice", State: "nothing to say", Parts: parts(view.Notice(""))},
		{Name: "revision", Of: "Revision", State: "the page shows the newest version", Parts: parts(view.Revision(view.RevisionShown))},
		{Name: "revision-old", Of: "Revision", State: "there is a newer version", Parts: parts(view.Revision(view.RevisionOld))},
		{Name: "revision-gone", Of: "Revision", State: "the scenario is gone", Parts: parts(view.Revision(view.RevisionGone))},
		{Name: "goal", Of: "GoalAtStart", State: "before the first run", Parts: parts(view.GoalAtStart(st.find("everything"), st.origins))},
		st.goal("goal-open", "nothing held", "credentials-preflight", scenario.Change{}, round{requests: st.preflightOnly(), report: blocked()}),
		st.goal("goal-partly", "partly held", "credentials-response", scenario.Change{}, round{requests: st.preflightAndPut(), report: blocked()}),
		st.goal("goal-unsafe", "it works, and is not safe", "several", scenario.Change{}, round{requests: []wire.Request{st.request("GET", "/messages")}, report: got(200, messages)}),
		st.goal("goal-solved", "solved", "credentials-response", allowCredentials(), round{requests: st.preflightAndPut(), report: got(200, written)}),
	}
	for _, state := range []string{"connecting", "live", "lost"} {
		all = append(all, Sample{Name: "connection-" + state, Of: "Connection", State: state, Parts: parts(view.Connection(state))})
	}
	for _, standing := range []string{"not-yet", "shown", "solved", "helped"} {
		all = append(all, Sample{Name: "standing-" + standing, Of: "Standing", State: standing, Parts: parts(view.Standing(standing))})
	}
	hints := view.Hints(st.find("everything"), st.origins)
	return append(all,
		Sample{Name: "hints-solution", Of: "Hints", State: "the solution, where there are no hints", Parts: parts(view.Hints(st.find("hops"), st.origins)), Open: true},
		Sample{Name: "hints", Of: "Hints", State: "closed", Parts: parts(hints)},
		Sample{Name: "hints-open", Of: "Hints", State: "open", Parts: parts(hints), Open: true},
	)
}

func parts(components ...templ.Component) []templ.Component { return components }

// goal returns the sample of a scenario's goal after one run.
func (st *fixture) goal(name, state, id string, change scenario.Change, r round) Sample {
	settled := st.last(st.play(id, change, r))
	return Sample{Name: name, Of: "Goal", State: state, Parts: parts(view.Goal(settled.Goal, settled.Solved))}
}

// preflightAndPut returns the requests that reach the API if the preflight allows PUT.
func (st *fixture) preflightAndPut() []wire.Request {
	return []wire.Request{st.preflight("/messages/0", "PUT", ""), st.put()}
}
