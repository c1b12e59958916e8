package client

import (
	"net/http"
	"sync"
)

// Slots bounds how many requests of a kind are in progress at one time, for each
// client and in total. A request waits for one of its client's slots before it
// takes one of the total, so a client that waits doesn't hold up the others.
type Slots struct {
	proxies Proxies
	each    int
	all     chan struct{}

	mu      sync.Mutex
	clients map[ID]*queue
}

// queue holds the waiting requests of one client. It exists as long as there are any.
type queue struct {
	slots chan struct{}
	users int
}

// NewSlots returns a bound on the requests of each client, and of all together.
func NewSlots(proxies Proxies, each, all int) *Slots {
	return &Slots{proxies: proxies, each: each, all: make(chan struct{}, all), clients: make(map[ID]*queue)}
}

// Handler makes requests of that kind wait for a slot. If the client goes away in
// the meantime, it gets no response.
func (s *Slots) Handler(next http.Handler, ofKind func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ofKind(r) {
			next.ServeHTTP(w, r)
			return
		}
		id := s.proxies.Of(r)
		slots := s.join(id)
		defer s.leave(id)
		for _, slot := range []chan struct{}{slots, s.all} {
			select {
			case slot <- struct{}{}:
				defer func() { <-slot }()
			case <-r.Context().Done():
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Slots) join(id ID) (slots chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.clients[id]
	if q == nil {
		q = &queue{slots: make(chan struct{}, s.each)}
		s.clients[id] = q
	}
	q.users++
	return q.slots
}

func (s *Slots) leave(id ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if q := s.clients[id]; q.users > 1 {
		q.users--
	} else {
		delete(s.clients, id)
	}
}
