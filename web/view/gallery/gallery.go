// Package gallery shows every component of package view in every state that
// it can have, for people who work on the lab's look. Each sample is a small
// document of its own, so that no ids clash; [Gallery] shows them side by side.
//
// What the samples hold is real: sessions of real scenarios, played on a
// clock that always shows the same time, and rendered as the page's socket
// does. The package stands apart from view, which knows nothing of sessions
// that nobody had.
//
// A new component gets its samples in [All]; a test finds one that has none.
package gallery

import (
	"slices"

	"github.com/a-h/templ"
)

// Sample is one component in one state.
type Sample struct {
	Name  string // in its address
	Of    string // the component, as package view exports it
	State string // in a few words

	Page    templ.Component   // the component, where it is a whole document
	Parts   []templ.Component // else what stands in the document
	Arrived []templ.Component // what the socket then brought, to be placed as a page places it
	Open    bool              // all that unfolds is unfolded
	Running bool              // Send was just pressed
}

// Document is the sample as it is served.
func (s Sample) Document() templ.Component {
	if s.Page != nil {
		return s.Page
	}
	return document(s)
}

// All is the table of samples, those of one component together.
func All() ([]Sample, error) {
	stage, err := newStage()
	if err != nil {
		return nil, err
	}
	all := slices.Concat(
		pages(stage), lines(stage), links(stage), scriptPanels(stage), policyPanels(stage), sandboxPanels(stage), kinds(stage), proxies(stage),
		drawings(stage), outcomes(stage), verdicts(stage), cached(stage), logs(stage), histories(stage), endings(stage), progress(stage),
	)
	return all, stage.err
}

// group is the samples of one component.
type group struct {
	of      string
	samples []Sample
}

// groups puts those of one component together, in the order of the table.
func groups(samples []Sample) (list []group) {
	for _, s := range samples {
		at := slices.IndexFunc(list, func(g group) bool { return g.of == s.Of })
		if at < 0 {
			list, at = append(list, group{of: s.Of}), len(list)
		}
		list[at].samples = append(list[at].samples, s)
	}
	return list
}
