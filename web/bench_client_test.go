package web_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

// client sends requests over one connection and does as little as HTTP allows.
// net/http's client costs more than a server, so its cost would hide the server's.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	want []byte // the beginning of every status line
}

// dial connects to an origin. Every response must have the given status.
func dial(b *testing.B, origin string, status int) *client {
	b.Helper()
	conn, err := net.DialTimeout("tcp", strings.TrimPrefix(origin, "http://"), patience)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() })
	return &client{conn, bufio.NewReader(conn), fmt.Appendf(nil, "HTTP/1.1 %d ", status)}
}

// do sends the request and reads the response: the status line, the headers, and as
// many bytes as Content-Length says.
func (c *client) do(request []byte) error {
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := c.conn.Write(request); err != nil {
		return err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(line, c.want) {
		return fmt.Errorf("status line %q, want %q", line, c.want)
	}
	length := 0
	for len(line) > len("\r\n") {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return err
		}
		if value, found := bytes.CutPrefix(line, []byte("Content-Length: ")); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	_, err = c.in.Discard(length)
	return err
}

// rawRequest returns a request in the form in which it goes over the wire. It is a
// preflight if the method is OPTIONS. Each element of more is another header line.
func rawRequest(method, to, path, origin string, more ...string) []byte {
	lines := []string{method + " " + path + " HTTP/1.1", "Host: " + strings.TrimPrefix(to, "http://"), "Origin: " + origin}
	if method == "OPTIONS" {
		lines = append(lines, "Access-Control-Request-Method: PUT")
	}
	lines = append(lines, more...)
	return []byte(strings.Join(lines, "\r\n") + "\r\n\r\n")
}
