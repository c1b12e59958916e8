package client

import (
	"net/http"
	"sync"
)

// Places bounds how many requests of a kind are under way at one time, for each
// client and in all. A request without a place waits for one of its own client's
// before it asks for one of all, so a client can't hold up the others by
// waiting.
type Places struct {
	proxies Proxies
	each    int
	all     chan struct{}

	mu      sync.Mutex
	clients map[ID]*queue
}

// queue is where the requests of one client wait. It is there as long as any of
// them is.
type queue struct {
	places chan struct{}
	users  int
}

// NewPlaces returns a bound of so many requests of each client, and in all.
func NewPlaces(proxies Proxies, each, all int) *Places {
	return &Places{proxies: proxies, each: each, all: make(chan struct{}, all), clients: make(map[ID]*queue)}
}

// Handler has a request wait for a place if it is of that kind. One whose
// client goes away while it waits gets no response.
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
