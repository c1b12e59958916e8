package cors

import (
	"slices"
	"strings"
	"time"
	"unsafe"
)

// Preflight is what a CORS-preflight request asks for and where it comes from. The
// cache looks up entries by it.
type Preflight struct {
	Origin      string // the request's, serialized
	URL         string
	Credentials bool     // the credentials mode is "include"
	Method      string   // as normalized
	Names       []string // CORS-unsafe request-header names
	Forced      bool     // required by an upload listener or a stream
}

// PreflightOf returns the preflight that the engine sends before the exchange's first
// request, or would send if its cache were empty. It reports false if there is none.
func PreflightOf(exchange Exchange, engine Engine) (Preflight, bool) {
	f := newFetch(exchange, engine)
	if !f.construct() || !f.current().IsHTTP() || f.current().Origin() == exchange.Origin || f.request.Mode != CORSMode {
		return Preflight{}, false
	}
	p := f.asPreflight(f.unsafeNames())
	return p, p.Forced || len(p.Names) > 0 || !isSafelistedMethod(p.Method)
}

// asPreflight returns the preflight for the current request.
func (f *fetch) asPreflight(names []string) Preflight {
	return Preflight{
		Origin: f.preflightOrigin(), URL: f.current().String(), Credentials: f.credentialed(),
		Method: f.method, Names: names, Forced: f.forcePreflight,
	}
}

// PreflightCache is an engine's CORS-preflight cache for one page (#concept-cache). An
// empty Engine means the standard's. Several goroutines must not use it at the same
// time.
type PreflightCache struct {
	Engine  Engine
	entries []cacheEntry // oldest first
}

// cacheEntry is an entry for a method or for a header name.
type cacheEntry struct {
	origin, url  string
	credentials  bool
	method, name string
	lifetime
}

// Bounds on a cache. Beyond them, the oldest entries go first, and the last names of a
// single response.
const (
	maxEntries = 100
	maxText    = 16 << 10 // bytes of methods and names
)

// text is the length of the entry's method or header name.
func (e cacheEntry) text() int { return len(e.method) + len(e.name) }

// Size estimates the bytes that the cache uses.
func (c *PreflightCache) Size() int {
	size := int(unsafe.Sizeof(cacheEntry{})) * cap(c.entries)
	for _, e := range c.entries {
		size += e.text()
	}
	return size
}

// Covers reports whether the cache makes the preflight needless
// (#concept-http-fetch, 4.1; #concept-cache-match-method and
// #concept-cache-match-header).
func (c *PreflightCache) Covers(p Preflight, now time.Time) bool {
	// 4.1. A method that is not CORS-safelisted, or any method if the
	//      use-CORS-preflight flag is set, needs an entry of its own or of *.
	if !isSafelistedMethod(p.Method) || p.Forced {
		if !c.matches(p, now, func(e cacheEntry) bool { return e.method == p.Method || e.method == "*" }) {
			return false
		}
	}
	// 4.1. Each CORS-unsafe name needs an entry of its own, or of * unless it is
	//      Authorization.
	for _, name := range p.Names {
		if !c.matches(p, now, func(e cacheEntry) bool {
			return strings.EqualFold(e.name, name) || e.name == "*" && name != "authorization"
		}) {
			return false
		}
	}
	return true
}

// knows reports whether the cache has any entries for requests like p.
func (c *PreflightCache) knows(p Preflight) bool {
	return slices.ContainsFunc(c.entries, func(e cacheEntry) bool { return c.belongs(e, p) })
}

// matches is the standard's cache entry match, with one more condition
// (#concept-cache-match).
func (c *PreflightCache) matches(p Preflight, now time.Time, also func(cacheEntry) bool) bool {
	return slices.ContainsFunc(c.entries, func(e cacheEntry) bool {
		return c.belongs(e, p) && now.Before(e.expires) && also(e)
	})
}

// belongs reports whether an entry applies to requests like p. In the standard, an
// entry made with credentials also applies to requests without them.
func (c *PreflightCache) belongs(e cacheEntry, p Preflight) bool {
	if e.origin != p.Origin || e.url != p.URL {
		return false
	}
	if c.Engine.differs(credentialsApart) {
		return e.credentials == p.Credentials
	}
	return e.credentials || !p.Credentials
}

