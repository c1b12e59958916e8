package page

import (
	"context"
	"errors"
	"sync"

	"corslab/web/client"
)

// Reasons for refusing or closing a socket, as its page shows them.
var (
	errSockets       = errors.New("the lab can't serve any more pages right now; try again in a few minutes")
	errClientSockets = errors.New("your network address has too many pages of this lab open; close some of them")
	errSameSession   = errors.New("this page is open too many times; close some of its copies")
	errDisplaced     = errors.New("the lab is full, and your network address has the most pages open; close some of them")
	errDropped       = errors.New("the lab was full and dropped this page's session; the page is opening it again")
)

// sockets are the open ones. They outlive the requests that opened them.
type sockets struct {
	ctx  context.Context // done when they are to close
	stop context.CancelFunc
	all  int // how many there can be
	each int // how many of one client

	mu      sync.Mutex
	closed  bool
	held    client.Held[*socket]
	changed chan struct{} // closed when the next one leaves
}

// socket is a socket that is open or about to open.
type socket struct {
	id        client.ID
	displaced chan struct{} // closed when another client gets its place
}

func newSockets(all, each int) *sockets {
	ctx, stop := context.WithCancel(context.Background())
	return &sockets{ctx: ctx, stop: stop, all: all, each: each, changed: make(chan struct{})}
}

// enter admits one more socket of a client, or returns the reason why it can't.
// If all places are taken and another client has more sockets than this one, that client
// loses its oldest socket.
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

// displace makes room for one more socket of a client that already has so many.
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

// remove does nothing if the socket has no place.
func (s *sockets) remove(gone *socket) {
	if !s.held.Remove(gone.id, gone) {
		return
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// close closes all sockets with a reason and accepts no more. It returns when they are
// closed, or when ctx is done.
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
