package session

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"corslab/lab/endpoint"
	"corslab/lab/wire"
)

// Bounds on the responses that the browser's cache may store, all together.
const (
	maxStored      = 20       // responses; one more empties the cache
	maxStoredBytes = 64 << 10 // of their headers and bodies; a larger response isn't stored
)

// browserCache holds the responses to GET that the learner's browser may have stored,
// by URL. It matters only if a call's request doesn't arrive, because then the browser
// used a stored response.
type browserCache struct {
	stored map[string]stored
	bytes  int
}

func newBrowserCache() browserCache { return browserCache{stored: make(map[string]stored)} }

type stored struct {
	varied   wire.Headers // the request headers that Vary names
	response wire.Response
	until    time.Time
	bytes    int
}

// take stores a response for as long as its headers say. A successful write invalidates
// what is stored for its URL.
func (b *browserCache) take(r wire.Request, response wire.Response, now time.Time) {
	switch {
	case r.Method == "HEAD" || r.Method == "OPTIONS" || response.Closed || len(r.URL) > maxNotedText:
		return
	case r.Method != "GET":
		if response.Status < 400 {
			b.drop(r.URL) // https://httpwg.org/specs/rfc9111.html#invalidation
		}
		return
	}
	b.drop(r.URL)
	varied, ok := wire.Varied(r, response)
	age, size := freshness(response), response.Size()+len(r.URL)+varied.Size()
	if age == 0 || !ok || size > maxStoredBytes {
		return
	}
	if len(b.stored) >= maxStored || b.bytes+size > maxStoredBytes {
		*b = newBrowserCache()
	}
	b.stored[r.URL] = stored{varied, response, now.Add(age), size}
	b.bytes += size
}

func (b *browserCache) drop(url string) {
	b.bytes -= b.stored[url].bytes
	delete(b.stored, url)
}

// freshness is how long a browser can reuse the response without a request. 0 means not
// at all (https://httpwg.org/specs/rfc9111.html#expiration.model).
func freshness(response wire.Response) (age time.Duration) {
	if slices.Contains(response.Headers.List("Vary"), "*") {
		return 0
	}
	for _, directive := range response.Headers.List("Cache-Control") {
		seconds, isAge := strings.CutPrefix(directive, "max-age=")
		if n, err := strconv.Atoi(seconds); isAge && err == nil && n > 0 && n < 1<<31 {
			age = time.Duration(n) * time.Second
		}
		if directive == "no-store" || directive == "no-cache" {
			return 0
		}
	}
	return age
}

// supply gives a call whose request never arrived the response that the browser stored
// earlier.
func (b *browserCache) supply(c *call) {
	stored, found := b.stored[c.URL]
	if !found || len(c.sent) > 0 || c.Script.Method != "GET" || !c.started.Before(stored.until) {
		return
	}
	c.responses = map[string]responses{endpoint.Parse(c.URL).Key(): {response: &stored.response}}
	c.fromCache = true
}
