package session

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"corslab/lab/cors"
	"corslab/lab/scenario"
)

// Memory is what is remembered of the answers at the URLs of the newest run, so
// that a later request there is not sent, or does not get to the API. URLs
// stand in it without the session and the run.
type Memory struct {
	Engine cors.Engine // of the learner's browser
	Lasts  bool        // the next run asks at the same URLs

	Preflights []cors.Remembered
	Browser    []Kept // by the browser's own cache
	Shared     []Kept // by the cache in front of the API
}

// Kept is an answer to GET that a cache gives again.
type Kept struct {
	URL    string
	Varied [][2]string // the request headers, with values, of which another request must have the same
	Until  time.Time   // zero where it does not grow old
	Seq    uint64      // the entry of the request that it was made for; 0 for the browser's
}

// Empty reports whether nothing is remembered.
func (m Memory) Empty() bool { return len(m.Preflights)+len(m.Browser)+len(m.Shared) == 0 }

// Memory returns what is remembered now. It leaves out the answers to preflights
// that do not ask for it, where the next run asks elsewhere: nobody notices those.
func (s *Session) Memory() Memory {
	s.mu.Lock()
	defer s.mu.Unlock()
	memory := Memory{Engine: s.engine, Lasts: s.attempt.Script.Pinned}
	if s.segment == 0 || s.engine == "" {
		return memory
	}
	now := s.now()
	for _, r := range s.caches.of[s.engine].Remembered(now) {
		url, here := s.withoutPrefix(r.URL)
		if r.URL = url; here && (memory.Lasts || r.Named) {
			memory.Preflights = append(memory.Preflights, r)
		}
	}
	for at, k := range s.browser.kept {
		if url, here := s.withoutPrefix("http://" + at); here && now.Before(k.until) {
			memory.Browser = append(memory.Browser, Kept{URL: url, Varied: textsOf(k.asked), Until: k.until})
		}
	}
	slices.SortFunc(memory.Browser, func(a, b Kept) int { return cmp.Compare(a.URL, b.URL) })
	memory.Shared = s.shared()
	return memory
}

// shared lists what the shared cache keeps. A blind one looks at no header.
func (s *Session) shared() (all []Kept) {
	for _, k := range s.cache.kept {
		url, here := s.withoutPrefix("http://" + k.url)
		if !here {
			continue
		}
		kept := Kept{URL: url, Seq: k.seq}
		if s.attempt.Policy.Cache == scenario.CacheVary {
			kept.Varied = textsOf(k.asked)
		}
		all = append(all, kept)
	}
	return all
}

// withoutPrefix takes the session and the run out of a URL, if it is of the
// newest run.
func (s *Session) withoutPrefix(url string) (short string, here bool) {
	before, after, found := strings.Cut(url, s.prefix(s.segment)+"/")
	return before + "/" + after, found
}

func textsOf(pairs []pair) (texts [][2]string) {
	for _, p := range pairs {
		texts = append(texts, [2]string{canonical(p.name), p.value})
	}
	return texts
}
