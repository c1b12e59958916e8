package web

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"
)

// AddrError says which of the two addresses the lab couldn't open.
type AddrError struct {
	Origin    string // "page" or "api"
	Addr      string // as in the Config
	Malformed bool   // Addr isn't host:port
	Err       error
}

// Error names the origin and the address.
func (e *AddrError) Error() string {
	return fmt.Sprintf("listen for the %s origin on %s: %v", e.Origin, e.Addr, e.Err)
}

// Unwrap returns the cause.
func (e *AddrError) Unwrap() error { return e.Err }

// InUse reports whether another program uses the address.
func (e *AddrError) InUse() bool { return errors.Is(e.Err, syscall.EADDRINUSE) }

// tries bounds the search for a port that is free for both IPv4 and IPv6.
const tries = 20

// listen opens addr. For localhost, or without a host, it opens both the IPv4 and the IPv6
// address. A browser may try either of them first, so an origin with only one of them
// would fail at random.
func listen(origin, addr string) ([]net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return nil, &AddrError{Origin: origin, Addr: addr, Malformed: true, Err: err}
	}
	if host != "" && !strings.EqualFold(host, "localhost") {
		ln, err := net.Listen("tcp", addr)
		if err != nil {
			return nil, &AddrError{Origin: origin, Addr: addr, Err: err}
		}
		return []net.Listener{ln}, nil
	}
	for range tries {
		var listeners []net.Listener
		if listeners, err = listenLoopback(port); err == nil {
			return listeners, nil
		}
		if port != "0" {
			break
		}
	}
	return nil, &AddrError{Origin: origin, Addr: addr, Err: err}
}

// listenLoopback opens a port on 127.0.0.1, and on ::1 if the machine has IPv6.
func listenLoopback(port string) ([]net.Listener, error) {
	v4, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return nil, err
	}
	v6, err := net.Listen("tcp6", net.JoinHostPort("::1", portOf(v4)))
	switch {
	case err == nil:
		return []net.Listener{v4, v6}, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, errors.Join(err, v4.Close())
	}
	return []net.Listener{v4}, nil
}

func portOf(ln net.Listener) string {
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return ""
	}
	return port
}

// bound returns addr with the port that is actually open.
func bound(addr string, listeners []net.Listener) string {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	return net.JoinHostPort(host, portOf(listeners[0]))
}

func closeAll(listeners []net.Listener) error {
	var all []error
	for _, ln := range listeners {
		all = append(all, ln.Close())
	}
	return errors.Join(all...)
}
