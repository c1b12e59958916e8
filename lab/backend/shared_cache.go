package backend

import (
	"slices"
	"strings"

	"corslab/lab/policy"
	"corslab/lab/wire"
)

// Bounds on what a shared cache stores. Beyond them, the oldest responses go first.
const (
	maxCached      = 20       // responses
	maxCachedBytes = 64 << 10 // of their headers and bodies
	maxCachedURL   = 2 << 10  // bytes
)

// sharedCache is an HTTP cache (https://httpwg.org/specs/rfc9111.html) in front of the
// API, which gives its stored responses to everyone. They never get stale, but Reset and
// a change of the cache's setting remove them.
type sharedCache struct {
	stored []cached
	bytes  int
}

// cached is a stored response.
type cached struct {
	url      string
	varied   wire.Headers // the request headers that Vary names
	response wire.Response
	number   uint64 // number of the request that it answered
}

func (c cached) size() int { return c.response.Size() + len(c.url) + c.varied.Size() }

// find returns the stored response for a request. A blind cache ignores all headers.
func (c *sharedCache) find(mode policy.Cache, r wire.Request) (cached, bool) {
	at := slices.IndexFunc(c.stored, func(s cached) bool {
		return s.url == r.URL && (mode == policy.CacheBlind || s.varied.Match(r))
	})
	if at < 0 || r.Method != "GET" {
		return cached{}, false
	}
	return c.stored[at], true
}

// take stores a response if a cache may. A write invalidates what is stored for its
// URL.
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

// weigh counts the stored bytes.
func (c *sharedCache) weigh() {
	c.bytes = 0
	for _, s := range c.stored {
		c.bytes += s.size()
	}
}

// storable reports whether a shared cache may store the response.
func storable(mode policy.Cache, response wire.Response) bool {
	for _, directive := range response.Headers.List("Cache-Control") {
		name, _, _ := strings.Cut(directive, "=")
		if slices.Contains([]string{"no-store", "private", "no-cache"}, name) {
			return false
		}
	}
	return mode == policy.CacheBlind || !slices.Contains(response.Headers.List("Vary"), "*")
}

// Size is the number of bytes that the shared cache uses. Nothing else in a backend
// grows with what clients send.
func (b *Backend) Size() int { return b.cache.bytes }

// EmptyCache empties the shared cache.
func (b *Backend) EmptyCache() { b.cache = sharedCache{} }

// Cached is a response that the shared cache can reuse.
type Cached struct {
	URL    string       // with the session and the run
	Varied wire.Headers // the cache reuses the response only for requests with the same ones; empty for a blind cache
	Number uint64       // number of the request that it answered
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
