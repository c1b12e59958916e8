package session

import (
	"cmp"
	"net/textproto"
	"slices"
	"time"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/origin"
	"corslab/lab/wire"
)

// Caches lists the cached responses for the URLs of the newest run. They explain why a
// later request to such a URL isn't sent, or doesn't reach the API. The URLs are
// without the session and the run.
type Caches struct {
	Now    time.Time   // when the caches held this, on the store's clock
	Engine cors.Engine // of the learner's browser
	Lasts  bool        // the next run uses the same URLs

	Preflights []cors.Remembered
	Browser    []CachedResponse // in the browser's own cache
	Shared     []CachedResponse // in the cache in front of the API
}

// CachedResponse is a response to GET that a cache can reuse.
type CachedResponse struct {
	URL    string
	Varied [][2]string // request headers with values; the cache reuses the response only for requests with the same ones
	Until  time.Time   // zero if it never gets stale
	Seq    uint64      // entry of the request that it answered; 0 in the browser's cache
}

// Empty reports whether the caches hold nothing.
func (c Caches) Empty() bool { return len(c.Preflights)+len(c.Browser)+len(c.Shared) == 0 }

// Caches returns what the caches hold now. If the next run uses other URLs, it leaves
// out responses to preflights that don't ask to be cached, because they have no effect.
func (s *Session) Caches() Caches {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := Caches{Now: s.now(), Engine: s.engine, Lasts: s.attempt.Script.Pinned}
	if s.runs.segment == 0 || s.engine == "" {
		return all
	}
	for _, r := range s.preflights.of[s.engine].Remembered(all.Now) {
		url, here := s.withoutPrefix(r.URL)
		if r.URL = url; here && (all.Lasts || r.Named) {
			all.Preflights = append(all.Preflights, r)
		}
	}
	for at, found := range s.browser.stored {
		if url, here := s.withoutPrefix(at); here && all.Now.Before(found.until) {
			all.Browser = append(all.Browser, CachedResponse{URL: url, Varied: pairsOf(found.varied), Until: found.until})
		}
	}
	slices.SortFunc(all.Browser, func(a, b CachedResponse) int { return cmp.Compare(a.URL, b.URL) })
	all.Shared = s.shared()
	return all
}

// shared lists what the shared cache holds.
func (s *Session) shared() (all []CachedResponse) {
	for _, found := range s.backend.Cached() {
		if url, here := s.withoutPrefix(found.URL); here {
			all = append(all, CachedResponse{URL: url, Varied: pairsOf(found.Varied), Seq: found.Number})
		}
	}
	return all
}

// withoutPrefix removes the session and the run from a URL. It reports whether the URL
// belongs to the newest run.
func (s *Session) withoutPrefix(url string) (short string, current bool) {
	u := endpoint.Parse(url)
	return origin.Join(u.Scheme, u.Host, u.Brief()), u.In(s.ID, s.runs.segment)
}

func pairsOf(headers wire.Headers) (pairs [][2]string) {
	for _, line := range headers {
		pairs = append(pairs, [2]string{textproto.CanonicalMIMEHeaderKey(line.Name), line.Value})
	}
	return pairs
}
