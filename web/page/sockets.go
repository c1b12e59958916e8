package page

import "context"

// sockets are those that are open. They outlive the requests that opened them.
type sockets struct {
	ctx    context.Context // done when they are to close
	stop   context.CancelFunc
	places chan struct{} // one is taken by each
}

func newSockets(limit int) *sockets {
	ctx, stop := context.WithCancel(context.Background())
	return &sockets{ctx: ctx, stop: stop, places: make(chan struct{}, limit)}
}

// enter reports whether there is a place for one more.
func (s *sockets) enter() bool {
	select {
	case s.places <- struct{}{}:
		return true
	default:
		return false
	}
}

func (s *sockets) leave() { <-s.places }

// close ends all sockets with a reason and takes their places, so that none can
// follow, until it has them all or ctx is done.
func (s *sockets) close(ctx context.Context) {
	s.stop()
	for range cap(s.places) {
		select {
		case s.places <- struct{}{}:
		case <-ctx.Done():
			return
		}
	}
}
