package format

import (
	"slices"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/policy"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// goal reads the facts that count as solved.
func (r *reader) goal(place string, node *yaml.Node) []scenario.Fact {
	var facts []scenario.Fact
	r.rows(place, node, func(place string, node *yaml.Node) {
		var f scenario.Fact
		before := len(r.problems)
		r.mapping(place, node, r.factKeys(&f)...)
		r.grammar.oneFact(place)
		if found := factsIn(node); len(r.problems) == before && found != 1 {
			r.report(node, "%s: found %d facts; want one, such as {page: readable}", place, found)
		}
		if f.Who != "" && f.Outcome == "" && f.Sent == nil && len(r.problems) == before {
			r.report(node, "%s: found from beside another fact; want it beside sent", place)
		}
		i := len(facts)
		facts = append(facts, f)
		r.later = append(r.later, func(s *scenario.Scenario) { r.who(s, i, place, node) })
	})
	r.notEmpty(place, node, "at least one fact, such as {page: readable}")
	return facts
}

func (r *reader) factKeys(f *scenario.Fact) []key {
	keys := []key{
		{"sent", false, func(place string, node *yaml.Node) { f.Sent = r.texts(place, node, r.method) }},
		{"shows", false, func(place string, node *yaml.Node) {
			f.Shows = r.texts(place, node, r.headerName)
			r.notEmpty(place, node, "at least one header's name")
		}},
		{"cookies", false, func(place string, node *yaml.Node) { f.Cookies = r.texts(place, node, r.filled) }},
		{"balance", false, func(place string, node *yaml.Node) {
			f.Balance = new(r.number(place, node, 0, policy.OpeningBalance))
		}},
		{"from", false, func(place string, node *yaml.Node) {
			f.Who = scenario.Caller(r.word(place, node, phrase.Words(scenario.Callers())))
		}},
		{"because", false, func(place string, node *yaml.Node) { f.Because = r.line(place, node) }},
	}
	for _, caller := range scenario.Callers() {
		keys = append(keys, key{string(caller), false, func(place string, node *yaml.Node) {
			f.Who, f.Outcome = caller, cors.Outcome(r.word(place, node, phrase.Words(cors.Outcomes())))
		}})
	}
	return keys
}

// factsIn counts the facts of one line of the goal.
func factsIn(node *yaml.Node) (count int) {
	for name := range pairs(node) {
		if name.Value != "because" && name.Value != "from" {
			count++
		}
	}
	return count
}

// who settles whose the i-th fact is: page stands for the learner's own script,
// wherever that runs, unless another one runs there.
func (r *reader) who(s *scenario.Scenario, i int, place string, node *yaml.Node) {
	f := &s.Goal[i]
	callers := slices.DeleteFunc(s.Callers(), func(caller scenario.Caller) bool { return caller == "" })
	if f.Balance != nil && s.Policy.Account == nil {
		r.report(node, "%s: found a fact about the account; want policy.account, such as {same_site: lax}", place)
	}
	sends := slices.Contains(callers, f.Who)
	switch {
	case f.Who == s.Script.From || f.Who == scenario.CallerPage && !sends:
		f.Who = ""
	case f.Who != "" && !sends:
		r.report(node, "%s: found a fact about %s, which sends nothing; want one about %s", place, f.Who, phrase.OneOf(phrase.Words(callers)))
	}
}
