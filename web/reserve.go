package web

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// reservation is a TCP port that is bound and does not listen: nothing answers
// there, and as long as it is held no other program can listen there either.
type reservation struct {
	origin string // at that port, as a browser writes it
	socket socket
}

// reserve takes a free port of the machine for redirects that are to fail. The
// port is on the API's host, because a browser on another machine would look for
// a loopback address on its own.
func reserve(api string, listener net.Addr) (*reservation, error) {
	host, address := "127.0.0.1", netip.MustParseAddr("127.0.0.1")
	name, _, err := net.SplitHostPort(strings.TrimPrefix(api, "http://"))
	if err != nil {
		name = strings.TrimPrefix(api, "http://") // on port 80
	}
	on, ok := listener.(*net.TCPAddr)
	if listens := ok && !on.IP.IsUnspecified(); listens && name != "localhost" && on.IP.To4() != nil {
		host, address = name, netip.AddrFrom4([4]byte(on.IP.To4()))
	}
	bound, port, err := bind(address)
	if err != nil {
		return nil, fmt.Errorf("reserve a port on %s for redirects that fail: %w", address, err)
	}
	return &reservation{"http://" + net.JoinHostPort(host, strconv.Itoa(port)), bound}, nil
}

// release gives the port back.
func (r *reservation) release() error { return r.socket.close() }
