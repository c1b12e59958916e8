package view

import "corslab/lab/scenario"

// sameSiteWord writes a value of SameSite as it stands in the cookie.
func sameSiteWord(s scenario.SameSite) string {
	switch s {
	case scenario.SameSiteStrict:
		return "Strict"
	case scenario.SameSiteLax:
		return "Lax"
	case scenario.SameSiteNone:
		return "None, with Secure"
	}
	return "not set"
}

// cacheWord says by what a cache finds what it keeps.
func cacheWord(c scenario.Cache) string {
	switch c {
	case scenario.CacheBlind:
		return "the URL alone"
	case scenario.CacheVary:
		return "the URL and what Vary names"
	}
	return "nothing: it is off"
}
