package web_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"corslab/web"

	"github.com/gorilla/websocket"
)

// TestLesson03_SocketOrigin checks that other origins can't open a socket. Origins that
// are IP addresses get no exemption (webpack-dev-server CVE-2025-30360).
func TestLesson03_SocketOrigin(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		to := targets(t, lab)["page"]
		opened := 0
		for _, route := range to.routes {
			if route.method != http.MethodGet {
				continue
			}
			route.path += "?after=0"
			if response, _ := dialSocket(t, to, route, lab.Origins.Page.String()); response.StatusCode == http.StatusSwitchingProtocols {
				opened++
			}
			for _, origin := range append(foreignOrigins(lab), "", strings.ToUpper(lab.Origins.Page.String())) {
				response, _ := dialSocket(t, to, route, origin)
				if response.StatusCode == http.StatusSwitchingProtocols {
					t.Errorf("%s from %q opens a socket, want it refused", route, origin)
				}
				if name := "Access-Control-Allow-Origin"; response.Header.Get(name) != "" {
					t.Errorf("%s from %q: the response has %s", route, origin, name)
				}
			}
		}
		if opened != 1 {
			t.Errorf("%d routes are sockets, want 1", opened)
		}
	})
}

// dialSocket tries to open a socket. The socket is closed when the test ends.
func dialSocket(t *testing.T, to target, r route, origin string) (*http.Response, *websocket.Conn) {
	t.Helper()
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	dialer := websocket.Dialer{HandshakeTimeout: patience}
	conn, response, err := dialer.DialContext(t.Context(), "ws://"+to.addr+r.path, header)
	if response == nil {
		t.Fatalf("%s from %q: %v", r, origin, err)
	}
	if conn != nil {
		t.Cleanup(func() { conn.Close() })
	}
	return response, conn
}

// TestLesson04_SocketAsks sends messages to the journal's socket. It accepts none, so it
// must close, and nothing may change (Vite CVE-2026-39363).
func TestLesson04_SocketAsks(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		to, before := targets(t, lab)["page"], state(t, lab)
		for name, message := range map[string]struct {
			kind int
			text string
		}{
			"nothing":             {websocket.TextMessage, ""},
			"JSON":                {websocket.TextMessage, `{"scenario":"no-cors","seq":0,"run":0}`},
			"the name of a route": {websocket.TextMessage, "POST /sessions/" + sid + "/reset"},
			"bytes":               {websocket.BinaryMessage, "\x00\xff"},
			"much":                {websocket.TextMessage, strings.Repeat("x", 1<<20)},
		} {
			t.Run(name, func(t *testing.T) {
				_, conn := dialSocket(t, to, route{"GET", "/sessions/" + sid + "/journal?after=0"}, lab.Origins.Page.String())
				if conn == nil {
					t.Fatal("no socket")
				}
				_ = conn.WriteMessage(message.kind, []byte(message.text)) // the lab may close the socket before all of it is sent
				wantClosed(t, conn)
				if after := state(t, lab); after != before {
					t.Errorf("the state is now %s, want %s", after, before)
				}
			})
		}
	})
}

// wantClosed reads until the lab closes the socket.
func wantClosed(t *testing.T, conn *websocket.Conn) {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	for {
		_, _, err := conn.ReadMessage()
		if err == nil {
			continue
		}
		var waited interface{ Timeout() bool }
		if errors.As(err, &waited) && waited.Timeout() {
			t.Error("the socket stays open, want it closed")
		}
		return
	}
}
