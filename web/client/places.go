package client

import (
	"net/http"
	"sync"
)

// Places bounds how many requests of a kind are in progress at one time, for each
// client and in total. A request waits for one of its client's places before it
// takes one of the total, so a client that waits doesn't hold up the others.
type Places struct {
	proxies Proxies
	each    int
	all     chan struct{}

	mu      sync.Mutex
	clients map[ID]*queue
}

// queue holds the waiting requests of one client. It exists as long as there are any.
type queue struct {
	places chan struct{}
	users  int
}

// NewPlaces returns a bound on the requests of each client, and of all together.
func NewPlaces(proxies Proxies, each, all int) *Places {
	return &Places{proxies: proxies, each: each, all: make(chan struct{}, all), clients: make(map[ID]*queue)}
}

// Handler makes requests of that kind wait for a place. If the client goes away in
// the meantime, it gets no response.
func (p *Places) Handler(next http.Handler, ofKind func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ofKind(r) {
			next.ServeHTTP(w, r)
			return
		}
		id := p.proxies.Of(r)
		places := p.join(id)
		defer p.leave(id)
		for _, place := range []chan struct{}{places, p.all} {
			select {
			case place <- struct{}{}:
				defer func() { <-place }()
			case <-r.Context().Done():
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (p *Places) join(id ID) (places chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	q := p.clients[id]
	if q == nil {
		q = &queue{places: make(chan struct{}, p.each)}
		p.clients[id] = q
	}
	q.users++
	return q.places
}

func (p *Places) leave(id ID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if q := p.clients[id]; q.users > 1 {
		q.users--
	} else {
		delete(p.clients, id)
	}
}
