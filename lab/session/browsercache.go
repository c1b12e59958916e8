package session

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

const mostRemembered = 20 // answers; then all are forgotten

// browserCache is what the learner's browser may have kept of the answers to
// GET, by address. It is used only where no request came: then the browser had
// the answer.
type browserCache map[string]remembered

type remembered struct {
	asked  []pair // the request headers that Vary names
	answer Answer
	until  time.Time
}

// take remembers an answer for as long as it says; a write that succeeds makes
// what is kept of its URL worthless.
func (b browserCache) take(url string, received *Received, now time.Time) {
	r, answer := received.Request, received.Answer
	switch {
	case r.Method == "HEAD" || r.Method == "OPTIONS" || answer.Closed || len(url) > maxNotedText:
		return
	case r.Method != "GET":
		if answer.Status < 400 {
			delete(b, url) // https://httpwg.org/specs/rfc9111.html#invalidation
		}
		return
	}
	delete(b, url)
	if len(b) >= mostRemembered {
		clear(b)
	}
	asked, all := varied(r, answer)
	if age := freshness(answer); age > 0 && all {
		b[url] = remembered{asked, answer, now.Add(age)}
	}
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
func (b browserCache) spare(c *Call) {
	kept, found := b[strings.TrimPrefix(c.URL, "http://")]
	if !found || len(c.sent) > 0 || c.Script.Method != "GET" || !c.started.Before(kept.until) {
		return
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(c.URL, "http://"), c.prefix)
	host, _, _ := strings.Cut(strings.TrimPrefix(c.URL, "http://"), "/")
	c.given = map[spot]given{{host, path}: {response: &kept.answer}}
	c.kept = true
}
