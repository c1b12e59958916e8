package view

import (
	"corslab/lab/policy"
)

// sameSiteWord writes a value of SameSite as the cookie has it.
func sameSiteWord(s policy.SameSite) string {
	switch s {
	case policy.SameSiteStrict:
		return "Strict"
	case policy.SameSiteLax:
		return "Lax"
	case policy.SameSiteNone:
		return "None, with Secure"
	}
	return "not set"
}

// cacheWord says what a cache's keys consist of.
func cacheWord(c policy.Cache) string {
	switch c {
	case policy.CacheBlind:
		return "the URL alone"
	case policy.CacheVary:
		return "the URL and what Vary names"
	}
	return "nothing: it is off"
}
