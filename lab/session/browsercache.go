package session

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Bounds on the responses that a cache keeps, all together.
const (
	mostRemembered  = 20       // responses; beyond that, all are forgotten
	rememberedBytes = 64 << 10 // of their headers and bodies; a larger response isn't kept
)

// browserCache is what the learner's browser may have kept of the answers to
// GET, by address. It is used only where no request came: then the browser had
// the answer.
type browserCache struct {
	kept  map[string]remembered
	bytes int
}

func newBrowserCache() browserCache { return browserCache{kept: make(map[string]remembered)} }

type remembered struct {
	asked  []pair // the request headers that Vary names
	answer Answer
	until  time.Time
	bytes  int
}

// take remembers an answer for as long as it says; a write that succeeds makes
// what is kept of its URL worthless.
func (b *browserCache) take(url string, received *Received, now time.Time) {
	r, answer := received.Request, received.Answer
	switch {
	case r.Method == "HEAD" || r.Method == "OPTIONS" || answer.Closed || len(url) > maxNotedText:
		return
	case r.Method != "GET":
		if answer.Status < 400 {
			b.drop(url) // https://httpwg.org/specs/rfc9111.html#invalidation
		}
		return
	}
	b.drop(url)
	asked, all := varied(r, answer)
	age, size := freshness(answer), answer.size()+len(url)+sizeOfPairs(asked)
	if age == 0 || !all || size > rememberedBytes {
		return
	}
	if len(b.kept) >= mostRemembered || b.bytes+size > rememberedBytes {
		*b = newBrowserCache()
	}
	b.kept[url] = remembered{asked, answer, now.Add(age), size}
	b.bytes += size
}

func (b *browserCache) drop(url string) {
	b.bytes -= b.kept[url].bytes
	delete(b.kept, url)
}

// freshness is for how long a browser gives the answer again without asking, 0
// for not at all (https://httpwg.org/specs/rfc9111.html#expiration.model).
func freshness(answer Answer) (age time.Duration) {
	if slices.Contains(elements(answer, "Vary"), "*") {
		return 0
	}
	for _, directive := range elements(answer, "Cache-Control") {
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

// spare gives a call whose request never came the answer that its browser kept
// of an earlier one.
func (b *browserCache) spare(c *Call) {
	kept, found := b.kept[strings.TrimPrefix(c.URL, "http://")]
	if !found || len(c.sent) > 0 || c.Script.Method != "GET" || !c.started.Before(kept.until) {
		return
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(c.URL, "http://"), c.prefix)
	host, _, _ := strings.Cut(strings.TrimPrefix(c.URL, "http://"), "/")
	c.given = map[spot]given{{host, path}: {response: &kept.answer}}
	c.kept = true
}
