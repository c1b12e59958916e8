package conformance

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"sync"
)

// servers is the servers of the page and the API origins. They don't use net/http, because
// it sorts, adds, drops and checks headers.
type servers struct {
	ports     ports
	pagePort  int
	listeners []net.Listener
	running   sync.WaitGroup

	mu     sync.Mutex
	conns  map[net.Conn]struct{}
	closed bool
}

// responder returns the response to a request; nil ends the connection.
type responder interface {
	respond(r *request, page bool) *reply
}

func newServers() (*servers, error) {
	s := &servers{conns: make(map[net.Conn]struct{})}
	page, err := s.listen()
	if err != nil {
		return nil, err
	}
	api, err := s.listen()
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.pagePort, s.ports = page, newPorts(page, api)
	return s, nil
}

// listen opens one free port on every available loopback address.
func (s *servers) listen() (port int, err error) {
	first, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("listen: %w", err)
	}
	s.listeners = append(s.listeners, first)
	port = first.Addr().(*net.TCPAddr).Port
	if second, err := net.Listen("tcp6", fmt.Sprintf("[::1]:%d", port)); err == nil { // otherwise there is no IPv6
		s.listeners = append(s.listeners, second)
	}
	return port, nil
}

// serve responds to requests until close.
func (s *servers) serve(responder responder) {
	for _, l := range s.listeners {
		page := l.Addr().(*net.TCPAddr).Port == s.pagePort
		s.running.Go(func() { s.accept(l, responder, page) })
	}
}

func (s *servers) accept(l net.Listener, responder responder, page bool) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		if s.track(conn) {
			s.running.Go(func() {
				defer s.forget(conn)
				serveConn(conn, responder, page)
			})
		}
	}
}

// serveConn responds to the requests of one connection.
func serveConn(conn net.Conn, responder responder, page bool) {
	for in := bufio.NewReader(conn); ; {
		request, err := readRequest(in)
		if err != nil {
			return
		}
		reply := responder.respond(request, page)
		if reply == nil {
			return
		}
		if _, err := conn.Write(reply.bytes(request.method)); err != nil {
			return
		}
	}
}

func (s *servers) track(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = conn.Close()
		return false
	}
	s.conns[conn] = struct{}{}
	return true
}

func (s *servers) forget(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, conn)
	_ = conn.Close() // if the stage is closed, it is closed already
}

func (s *servers) close() error {
	var errs []error
	for _, l := range s.listeners {
		errs = append(errs, l.Close())
	}
	s.mu.Lock()
	s.closed = true
	for conn := range s.conns {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.running.Wait()
	return errors.Join(errs...)
}
