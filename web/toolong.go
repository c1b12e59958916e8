package web

import (
	"bytes"
	"errors"
	"io"
	"net"
	"time"

	"corslab/lab/origin"
	"corslab/web/page"
)

// Bounds on how much more the lab reads of a request that is too long. If the connection
// ends while a browser is still writing, the browser shows its own error instead of the
// page.
const (
	drainedBytes = 4 << 20
	drainTime    = 2 * time.Second
)

// bareTooLong is the response that net/http writes, without calling a handler, if a
// request's header section is longer than its limit.
var bareTooLong = []byte("HTTP/1.1 431 Request Header Fields Too Large\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n431 Request Header Fields Too Large")

// refuseTooLong makes the page origin's listeners respond to a request that is too long
// with a page that says so.
func refuseTooLong(listeners []net.Listener, origins origin.Set) ([]net.Listener, error) {
	response, err := page.TooLong(origins, maxHeaders)
	if err != nil {
		return listeners, err
	}
	wrapped := make([]net.Listener, len(listeners))
	for i, ln := range listeners {
		wrapped[i] = tooLongListener{ln, response}
	}
	return wrapped, nil
}

type tooLongListener struct {
	net.Listener
	response []byte
}

// Accept waits for the next connection.
func (l tooLongListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return tooLongConn{conn, l.response}, nil
}

type tooLongConn struct {
	net.Conn
	response []byte
}

// Write writes to the connection, but replaces net/http's text about a request that
// is too long with the page. No handler writes that text, because all responses from
// handlers have a Date.
func (c tooLongConn) Write(p []byte) (int, error) {
	if !bytes.Equal(p, bareTooLong) {
		return c.Conn.Write(p)
	}
	if _, err := c.Conn.Write(c.response); err != nil {
		return 0, err
	}
	return len(p), errors.Join(c.CloseWrite(), c.drain())
}

// CloseWrite closes the sending side of the connection, if the connection supports that.
func (c tooLongConn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// drain keeps reading for a while and discards everything.
func (c tooLongConn) drain() error {
	if err := c.SetReadDeadline(time.Now().Add(drainTime)); err != nil {
		return err
	}
	_, err := io.CopyN(io.Discard, c.Conn, drainedBytes)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
