package session

import (
	"slices"
	"strings"

	"corslab/lab/scenario"
)

const mostCached = 20 // answers that a shared cache keeps; the oldest go

// sharedCache stands before the API and answers everybody from what it keeps,
// which does not grow old: it is gone with Reset, or when the cache is set
// otherwise (https://httpwg.org/specs/rfc9111.html).
type sharedCache struct {
	kept  []cached
	bytes int
}

// cached is an answer that is kept.
type cached struct {
	url    string
	asked  []pair // the request headers that Vary names
	answer Answer
	seq    uint64 // the entry of the request that it was made for
}

type pair struct{ name, value string }

// find returns what is kept for a request. A blind cache looks at no header.
func (c *sharedCache) find(mode scenario.Cache, url string, r Request) (cached, bool) {
	at := slices.IndexFunc(c.kept, func(k cached) bool {
		return k.url == url && (mode == scenario.CacheBlind || !slices.ContainsFunc(k.asked, func(p pair) bool { return r.Header(p.name) != p.value }))
	})
	if at < 0 || r.Method != "GET" {
		return cached{}, false
	}
	return c.kept[at], true
}

// take keeps an answer, where a cache may; a write makes what is kept of its
// URL worthless.
func (c *sharedCache) take(mode scenario.Cache, url string, seq uint64, received *Received) {
	r, answer := received.Request, received.Answer
	switch {
	case r.Method == "HEAD" || r.Method == "OPTIONS":
		return
	case r.Method != "GET":
		c.kept = slices.DeleteFunc(c.kept, func(k cached) bool { return k.url == url })
		c.weigh()
		return
	case answer.Closed || answer.Status != 200 || len(url) > maxNotedText || !keepable(mode, answer):
		return
	}
	asked, all := varied(r, answer)
	if !all {
		return
	}
	answer.Delay = 0
	c.kept = append(c.kept, cached{url, asked, answer, seq})
	for c.weigh(); len(c.kept) > mostCached || c.bytes > rememberedBytes; c.weigh() {
		c.kept = slices.Delete(c.kept, 0, 1)
	}
}

// weigh counts the bytes that are kept.
func (c *sharedCache) weigh() {
	c.bytes = 0
	for _, k := range c.kept {
		c.bytes += k.answer.size() + len(k.url) + sizeOfPairs(k.asked)
	}
}

// size estimates the bytes that a kept response takes.
func (a Answer) size() int { return overhead + a.Body.Len() + sizeOfHeaders(a.Headers) }

func sizeOfPairs(pairs []pair) (size int) {
	for _, p := range pairs {
		size += overhead + len(p.name) + len(p.value)
	}
	return size
}

// keepable reports whether the answer does not forbid a shared cache to keep it.
func keepable(mode scenario.Cache, answer Answer) bool {
	for _, directive := range elements(answer, "Cache-Control") {
		name, _, _ := strings.Cut(directive, "=")
		if slices.Contains([]string{"no-store", "private", "no-cache"}, name) {
			return false
		}
	}
	return mode == scenario.CacheBlind || !slices.Contains(elements(answer, "Vary"), "*")
}

// Bounds on what of a request is kept with an answer.
const (
	maxVaried      = 20      // headers
	maxVariedValue = 1 << 10 // bytes of one's value
)

// varied is what of the request the answer depends on, as its Vary says. It is
// false where that is more than is kept.
func varied(r Request, answer Answer) (asked []pair, all bool) {
	for _, name := range elements(answer, "Vary") {
		if slices.ContainsFunc(asked, func(p pair) bool { return p.name == name }) {
			continue
		}
		value := r.Header(name)
		if len(asked) == maxVaried || len(value) > maxVariedValue {
			return nil, false
		}
		asked = append(asked, pair{name, value})
	}
	return asked, true
}

// elements are those of a header that is a list, in small letters.
func elements(answer Answer, name string) (list []string) {
	for _, element := range strings.Split(strings.Join(answer.Headers[name], ","), ",") {
		if element = strings.ToLower(strings.TrimSpace(element)); element != "" {
			list = append(list, element)
		}
	}
	return list
}
