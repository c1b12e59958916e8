package scenario_test

import (
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
)

// withAccount returns a scenario that has an account, a cache and changes to both.
func withAccount(t *testing.T, change string) *scenario.Scenario {
	t.Helper()
	s, err := format.Parse("robbed.yaml", []byte(`corslab: 1
title: Robbed
track: Tests
story: A page takes what is not its own.
script: {url: "{bank}/account", headers: [{X-CSRF-Token: "{token}"}]}
policy: {account: {same_site: lax}, cache: off}
change: `+change+`
expect: {outcome: readable}
goal: [{balance: 100}]
solutions: [{policy: {account: {same_site: strict}}}, {policy: {account: {token: true}, cache: vary}}]
`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAccount(t *testing.T) {
	s := withAccount(t, "[policy]")
	start := s.Start(scenariotest.Origins(t))
	for i, want := range []policy.Policy{
		{Account: &policy.Account{SameSite: policy.SameSiteStrict}, Cache: policy.CacheOff},
		{Account: &policy.Account{SameSite: policy.SameSiteLax, Token: true}, Cache: policy.CacheVary},
	} {
		got := s.With(s.Solutions[i], scenariotest.Origins(t))
		if !cmp.Equal(got.Policy.Account, want.Account) || got.Policy.Cache != want.Cache {
			t.Errorf("solution %d gives %+v and %s, want %+v and %s", i, *got.Policy.Account, got.Policy.Cache, *want.Account, want.Cache)
		}
	}
	if got := start.Policy; *got.Account != (policy.Account{SameSite: policy.SameSiteLax}) || got.Cache != policy.CacheOff {
		t.Errorf("the start is %+v and %s after that, want it as in the file", *got.Account, got.Cache)
	}
	if got := edits(s.With(s.Solutions[1], scenariotest.Origins(t)).Difference(start)); !cmp.Equal(got, []string{
		"account.token: no → yes", "cache: off → vary",
	}) {
		t.Errorf("Difference() = %q", got)
	}
}

// edits formats each edit as a line.
func edits(all []scenario.Edit) (lines []string) {
	for _, e := range all {
		lines = append(lines, e.Field.String()+e.Header+": "+*e.Was+" → "+*e.Is)
	}
	return lines
}

func TestAccount_Take(t *testing.T) {
	for name, test := range map[string]struct {
		change string
		edit   func(*policy.Policy)
		fault  string
	}{
		"strict":          {"[policy]", func(p *policy.Policy) { p.Account = &policy.Account{SameSite: "strict"} }, ""},
		"vary":            {"[policy]", func(p *policy.Policy) { p.Cache = "vary" }, ""},
		"an unknown word": {"[policy]", func(p *policy.Policy) { p.Account = &policy.Account{SameSite: "Lax"} }, `account.same_site: "Lax" is unknown`},
		"no account":      {"[policy]", func(p *policy.Policy) { p.Account = nil }, "policy: found an account where"},
		"no cache":        {"[policy]", func(p *policy.Policy) { p.Cache = "" }, "policy: found a cache where"},
		"an unknown cache": {
			"[policy]", func(p *policy.Policy) { p.Cache = "varnish" }, `cache: "varnish" is unknown`,
		},
		"a fixed account": {"[]", func(p *policy.Policy) { p.Account = &policy.Account{SameSite: "lax", Token: true} }, "policy: this scenario does not let"},
		"a fixed cache":   {"[]", func(p *policy.Policy) { p.Cache = "blind" }, "policy: this scenario does not let"},
	} {
		t.Run(name, func(t *testing.T) {
			s := withAccount(t, test.change)
			submitted := s.Start(scenariotest.Origins(t))
			test.edit(&submitted.Policy)
			got, faults := s.Take(submitted, scenariotest.Origins(t))
			if test.fault == "" && (len(faults) > 0 || !cmp.Equal(got, submitted)) {
				t.Errorf("Take() = %+v, %v, want what was handed over", got, faults)
			}
			if test.fault != "" && !strings.HasPrefix(faults.String(), test.fault) {
				t.Errorf("Take() faults = %v, want %s…", faults, test.fault)
			}
		})
	}
}
