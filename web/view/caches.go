package view

import (
	"fmt"
	"math"
	"strings"
	"time"

	"corslab/lab/cors"
	"corslab/lab/session"
)

// lasting says whether the cached responses matter beyond this run.
func lasting(m session.Caches) string {
	if m.Lasts {
		return "at the URL to which the next Send goes too"
	}
	return "at the URL of this run; the next Send has another"
}

// covered says which requests a cached preflight response applies to.
func covered(r cors.Remembered) string {
	parts := []string{listed(r.Methods, "and")}
	if len(r.Names) > 0 {
		parts = append(parts, "the headers "+listed(r.Names, "and"))
	}
	with := "without credentials"
	if r.Credentials {
		with = "with credentials"
	}
	return strings.TrimPrefix(strings.Join(parts, " with "), " with ") + ", from " + r.Origin + ", " + with
}

// ageSentence says how long a preflight response is cached, and what set that limit.
func ageSentence(r cors.Remembered, engine cors.Engine) string {
	switch {
	case r.Capped:
		return fmt.Sprintf("of %s s, the longest that %s remembers; Access-Control-Max-Age asks for more", seconds(r.Age), engineName(engine))
	case r.Named:
		return fmt.Sprintf("of %s s, as Access-Control-Max-Age says", seconds(r.Age))
	}
	return fmt.Sprintf("of %s s, because Access-Control-Max-Age names no number", seconds(r.Age))
}

// longestAges says how long each browser caches a preflight response at most.
func longestAges() string {
	var each []string
	for _, engine := range cors.Browsers() {
		each = append(each, fmt.Sprintf("%s for %s s", engineName(engine), seconds(engine.LongestAge())))
	}
	return "At most " + listed(each, "and") + "; where no Access-Control-Max-Age is sent, all for " + seconds(cors.DefaultAge) + " s."
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

// secondsLeft rounds up, as the page's script does when it counts down.
func secondsLeft(left time.Duration) string {
	return fmt.Sprintf("%.0f", math.Ceil(max(left, 0).Seconds()))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.0f", d.Seconds()) }
