package session

import (
	"strconv"
	"strings"
	"time"
)

const mostRemembered = 100 // answers; then all are forgotten

// browserCache is what the learner's browser may have kept of the answers to
// GET, by address. It is used only where no request came: then the browser had
// the answer.
type browserCache map[string]remembered

type remembered struct {
	answer Answer
	until  time.Time
}

// take remembers an answer for as long as it says.
func (b browserCache) take(url string, received *Received, now time.Time) {
	if received.Request.Method != "GET" || received.Answer.Closed {
		return
	}
	delete(b, url)
	if len(b) >= mostRemembered {
		clear(b)
	}
	for _, directive := range elements(received.Answer, "Cache-Control") {
		seconds, isAge := strings.CutPrefix(directive, "max-age=")
		if n, err := strconv.Atoi(seconds); isAge && err == nil && n > 0 && n < 1<<31 {
			b[url] = remembered{received.Answer, now.Add(time.Duration(n) * time.Second)}
		}
	}
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
