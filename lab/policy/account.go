package policy

// Account is a small account at the API, to which a page can be signed in by a
// cookie, and what protects it.
type Account struct {
	SameSite SameSite `json:"same_site"`       // of the cookie
	Token    bool     `json:"token,omitempty"` // a transfer needs what only who has read the account can know
}

// OpeningBalance is what the account holds at the beginning of each run.
const OpeningBalance = 100

// SameSite is the attribute of that name of the account's cookie
// (https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-samesite-attribute).
type SameSite string

// The values of SameSite.
const (
	SameSiteUnset  SameSite = "unset"
	SameSiteStrict SameSite = "strict"
	SameSiteLax    SameSite = "lax"
	SameSiteNone   SameSite = "none" // with Secure, without which browsers refuse it
)

// SameSites lists the values of SameSite.
func SameSites() []SameSite {
	return []SameSite{SameSiteUnset, SameSiteStrict, SameSiteLax, SameSiteNone}
}

// SessionCookie is how files call the account's cookie, whatever it is called
// in a session.
const SessionCookie = "session"

// AccountChange is a difference to an account. What is empty stays.
type AccountChange struct {
	SameSite SameSite
	Token    *bool
}

// with returns a, which may be nil, with the change applied.
func (a *Account) with(c AccountChange) *Account {
	if a == nil {
		return nil
	}
	changed := Account{SameSite: a.SameSite, Token: given(c.Token, a.Token)}
	if c.SameSite != "" {
		changed.SameSite = c.SameSite
	}
	return &changed
}

// Cache says how a shared cache in front of the API finds what it keeps. It is empty
// if there is no cache.
type Cache string

// The values of Cache.
const (
	CacheOff   Cache = "off"   // there is one, and it does nothing
	CacheBlind Cache = "blind" // by the URL alone, whatever Vary says
	CacheVary  Cache = "vary"  // by the URL and the request headers that Vary names
)

// Caches lists the values of Cache that can be chosen.
func Caches() []Cache { return []Cache{CacheOff, CacheBlind, CacheVary} }
