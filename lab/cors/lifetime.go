package cors

import (
	"slices"
	"strconv"
	"time"

	"corslab/lab/cors/internal/whatwg"
)

// DefaultAge is for how long the answer to a preflight is remembered that does
// not say so itself.
const DefaultAge = 5 * time.Second

// LongestAge is the longest time for which the engine remembers an answer to a
// preflight, whatever the answer says; 0 where there is no such limit.
func (e Engine) LongestAge() time.Duration { return differencesOf(e).cache.longest }

// lifetime is for how long the answer to a preflight is remembered, and why.
type lifetime struct {
	age     time.Duration
	named   bool // the answer names an age that can be read
	capped  bool // and a longer one than the engine's longest
	expires time.Time
}

// lifetime is that of an answer: steps 7.8 to 7.10.
func (d cacheDifferences) lifetime(answer Response, now time.Time) lifetime {
	life := lifetime{age: DefaultAge}
	lines := answer.Headers.lines("Access-Control-Max-Age")
	if len(lines) > 0 {
		life.age, life.named = d.namedAge(lines)
	}
	if d.longest > 0 && life.age > d.longest {
		life.age, life.capped = d.longest, true
	}
	life.expires = now.Add(life.age)
	return life
}

// namedAge reads the lines of Access-Control-Max-Age.
func (d cacheDifferences) namedAge(lines []string) (age time.Duration, named bool) {
	seconds, err := strconv.ParseInt(lines[0], 10, 32)
	switch {
	case len(lines) == 1 && lines[0] != "" && whatwg.IsDigits(lines[0]):
		if err != nil {
			seconds = 1<<31 - 1
		}
		return time.Duration(seconds) * time.Second, true
	case d.unreadableIsNone, d.negativeIsNone && err == nil && seconds < 0:
		return 0, false
	}
	return DefaultAge, false
}

// Remembered is what a cache holds of one answer to a preflight.
type Remembered struct {
	Origin, URL    string
	Credentials    bool // the requests that it covers carry them
	Methods, Names []string

	Age     time.Duration // for which it is remembered, from the request on
	Named   bool          // the answer names an age that can be read; else the age is [DefaultAge]
	Capped  bool          // and a longer one than the engine keeps anything
	Expires time.Time
}

// Remembered lists what the cache still holds, the oldest first.
func (c *PreflightCache) Remembered(now time.Time) []Remembered {
	var all []Remembered
	for _, e := range c.entries {
		if !now.Before(e.expires) {
			continue
		}
		at := slices.IndexFunc(all, e.isOf)
		if at < 0 {
			at = len(all)
			all = append(all, Remembered{
				Origin: e.origin, URL: e.url, Credentials: e.credentials,
				Age: e.age, Named: e.named, Capped: e.capped, Expires: e.expires,
			})
		}
		if e.method != "" {
			all[at].Methods = append(all[at].Methods, e.method)
		} else {
			all[at].Names = append(all[at].Names, e.name)
		}
	}
	return all
}

// isOf reports whether the entry comes of the answer of which r is made.
func (e cacheEntry) isOf(r Remembered) bool {
	return e.origin == r.Origin && e.url == r.URL && e.credentials == r.Credentials && e.expires.Equal(r.Expires)
}
