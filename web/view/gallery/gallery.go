// Package gallery shows every component of package view in every state that it can have,
// for people who work on the lab's look. Each sample is a small document of its own, so
// that no ids clash; [Gallery] shows them side by side.
//
// The samples are real: sessions of real scenarios, played on a fixed clock and rendered
// the way the page's socket renders them. The package is separate from view so that view
// needs no code for staged sessions.
//
// A new component gets its samples in [All]; a test finds components without any.
package gallery

import (
	"slices"

	"github.com/a-h/templ"
)

// Sample is one component in one state.
type Sample struct {
	Name  string // part of its address
	Of    string // the component's exported name in package view
	State string // in a few words

	Page    templ.Component   // the component, if it is a whole document
	Parts   []templ.Component // otherwise the content of the document
	Arrived []templ.Component // fragments from the socket, placed as the page places them
	Open    bool              // everything that unfolds is unfolded
	Running bool              // Send was just pressed
}

// Document returns the sample's HTML document.
func (s Sample) Document() templ.Component {
	if s.Page != nil {
		return s.Page
	}
	return document(s)
}

// All returns all samples. Those of one component follow each other.
func All() ([]Sample, error) {
	stage, err := newFixture()
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

// groups groups the samples by component, in the order of first appearance.
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
