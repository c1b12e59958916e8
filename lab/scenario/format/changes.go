package format

import (
	"corslab/lab/origin"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// changesForm is a list of solutions, or of wrong answers. A wrong answer must say why it
// is wrong.
func changesForm(changes *[]scenario.Change, wrong bool) form {
	return rows(changes, func(c *scenario.Change) form {
		return boundedForm(mapping(
			optional("script", scriptChangeForm(&c.Script)),
			optional("policy", policyChangeForm(&c.Policy)),
			optional("sends", number(1, MaxSends).into(&c.Sends)),
			key{"because", wrong, filled.into(&c.Because)},
		).first(func() { c.Sends = 1 }), c)
	}).atMost(MaxChanges, "changes")
}

// boundedForm refuses an attempt that exceeds the bounds: the start with a change.
func boundedForm(f form, c *scenario.Change) form {
	return f.then(func(r *reader, path string, node *yaml.Node) {
		r.later = append(r.later, func(s *scenario.Scenario) {
			if len(r.problems) > 0 {
				return // lists that are too long to be read would take long to merge
			}
			if excess := s.With(*c, anyOrigins()).Excess(); excess != "" {
				r.report(node, "%s: counting the rows that the page offers, %s", path, excess)
			}
		})
	})
}

// anyOrigins are origins for counting, which is the same for all.
func anyOrigins() origin.Set {
	o, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		panic(err) // both are addresses
	}
	return o
}
