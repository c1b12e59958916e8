package scenarios_test

import (
	"slices"
	"strings"
	"testing"

	"corslab/lab/dryrun"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
)

// TestFiles_attack: if a request carries credentials and the learner can choose a rule,
// the scenario must have an attack. Otherwise a policy that reflects every origin would
// solve it.
func TestFiles_attack(t *testing.T) {
	for _, s := range shipped(t) {
		needed := s.Allows("policy") && s.Computes() && slices.ContainsFunc(attempts(s), carriesCredentials)
		if needed && !hasAttack(s) {
			t.Errorf("%s has no attack, want one: the learner can reflect any origin to a request with credentials", s.File)
		}
	}
}

// TestFiles_echo checks that a solution turns into a wrong answer if it reflects every
// origin and allows credentials.
func TestFiles_echo(t *testing.T) {
	for _, s := range shipped(t) {
		if !s.Allows("policy") || !s.Computes() || !slices.ContainsFunc(attempts(s), carriesCredentials) {
			continue
		}
		echoed := *s
		echoed.Wrong = nil
		for _, solution := range s.Solutions {
			echoed.Wrong = append(echoed.Wrong, echo(s, solution))
		}
		for _, remark := range dryrun.Check(&echoed, origins(t)) {
			t.Errorf("%s, changed to reflect every origin: %s", s.File, remark.Message)
		}
	}
}

// echo makes every reply of a solution allow every origin, with credentials.
func echo(s *scenario.Scenario, solution scenario.Change) scenario.Change {
	anyone := func(c policy.ReplyChange) policy.ReplyChange {
		others := slices.DeleteFunc(slices.Clone(c.Headers), func(h policy.Header) bool {
			return h.Name == "Access-Control-Allow-Origin" || h.Name == "Access-Control-Allow-Credentials"
		})
		c.Headers = append(others,
			policy.Header{Name: "Access-Control-Allow-Origin", Rule: policy.Reflect},
			policy.Header{Name: "Access-Control-Allow-Credentials", Value: "true"})
		return c
	}
	set := &solution.Policy
	set.Preflight, set.Response = anyone(set.Preflight), anyone(set.Response)
	changed := set.Routes
	set.Routes = nil
	for _, route := range s.Policy.Routes {
		change := policy.RouteChange{URL: route.URL}
		if i := slices.IndexFunc(changed, func(c policy.RouteChange) bool { return c.URL == route.URL }); i >= 0 {
			change = changed[i]
		}
		change.Preflight, change.Response = anyone(change.Preflight), anyone(change.Response)
		set.Routes = append(set.Routes, change)
	}
	return solution
}

// attempts returns the scripts that a scenario's pages send at the start and in its
// solutions, without attacks.
func attempts(s *scenario.Scenario) (scripts []scenario.Script) {
	for _, change := range append([]scenario.Change{{}}, s.Solutions...) {
		for _, part := range s.Senders(s.With(change, origin.Set{}).Script) {
			if part.Role != scenario.Attack {
				scripts = append(scripts, part.Script)
			}
		}
	}
	return scripts
}

// carriesCredentials reports whether the browser adds credentials to the script's
// request, or the script adds them itself.
func carriesCredentials(s scenario.Script) bool {
	return s.Credentials == "include" || s.CrossOrigin == "use-credentials" || s.Kind == "beacon" ||
		slices.ContainsFunc(s.Sent(), func(h policy.Header) bool { return strings.EqualFold(h.Name, "Authorization") })
}

func hasAttack(s *scenario.Scenario) bool {
	return slices.ContainsFunc(s.Others, func(p scenario.Sender) bool { return p.Role == scenario.Attack })
}
