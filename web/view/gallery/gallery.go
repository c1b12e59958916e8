// Package gallery shows every component of package view in every state that
// it can have, for people who work on the lab's look. Each specimen is a small
// document of its own, so that no ids clash; [Gallery] shows them side by side.
//
// What the specimens hold is real: sessions of real scenarios, played on a
// clock that always shows the same time, and rendered as the page's socket
// does. The package stands apart from view, which knows nothing of sessions
// that nobody had.
//
// A new component gets its specimens in [All]; a test finds one that has none.
package gallery

import (
	"slices"

	"github.com/a-h/templ"
)

// Specimen is one component in one state.
type Specimen struct {
	Name  string // in its address
	Of    string // the component, as package view exports it
	State string // in a few words

	Page    templ.Component   // the component, where it is a whole document
	Parts   []templ.Component // else what stands in the document
	Arrived []templ.Component // what the socket then brought, to be placed as a page places it
	Open    bool              // all that unfolds is unfolded
	Running bool              // Send was just pressed
}

// Document is the specimen as it is served.
func (s Specimen) Document() templ.Component {
	if s.Page != nil {
		return s.Page
	}
	return document(s)
}

// All is the table of specimens, those of one component together.
func All() ([]Specimen, error) {
	stage, err := newStage()
	if err != nil {
		return nil, err
	}
	all := slices.Concat(
		pages(stage), lines(stage), links(stage), scriptPanels(stage), policyPanels(stage), sandboxPanels(stage), kinds(stage), proxies(stage),
		drawings(stage), outcomes(stage), verdicts(stage), memories(stage), logs(stage), histories(stage), endings(stage), progress(stage),
	)
	return all, stage.err
}

// group is the specimens of one component.
type group struct {
	of        string
	specimens []Specimen
}

// groups puts those of one component together, in the order of the table.
func groups(specimens []Specimen) (list []group) {
	for _, s := range specimens {
		at := slices.IndexFunc(list, func(g group) bool { return g.of == s.Of })
		if at < 0 {
			list, at = append(list, group{of: s.Of}), len(list)
		}
		list[at].specimens = append(list[at].specimens, s)
	}
	return list
}
