package format

import (
	"corslab/lab/origin"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// changes reads solutions, or wrong answers, which must say why they are.
func (r *reader) changes(place string, node *yaml.Node, wrong bool) []scenario.Change {
	var all []scenario.Change
	r.fewRows(place, node, MaxChanges, "changes", func(place string, node *yaml.Node) {
		c := scenario.Change{Sends: 1}
		r.mapping(place, node,
			key{"script", false, func(place string, node *yaml.Node) { c.Script = r.scriptChange(place, node) }},
			key{"policy", false, func(place string, node *yaml.Node) { c.Policy = r.policyChange(place, node) }},
			key{"sends", false, func(place string, node *yaml.Node) { c.Sends = r.number(place, node, 1, 10) }},
			key{"because", wrong, func(place string, node *yaml.Node) { c.Because = r.filled(place, node) }},
		)
		all = append(all, c)
		r.bounded(place, node, c)
	})
	if !wrong {
		r.notEmpty(place, node, "at least one solution")
	}
	return all
}

// bounded reports an attempt that exceeds the bounds: the start, or the start with
// a change.
func (r *reader) bounded(place string, node *yaml.Node, c scenario.Change) {
	r.later = append(r.later, func(s *scenario.Scenario) {
		if len(r.problems) > 0 {
			return // lists that are too long to be read would take long to merge
		}
		o, err := origin.New("localhost:8080", "localhost:8000")
		if err != nil {
			panic(err) // both are addresses
		}
		if excess := s.With(c, o).Excess(); excess != "" {
			r.report(node, "%s: counting the rows that the page offers, %s", place, excess)
		}
	})
}
