package policy_test

import (
	"slices"
	"testing"

	"corslab/lab/policy"
)

func TestGroup(t *testing.T) {
	p := policy.Policy{Routes: make([]policy.Route, 2), Front: &policy.Front{}}
	var names []string
	for _, g := range p.Groups() {
		names = append(names, g.String())
	}
	want := []string{"preflight", "response", "preflight-1", "response-1", "preflight-2", "response-2", "front"}
	if !slices.Equal(names, want) {
		t.Errorf("groups %q, want %q", names, want)
	}
}

// TestPolicy_Reply: a group that the policy doesn't have has an empty reply.
func TestPolicy_Reply(t *testing.T) {
	p := policy.Policy{Preflight: policy.Reply{Status: 1}, Response: policy.Reply{Status: 2}, Routes: []policy.Route{{Preflight: policy.Reply{Status: 3}, Response: policy.Reply{Status: 4}}}}
	for g, want := range map[policy.Group]int{
		{Kind: policy.Preflight}:            1,
		{Kind: policy.Response}:             2,
		{Route: 1, Kind: policy.Preflight}:  3,
		{Route: 1, Kind: policy.Response}:   4,
		{Route: 2, Kind: policy.Response}:   0,
		{Route: -1, Kind: policy.Preflight}: 0,
		{Kind: policy.InFront}:              0,
		{Route: 1, Kind: policy.InFront}:    0,
		{}:                                  0,
	} {
		if got := p.Reply(g).Status; got != want {
			t.Errorf("Reply(%v) has status %d, want %d", g, got, want)
		}
	}
}
