package cors

import (
	"slices"
	"strconv"
	"time"

	"corslab/lab/cors/internal/whatwg"
)

// DefaultAge is how long a preflight's response is remembered if it doesn't say how
// long (#cors-preflight-fetch, 7.9).
const DefaultAge = 5 * time.Second

// LongestAge is the longest time for which the engine remembers a preflight's response,
// whatever the response says. 0 means no limit.
func (e Engine) LongestAge() time.Duration {
	if !e.differs(ageLimited) {
		return 0
	}
	return differences[ageLimited].limits[e]
}

// lifetime is how long a preflight's response is remembered, and why.
type lifetime struct {
	age     time.Duration
	named   bool // the response gives a valid age
	capped  bool // the age is longer than the engine's limit
	expires time.Time
}

// lifetime returns the lifetime of a response (#cors-preflight-fetch).
func (e Engine) lifetime(response Response, now time.Time) lifetime {
	// 7.9. Without a max-age, take 5 seconds.
	life := lifetime{age: DefaultAge}
	// 7.8. Extract the value of Access-Control-Max-Age.
	if lines := response.Headers.lines("Access-Control-Max-Age"); len(lines) > 0 {
		life.age, life.named = e.namedAge(lines)
	}
	// 7.10. If it is longer than the engine's limit, take the limit.
	if longest := e.LongestAge(); longest > 0 && life.age > longest {
		life.age, life.capped = longest, true
	}
	life.expires = now.Add(life.age)
	return life
}

// namedAge reads the lines of Access-Control-Max-Age.
func (e Engine) namedAge(lines []string) (age time.Duration, named bool) {
	seconds, err := strconv.ParseInt(lines[0], 10, 32)
	switch {
	// 7.8. One number is the max-age.
	case len(lines) == 1 && lines[0] != "" && whatwg.IsDigits(lines[0]):
		if err != nil {
			seconds = 1<<31 - 1
		}
		return time.Duration(seconds) * time.Second, true
	case e.differs(unreadableAgeZero), e.differs(negativeAgeZero) && err == nil && seconds < 0:
		return 0, false
	}
	// 7.9. If that fails, take 5 seconds.
	return DefaultAge, false
}

// Remembered is what a cache remembers of one preflight's response.
type Remembered struct {
	Origin, URL    string
	Credentials    bool // it covers requests with credentials
	Methods, Names []string

	Age     time.Duration // how long it is remembered, from the request on
	Named   bool          // the response gives a valid age; otherwise the age is [DefaultAge]
	Capped  bool          // the response gives a longer age than [Engine.LongestAge]
	Expires time.Time
}

// Remembered lists what the cache still remembers, the oldest first.
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

// isOf reports whether the entry comes from the same response as r.
func (e cacheEntry) isOf(r Remembered) bool {
	return e.origin == r.Origin && e.url == r.URL && e.credentials == r.Credentials && e.expires.Equal(r.Expires)
}
