package web_test

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"corslab/lab/library"
	"corslab/web"
	"corslab/web/labtest"
)

// TestHangUp resets connections at every stage of requests to each origin. The lab must
// keep working, and must log nothing at its usual level.
func TestHangUp(t *testing.T) {
	var logged bytes.Buffer
	t.Run("serving", func(t *testing.T) {
		lab := listenLogging(t, &logged)
		labtest.Serve(t, lab)
		if err := openSession(t.Context(), lab.Origins.Page.String(), sid); err != nil {
			t.Fatal(err)
		}
		pageHost, apiHost := strings.TrimPrefix(lab.Origins.Page.String(), "http://"), strings.TrimPrefix(lab.Origins.API.String(), "http://")
		for name, test := range map[string]struct{ host, request string }{
			"a page":                {pageHost, "GET / HTTP/1.1\r\nHost: " + pageHost + "\r\n\r\n"},
			"a control request":     {pageHost, "PUT /sessions/" + sid + " HTTP/1.1\r\nHost: " + pageHost + "\r\nOrigin: " + lab.Origins.Page.String() + "\r\nContent-Length: 22\r\n\r\n" + `{"scenario":"no-cors"}`},
			"a response of the API": {apiHost, "GET /" + sid + "/1/messages HTTP/1.1\r\nHost: " + apiHost + "\r\n\r\n"},
			"the proxy":             {pageHost, "GET /proxy/" + sid + "/1/api/messages HTTP/1.1\r\nHost: " + pageHost + "\r\n\r\n"},
			"a socket": {pageHost, "GET /sessions/" + sid + "/journal?after=0 HTTP/1.1\r\nHost: " + pageHost + "\r\nOrigin: " + lab.Origins.Page.String() +
				"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"},
		} {
			t.Run(name, func(t *testing.T) {
				for sent := 1; sent < len(test.request); sent += 15 {
					hangUp(t, test.host, test.request[:sent], 0)
				}
				for _, read := range []int64{0, 1, 20, 100} {
					hangUp(t, test.host, test.request, read)
				}
			})
		}
		if response, err := http.Get(lab.Origins.Page.String()); err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("GET / = %v, %v, want 200", response, err)
		}
	})
	if logged.Len() > 0 {
		t.Errorf("the log says %s, want nothing", &logged)
	}
}

const sid = "abcdefghijklmnop"

// listenLogging opens a lab on free ports of localhost. It logs at its usual level.
func listenLogging(t *testing.T, to io.Writer) *web.Lab {
	t.Helper()
	config := web.Config{PageAddr: "localhost:0", APIAddr: "localhost:0", Limits: web.DefaultLimits()}
	lab, err := web.Listen(config, library.NewCurrent(labtest.Shipped(t)), slog.New(slog.NewTextHandler(to, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return lab
}

// hangUp sends a request, reads some bytes of the response, and resets the
// connection.
func hangUp(t *testing.T, host, request string, read int64) {
	t.Helper()
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(io.Discard, conn, read); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).SetLinger(0); err != nil { // a close is now a reset
		t.Fatal(err)
	}
}
