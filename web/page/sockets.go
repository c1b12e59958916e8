package page

import (
	"context"
	"errors"
	"sync"

	"corslab/web/client"
)

// Why a socket is refused or closed, as its page tells.
var (
	errSockets       = errors.New("the lab has as many open pages as it can serve; try again in a few minutes")
	errClientSockets = errors.New("your network address has as many open pages of this lab as one address may have; close some")
	errSameSession   = errors.New("this page is open too many times; close its copies")
	errDisplaced     = errors.New("the lab is full, and your network address has most of its open pages; close some of them")
	errDropped       = errors.New("the lab was full and dropped this page's session; the page opens it again")
)

// sockets are those that are open. They outlive the requests that opened them.
type sockets struct {
	ctx  context.Context // done when they are to close
	stop context.CancelFunc
	all  int // how many there may be
	each int // of one client

	mu      sync.Mutex
	closed  bool
	held    client.Held[*socket]
	changed chan struct{} // closed when the next one leaves
}

// socket is the place of one that is open, or is about to open.
type socket struct {
	id        client.ID
	displaced chan struct{} // closed when another client gets the place
}

func newSockets(all, each int) *sockets {
	ctx, stop := context.WithCancel(context.Background())
	return &sockets{ctx: ctx, stop: stop, all: all, each: each, changed: make(chan struct{})}
}

// enter gives a client a place for one more, or says why there is none. Where
// all are taken, the client that has most loses its oldest to one that has
// fewer.
func (s *sockets) enter(id client.ID) (*socket, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := s.held.Of(id)
	switch {
	case s.closed:
		return nil, errSockets
	case len(own) >= s.each:
		return nil, errClientSockets
	case s.held.Count() >= s.all && !s.displace(len(own)):
		return nil, errSockets
	}
	entered := &socket{id: id, displaced: make(chan struct{})}
	s.held.Add(id, entered)
	return entered, nil
}

// displace makes room for one more of a client that has so many.
func (s *sockets) displace(has int) bool {
	largest := s.held.Largest()
	if len(largest) <= has+1 {
		return false
	}
	oldest := largest[0]
	s.remove(oldest)
	close(oldest.displaced)
	return true
}

func (s *sockets) leave(leaving *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(leaving)
}

// remove does nothing where the socket has no place.
func (s *sockets) remove(gone *socket) {
	if !s.held.Remove(gone.id, gone) {
		return
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// close ends all sockets with a reason and lets none follow. It returns when
// they are closed, or ctx is done.
func (s *sockets) close(ctx context.Context) {
	s.stop()
	for {
		s.mu.Lock()
		s.closed = true
		left, changed := s.held.Count(), s.changed
		s.mu.Unlock()
		if left == 0 {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}
