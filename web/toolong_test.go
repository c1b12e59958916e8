package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"corslab/web/labtest"
)

// TestTooLong sends requests whose address or headers are too long for the page origin.
func TestTooLong(t *testing.T) {
	lab, err := listen(t, "localhost:0", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	labtest.Serve(t, lab)
	const fits, tooLong = 50 << 10, 70 << 10
	for name, test := range map[string]struct {
		path, header string
		status       int
	}{
		"an address that fits":        {strings.Repeat("a", fits), "", http.StatusOK},
		"an address that is too long": {strings.Repeat("a", tooLong), "", http.StatusRequestHeaderFieldsTooLarge},
		"one that is much too long":   {strings.Repeat("a", 3<<20), "", http.StatusRequestHeaderFieldsTooLarge},
		"too many cookies":            {"a", "Cookie: " + strings.Repeat("a=b; ", tooLong/5) + "\r\n", http.StatusRequestHeaderFieldsTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			host := strings.TrimPrefix(lab.Origins.Page.String(), "http://")
			response, body := exchange(t, host, "GET /errors?text="+test.path+" HTTP/1.1\r\nHost: "+host+"\r\n"+test.header+"Connection: close\r\n\r\n")
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
			if test.status != http.StatusOK {
				checkTooLong(t, response, body)
			}
		})
	}
}

// checkTooLong expects the page that says so, with the lab's Content-Security-Policy.
func checkTooLong(t *testing.T, response *http.Response, body string) {
	t.Helper()
	for _, want := range []string{"This address is too long", "at most 64 KiB", `href="/errors"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "script-src 'self'",
	} {
		if got := response.Header.Get(name); !strings.Contains(got, want) {
			t.Errorf("%s = %q, want %q in it", name, got, want)
		}
	}
}

// TestTooLong_endless checks that the lab closes the connection if an address never ends.
func TestTooLong_endless(t *testing.T) {
	lab, err := listen(t, "localhost:0", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	labtest.Serve(t, lab)
	conn := dialLab(t, strings.TrimPrefix(lab.Origins.Page.String(), "http://"))
	fmt.Fprint(conn, "GET /")
	var sent int64
	for part := strings.Repeat("a", 64<<10); ; {
		n, err := io.WriteString(conn, part)
		sent += int64(n)
		if err != nil {
			break
		}
		if sent > 64<<20 {
			t.Fatalf("the lab accepted %d bytes, want the connection closed", sent)
		}
	}
}

// exchange sends a request over its own connection. It reads the response only after it
// has sent everything, as a browser may.
func exchange(t *testing.T, host, request string) (response *http.Response, body string) {
	t.Helper()
	conn := dialLab(t, host)
	if err := conn.(*net.TCPConn).SetWriteBuffer(64 << 10); err != nil { // otherwise the system takes everything at once
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(read)
}

func dialLab(t *testing.T, host string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return conn
}
