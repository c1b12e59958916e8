package backend_test

import (
	"fmt"
	"strings"
	"testing"

	"corslab/lab/backend"
	"corslab/lab/policy"
)

// cachedBy is a policy with a shared cache that allows the request's origin.
func cachedBy(t *testing.T, cache, headers string) policy.Policy {
	t.Helper()
	return policyOf(t, `{cache: `+cache+`, response: {headers: [{Access-Control-Allow-Origin: {reflect: any}}`+headers+`]}}`)
}

func withCache(t *testing.T, cache, headers string) *backend.Backend {
	t.Helper()
	return withPolicy(t, cachedBy(t, cache, headers))
}

func manyNames(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("X-%d", i)
	}
	return strings.Join(names, ", ")
}

// TestSharedCache requests one URL from one origin and then from another.
func TestSharedCache(t *testing.T) {
	for name, test := range map[string]struct {
		cache, headers string
		again          string // method of the second request
		hit            bool
	}{
		"without Vary":                {"vary", "", "GET", true},
		"with Vary":                   {"vary", ", {Vary: 'Accept, origin'}", "GET", false},
		"with Vary: *":                {"vary", ", {Vary: '*'}", "GET", false},
		"with Vary for one, often":    {"vary", ", {Vary: '" + strings.Repeat("Accept, ", 30) + "accept'}", "GET", true},
		"with Vary for very many":     {"vary", ", {Vary: '" + manyNames(21) + "'}", "GET", false},
		"with Vary for twenty":        {"vary", ", {Vary: '" + manyNames(20) + "'}", "GET", true},
		"blind, with Vary":            {"blind", ", {Vary: Origin}", "GET", true},
		"off":                         {"off", "", "GET", false},
		"a private response":          {"blind", ", {Cache-Control: 'max-age=60, Private'}", "GET", false},
		"a response not to be stored": {"blind", ", {Cache-Control: no-store}", "GET", false},
		"a response for some time":    {"blind", ", {Cache-Control: max-age=60}", "GET", true},
		"another method":              {"blind", "", "HEAD", false},
	} {
		t.Run(name, func(t *testing.T) {
			b := withCache(t, test.cache, test.headers)
			b.Handle(request("GET", "/messages", "", "Origin: http://one.example"), 41)
			got := b.Handle(request(test.again, "/messages", "", "Origin: http://two.example"), 42)
			allowed, number := "http://two.example", uint64(0)
			if test.hit {
				allowed, number = "http://one.example", 41
			}
			if origin := got.Response.Headers.Get("Access-Control-Allow-Origin"); origin != allowed {
				t.Errorf("the second response allows %s, want %s", origin, allowed)
			}
			if got.Cached != number {
				t.Errorf("given again from request %d, want %d", got.Cached, number)
			}
		})
	}
}

// TestSharedCache_emptied: a write, Reset, or another setting of the cache removes a
// stored response. Another URL is never found.
func TestSharedCache_emptied(t *testing.T) {
	for name, test := range map[string]struct {
		between func(b *backend.Backend)
		stored  bool
	}{
		"nothing":        {func(*backend.Backend) {}, true},
		"a write":        {func(b *backend.Backend) { ask(b, "POST", "/messages", "x") }, false},
		"another's":      {func(b *backend.Backend) { ask(b, "POST", "/messages/1", "x") }, true},
		"a preflight":    {func(b *backend.Backend) { b.Handle(preflight("/messages"), 1) }, true},
		"Reset":          {func(b *backend.Backend) { b.Reset() }, false},
		"EmptyCache":     {func(b *backend.Backend) { b.EmptyCache() }, false},
		"another policy": {func(b *backend.Backend) { p := cachedBy(t, "blind", ""); p.Response.Status = 404; b.SetPolicy(p) }, true},
		"another cache":  {func(b *backend.Backend) { b.SetPolicy(cachedBy(t, "vary", "")) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := withCache(t, "blind", "")
			ask(b, "GET", "/messages", "", "Origin: http://one.example")
			test.between(b)
			if stored := b.Size() > 0 && len(b.Cached()) == 1; stored != test.stored {
				t.Errorf("stored: %t, want %t", stored, test.stored)
			}
			got := ask(b, "GET", "/messages", "", "Origin: http://two.example").Response.Headers.Get("Access-Control-Allow-Origin")
			if stored := got == "http://one.example"; stored != test.stored {
				t.Errorf("given again: %t, want %t", stored, test.stored)
			}
		})
	}
}

// TestSharedCache_errors: an error response isn't stored.
func TestSharedCache_errors(t *testing.T) {
	policy := cachedBy(t, "blind", "")
	policy.Response.Status = 503
	b := withPolicy(t, policy)
	ask(b, "GET", "/messages", "")
	policy.Response.Status = 200
	b.SetPolicy(policy)
	if got := ask(b, "GET", "/messages", "").Response.Status; got != 200 {
		t.Errorf("status %d after the fault is fixed, want 200", got)
	}
}
