package main

import "testing"

// TestLimitFlags_journals checks that a smaller memory limit works without a second flag,
// and that an explicit budget stays unchanged.
func TestLimitFlags_journals(t *testing.T) {
	for name, test := range map[string]struct {
		flags limitFlags
		want  int64 // MiB
	}{
		"no flag":                 {limitFlags{}, 192},
		"a small memory limit":    {limitFlags{MemoryLimit: 100 << 20}, 50},
		"a large memory limit":    {limitFlags{MemoryLimit: 4 << 30}, 192},
		"a budget that was given": {limitFlags{JournalBudget: 10 << 20, MemoryLimit: 4 << 30}, 10},
	} {
		if got := test.flags.limits().Sessions.Journals >> 20; got != test.want {
			t.Errorf("%s: %d MiB for journals, want %d", name, got, test.want)
		}
		if err := test.flags.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