// Store remembers the response to a preflight, given that it allowed the request
// (#cors-preflight-fetch).
func (c *PreflightCache) Store(p Preflight, response Response, now time.Time) {
	if c.Engine.differs(newestOnly) {
		c.Clear(p)
	}
	// 7.8. to 7.10. Take the max-age.
	life := c.Engine.lifetime(response, now)
	// 7.12. to 7.15. Give each method and each header name that the cache has
	//                that max-age, and make an entry for each other one.
	for _, entry := range entriesFrom(p, response.Headers) {
		entry.origin, entry.url, entry.credentials, entry.lifetime = p.Origin, p.URL, p.Credentials, life
		c.put(p, entry, now)
	}
	c.entries = slices.DeleteFunc(c.entries, func(e cacheEntry) bool { return !now.Before(e.expires) })
	c.trim()
}

// entriesFrom makes one entry for each method and each header name, but no more than
// the cache holds. A response can list tens of thousands, so entriesFrom reads it line
// by line. It copies the texts, because a substring would keep its long line in memory.
func entriesFrom(p Preflight, headers HeaderList) []cacheEntry {
	var all []cacheEntry
	text := 0
	add := func(items []string, seen map[string]bool, entryOf func(item string) cacheEntry) (fits bool) {
		for _, item := range items {
			if seen[item] {
				continue
			}
			if text += len(item); len(all) == maxEntries || text > maxText {
				return false
			}
			item = strings.Clone(item)
			seen[item] = true
			all = append(all, entryOf(item))
		}
		return true
	}
	read := func(header string, entryOf func(item string) cacheEntry) {
		seen := make(map[string]bool)
		for i := range headers {
			line := headers[i : i+1].extract(header)
			if !add(line.items, seen, entryOf) || line.failed() {
				return
			}
		}
	}
	ofMethod := func(method string) cacheEntry { return cacheEntry{method: method} }
	// 7.4. If there is no method list and the use-CORS-preflight flag is set, the
	//      request's method counts as listed.
	if p.Forced && !headers.contains("Access-Control-Allow-Methods") {
		add([]string{p.Method}, map[string]bool{}, ofMethod)
	}
	read("Access-Control-Allow-Methods", ofMethod)
	read("Access-Control-Allow-Headers", func(name string) cacheEntry { return cacheEntry{name: strings.ToLower(name)} })
	return all
}

// trim drops the oldest entries if there are too many, and the array that held them.
func (c *PreflightCache) trim() {
	first, text := len(c.entries), 0
	for first > 0 && len(c.entries)-first < maxEntries {
		if text += c.entries[first-1].text(); text > maxText {
			break
		}
		first--
	}
	if first > 0 {
		c.entries = slices.Clone(c.entries[first:])
	}
}

// put extends the lifetime of a matching entry, or adds an entry.
func (c *PreflightCache) put(p Preflight, entry cacheEntry, now time.Time) {
	found := false
	for i, e := range c.entries {
		if e.method == entry.method && e.name == entry.name && now.Before(e.expires) && c.belongs(e, p) {
			c.entries[i].lifetime, found = entry.lifetime, true
		}
	}
	if !found {
		c.entries = append(c.entries, entry)
	}
}

// Clear removes everything about the preflight's origin and URL, as after a network
// error of its request (#concept-cache-clear).
func (c *PreflightCache) Clear(p Preflight) {
	c.entries = slices.DeleteFunc(c.entries, func(e cacheEntry) bool { return e.origin == p.Origin && e.url == p.URL })
}

// Settle updates the cache after a request that needed the preflight. It remembers a
// response that allowed the request. After a network error, it forgets everything about
// the URL.
func (c *PreflightCache) Settle(p Preflight, response Response, verdict Verdict, now time.Time) {
	if verdict.Stage != StagePreflight && len(verdict.Wire) > 0 && verdict.Wire[0].Preflight() {
		c.Store(p, response, now)
	}
	// Main fetch, 12.3. If the fetch was a network error, clear its entries.
	if verdict.Outcome == Blocked && !c.Engine.differs(cacheSurvivesFailure) {
		c.Clear(p)
	}
}
