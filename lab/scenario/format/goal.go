package format

import (
	"slices"

	"corslab/lab/cors"
	"corslab/lab/internal/phrase"
	"corslab/lab/policy"
	"corslab/lab/scenario"

	"go.yaml.in/yaml/v4"
)

// goalForm is the facts that count as solved.
func goalForm(goal *[]scenario.Fact) form {
	return rows(goal, func(f *scenario.Fact) form {
		return factForm(f).then(func(r *reader, path string, node *yaml.Node) {
			i := len(*goal)
			r.later = append(r.later, func(s *scenario.Scenario) { r.who(s, i, path, node) })
		})
	}).notEmpty("at least one fact, such as {page: readable}")
}

func factForm(f *scenario.Fact) form {
	keys := []key{
		optional("sent", list(&f.Sent, method.into)),
		optional("shows", list(&f.Shows, headerName.into).notEmpty("at least one header's name")),
		optional("cookies", list(&f.Cookies, filled.into)),
		optional("balance", pointer(number(0, policy.OpeningBalance)).into(&f.Balance)),
		optional("from", word(scenario.Callers()).into(&f.Caller)),
		optional("because", line.into(&f.Because)),
	}
	for _, caller := range scenario.Callers() {
		keys = append(keys, optional(string(caller), word(cors.Outcomes()).to(func(outcome cors.Outcome) {
			f.Caller, f.Outcome = caller, outcome
		})))
	}
	return mapping(keys...).and(func() schema { return oneFact(keys) }).consistent(func(r *reader, path string, node *yaml.Node) {
		if found := factsIn(node); found != 1 {
			r.report(node, "%s: found %d facts; want one, such as {page: readable}", path, found)
		} else if f.Caller != "" && f.Outcome == "" && f.Sent == nil {
			r.report(node, "%s: found from beside another fact; want it beside sent", path)
		}
	})
}

// factsIn counts the facts of one line of the goal.
func factsIn(node *yaml.Node) (count int) {
	for name := range pairs(node) {
		if isFact(name.Value) {
			count++
		}
	}
	return count
}

// isFact reports whether a key of the goal is a fact, and not a remark about one.
func isFact(key string) bool { return key != "because" && key != "from" }

// who settles which caller the i-th fact is about: page means the learner's own script,
// wherever that runs, unless another script runs on the page.
func (r *reader) who(s *scenario.Scenario, i int, path string, node *yaml.Node) {
	f := &s.Goal[i]
	callers := slices.DeleteFunc(s.Callers(), func(caller scenario.Caller) bool { return caller == "" })
	if f.Balance != nil && s.Policy.Account == nil {
		r.report(node, "%s: found a fact about the account; want policy.account, such as {same_site: lax}", path)
	}
	sends := slices.Contains(callers, f.Caller)
	switch {
	case f.Caller == s.Script.From || f.Caller == scenario.CallerPage && !sends:
		f.Caller = ""
	case f.Caller != "" && !sends:
		r.report(node, "%s: found a fact about %s, which sends nothing; want one about %s", path, f.Caller, phrase.OneOf(phrase.Words(callers)))
	}
}
