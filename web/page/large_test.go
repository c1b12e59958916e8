package page_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"corslab/web/page"
)

// TestSlowBody checks that large control requests whose bodies never end are dropped, so
// that another request gets its response.
func TestSlowBody(t *testing.T) {
	limits := page.DefaultLimits()
	limits.Read, limits.Large, limits.LargePerClient = 50*time.Millisecond, 2, 2
	f := newFixture(t, limits)
	const half = "PUT /sessions/" + sid + " HTTP/1.1\r\nHost: localhost:8080\r\nOrigin: http://localhost:8080\r\nContent-Length: 100000\r\n\r\n{"
	var slow []net.Conn
	for range limits.Large {
		conn, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, half); err != nil {
			t.Fatal(err)
		}
		slow = append(slow, conn)
	}
	large := `{"scenario":"no-cors"` + strings.Repeat(" ", 40<<10) + `}`
	status, _, body := f.do(request{method: "PUT", path: "/sessions/" + sid, body: large})
	if status != http.StatusOK {
		t.Errorf("status %d and %.200s, want 200", status, body)
	}
	for _, conn := range slow {
		if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		if response, err := http.ReadResponse(bufio.NewReader(conn), nil); err == nil && response.StatusCode == http.StatusOK {
			t.Error("half a request was taken for a whole one")
		}
	}
}
