package client

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Connections counts the connections that all listeners of a lab have accepted.
// If there are too many in total, the client with the most connections loses one
// to a client with few.
type Connections struct {
	proxies Proxies
	each    int
	all     int

	mu   sync.Mutex
	held Held[*conn]
}

// NewConnections returns a bound on the connections of each client, and of all
// together. A trusted proxy's connections carry the requests of many clients, so
// only the bound on all applies to them.
func NewConnections(proxies Proxies, each, all int) *Connections {
	return &Connections{proxies: proxies, each: each, all: all}
}

// Listener returns a listener whose connections are counted.
func (c *Connections) Listener(ln net.Listener) net.Listener { return &listener{ln, c} }

// State is called by [http.Server] when the state of a connection changes.
func (c *Connections) State(nc net.Conn, state http.ConnState) {
	if counted, ok := nc.(*conn); ok {
		counted.state.Store(int32(state))
	}
}

type listener struct {
	net.Listener
	connections *Connections
}

// Accept returns the next connection that is within the bounds. It tells other
// clients why they are refused.
func (l *listener) Accept() (net.Conn, error) {
	for {
		nc, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		counted, err := l.connections.admit(nc)
		if err == nil {
			return counted, nil
		}
		refuse(nc, err)
	}
}

// Reasons for refusing a connection, as sent to its client.
var (
	errEach = errors.New("your network address has too many connections to this lab; close some of its pages, then try again")
	errAll  = errors.New("the lab can't accept any more connections right now; try again in a moment")
)

// refuse writes a whole response, although no request was read. It doesn't block,
// because nothing else is in the connection's buffer.
func refuse(nc net.Conn, err error) {
	const header = "HTTP/1.1 429 Too Many Requests\r\n" +
		"Content-Type: text/plain; charset=utf-8\r\nRetry-After: 10\r\nConnection: close\r\n\r\n"
	if nc.SetWriteDeadline(time.Now().Add(time.Second)) == nil {
		_, _ = nc.Write([]byte(header + err.Error() + "\n")) // the connection ends either way
	}
	_ = nc.Close()
}

// conn is a connection that is counted.
type conn struct {
	net.Conn
	id    ID
	state atomic.Int32 // an http.ConnState
	leave func()
}

// Close ends the connection and gives its place back.
func (c *conn) Close() error {
	c.leave()
	return c.Conn.Close()
}

// CloseWrite ends the connection on this side, if it can. net/http does so before
// it closes a connection whose request it didn't read to the end.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// isWaiting reports whether the lab is waiting for a request on the connection, or for
// the rest of its header.
func (c *conn) isWaiting() bool {
	state := http.ConnState(c.state.Load())
	return state == http.StateNew || state == http.StateIdle
}

func (c *conn) idle() bool { return http.ConnState(c.state.Load()) == http.StateIdle }

// admit counts a connection, or returns the reason why it is refused.
func (c *Connections) admit(nc net.Conn) (*conn, error) {
	addr := netip.Addr{}
	if tcp, isTCP := nc.RemoteAddr().(*net.TCPAddr); isTCP {
		addr = tcp.AddrPort().Addr()
	}
	admitted := &conn{Conn: nc, id: OfAddr(addr)}
	admitted.leave = sync.OnceFunc(func() { c.leave(admitted) })
	loser, err := c.enter(admitted, c.proxies.Trusts(addr))
	if loser != nil {
		_ = loser.Close() // its reader gets an error
	}
	return admitted, err
}

// enter adds the connection to those of its client. It also returns the connection
// that loses its place, or nil if there is room.
func (c *Connections) enter(entering *conn, exempt bool) (loser *conn, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	own := c.held.Of(entering.id)
	switch {
	case len(own) >= c.each && !exempt:
		loser, err = first(own, (*conn).idle), errEach
	case c.held.Count() >= c.all:
		loser, err = c.spare(own), errAll
	}
	if err != nil && loser == nil {
		return nil, err
	}
	if loser != nil {
		c.held.Remove(loser.id, loser)
	}
	c.held.Add(entering.id, entering)
	return loser, nil
}

// spare picks the connection that makes room for one more of a client that has
// these. It takes one from the client with the most connections, preferably one
// that waits. If the client itself has about the most, it takes one of its own that
// waits.
func (c *Connections) spare(own []*conn) *conn {
	largest := c.held.Largest()
	if len(largest) <= len(own)+1 {
		return first(own, (*conn).isWaiting)
	}
	if loser := first(largest, (*conn).isWaiting); loser != nil {
		return loser
	}
	return largest[0]
}

func first(conns []*conn, suits func(*conn) bool) *conn {
	if at := slices.IndexFunc(conns, suits); at >= 0 {
		return conns[at]
	}
	return nil
}

func (c *Connections) leave(leaving *conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held.Remove(leaving.id, leaving)
}
