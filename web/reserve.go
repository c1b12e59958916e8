package web

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"

	"corslab/lab/origin"
)

// reservation is a TCP port that is bound but doesn't listen. Nothing responds there, and
// no other program can listen there until it is released.
type reservation struct {
	origin origin.Origin // at that port
	socket socket
}

// reserve takes a free port for redirects that are meant to fail.
func reserve(host string, address netip.Addr) (*reservation, error) {
	bound, port, err := bind(address)
	if err != nil {
		return nil, fmt.Errorf("reserve a port on %s for redirects that fail: %w", address, err)
	}
	return &reservation{origin.HTTP(host, strconv.Itoa(port)), bound}, nil
}

// release frees the port.
func (r *reservation) release() error {
	if r == nil {
		return nil
	}
	return r.socket.close()
}

// closedHost says where to reserve a port: on the API's own host, because a browser
// on another machine would use its own loopback address. It reports false if the
// host is neither an IPv4 address nor loopback.
func closedHost(api origin.Origin, listener net.Addr) (host string, address netip.Addr, ok bool) {
	on, isTCP := listener.(*net.TCPAddr)
	if !isTCP {
		return "", netip.Addr{}, false
	}
	switch v4 := on.IP.To4(); {
	case v4 != nil && !v4.IsUnspecified() && api.Host != "localhost":
		return api.Host, netip.AddrFrom4([4]byte(v4)), true
	case on.IP.IsLoopback() || on.IP.IsUnspecified():
		return "127.0.0.1", netip.AddrFrom4([4]byte{127, 0, 0, 1}), true
	}
	return "", netip.Addr{}, false
}
