package backend

import (
	"slices"
	"strings"

	"corslab/lab/policy"
	"corslab/lab/wire"
)

// Bounds on what a shared cache stores; the oldest responses go.
const (
	maxCached      = 20       // responses
	maxCachedBytes = 64 << 10 // of their headers and bodies
	maxCachedURL   = 2 << 10  // bytes
)

// sharedCache is in front of the API and gives everyone what it stores. Nothing
// in it gets stale: it is gone with Reset, or when the cache gets another setting
// (https://httpwg.org/specs/rfc9111.html).
type sharedCache struct {
	stored []cached
	bytes  int
}

// cached is a response that is stored.
type cached struct {
	url      string
	varied   wire.Headers // the request headers that Vary names
	response wire.Response
	number   uint64 // of the request that it was made for
}

func (c cached) size() int { return c.response.Size() + len(c.url) + c.varied.Size() }

// find returns what is stored for a request. A blind cache looks at no header.
func (c *sharedCache) find(mode policy.Cache, r wire.Request) (cached, bool) {
	at := slices.IndexFunc(c.stored, func(s cached) bool {
		return s.url == r.URL && (mode == policy.CacheBlind || s.varied.Match(r))
	})
	if at < 0 || r.Method != "GET" {
		return cached{}, false
	}
	return c.stored[at], true
}

// take stores a response if a cache may. A write makes what is stored of its URL
// worthless.
func (c *sharedCache) take(mode policy.Cache, entry cached, r wire.Request) {
	switch {
	case r.Method == "HEAD" || r.Method == "OPTIONS":
		return
	case r.Method != "GET":
		c.stored = slices.DeleteFunc(c.stored, func(s cached) bool { return s.url == entry.url })
		c.weigh()
		return
	case entry.response.Closed || entry.response.Status != 200 || len(entry.url) > maxCachedURL || !storable(mode, entry.response):
		return
	}
	varied, ok := wire.Varied(r, entry.response)
	if !ok {
		return
	}
	entry.varied, entry.response.Delay = varied, 0
	c.stored = append(c.stored, entry)
	for c.weigh(); len(c.stored) > maxCached || c.bytes > maxCachedBytes; c.weigh() {
		c.stored = slices.Delete(c.stored, 0, 1)
	}
}

// weigh counts the bytes that are stored.
func (c *sharedCache) weigh() {
	c.bytes = 0
	for _, s := range c.stored {
		c.bytes += s.size()
	}
}

// storable reports whether the response doesn't forbid a shared cache to store
// it.
func storable(mode policy.Cache, response wire.Response) bool {
	for _, directive := range response.Headers.List("Cache-Control") {
		name, _, _ := strings.Cut(directive, "=")
		if slices.Contains([]string{"no-store", "private", "no-cache"}, name) {
			return false
		}
	}
	return mode == policy.CacheBlind || !slices.Contains(response.Headers.List("Vary"), "*")
}

// Size is how many bytes the shared cache needs. Nothing else in a backend grows
// with what clients send.
func (b *Backend) Size() int { return b.cache.bytes }

// EmptyCache empties the shared cache.
func (b *Backend) EmptyCache() { b.cache = sharedCache{} }

// Cached is a response that the shared cache gives again.
type Cached struct {
	URL    string       // with the session and the run
	Varied wire.Headers // the cache gives the response only to requests with the same ones; empty for a blind cache
	Number uint64       // of the request that it was made for
}

// Cached lists what the shared cache stores.
func (b *Backend) Cached() (all []Cached) {
	for _, s := range b.cache.stored {
		entry := Cached{URL: s.url, Number: s.number}
		if b.policy.Cache == policy.CacheVary {
			entry.Varied = s.varied
		}
		all = append(all, entry)
	}
	return all
}
