package policy

// Account is a small account at the API, where a page can sign in with a cookie, and
// its protections.
type Account struct {
	SameSite SameSite `json:"same_site"`       // of the cookie
	Token    bool     `json:"token,omitempty"` // a transfer needs a token that only pages that have read the account know
}

// OpeningBalance is the account's balance at the start of each run.
const OpeningBalance = 100

// SameSite is the attribute SameSite of the account's cookie
// (https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-samesite-attribute).
type SameSite string

// The values of SameSite.
const (
	SameSiteUnset  SameSite = "unset"
	SameSiteStrict SameSite = "strict"
	SameSiteLax    SameSite = "lax"
	SameSiteNone   SameSite = "none" // together with Secure, because browsers refuse it otherwise
)

// SameSites lists the values of SameSite.
func SameSites() []SameSite {
	return []SameSite{SameSiteUnset, SameSiteStrict, SameSiteLax, SameSiteNone}
}

// SessionCookie is the name of the account's cookie in files. In a session, the cookie
// has another name.
const SessionCookie = "session"

// AccountChange is a difference to an account. Empty fields change nothing.
type AccountChange struct {
	SameSite SameSite
	Token    *bool
}

// with returns a, which may be nil, with the change applied.
func (a *Account) with(c AccountChange) *Account {
	if a == nil {
		return nil
	}
	changed := Account{SameSite: a.SameSite, Token: valueOr(c.Token, a.Token)}
	if c.SameSite != "" {
		changed.SameSite = c.SameSite
	}
	return &changed
}

// Cache says how a shared cache in front of the API looks up its responses. It is empty
// if there is no cache.
type Cache string

// The values of Cache.
const (
	CacheOff   Cache = "off"   // the cache does nothing
	CacheBlind Cache = "blind" // by the URL alone, whatever Vary says
	CacheVary  Cache = "vary"  // by the URL and the request headers that Vary names
)

// Caches lists the values of Cache that a learner can choose.
func Caches() []Cache { return []Cache{CacheOff, CacheBlind, CacheVary} }
