package web_test

import (
	"net"
	"sync/atomic"
	"testing"

	"corslab/web"
)

// TestLesson12_Outgoing names another server in every part of requests to every route,
// and in a redirect of the API. The lab must never connect to it (Ollama CVE-2026-5530).
func TestLesson12_Outgoing(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		other := newOtherServer(t)
		all := targets(t, lab)
		for _, location := range []string{"http://" + other.addr + "/", "//" + other.addr + "/"} {
			all["page"].setHeader(t, "Location", location)
		}
		for _, to := range all {
			for _, r := range append(to.routes, proxied(other.addr)...) {
				ask := []string{
					r.request(to.host, headersTo(other.addr)...),
					route{r.method, r.path + "?url=http://" + other.addr + "/"}.request(to.host),
					route{r.method, r.path + "/http://" + other.addr + "/"}.request(to.host),
					route{r.method, "http://" + other.addr + r.path}.request(to.host),
					r.request(other.addr),
				}
				for _, request := range ask {
					rawExchange(t, to.addr, request)
				}
			}
			rawExchange(t, to.addr, "CONNECT "+other.addr+" HTTP/1.1\r\nHost: "+to.host+"\r\nConnection: close\r\n\r\n")
		}
		if got := other.connections.Load(); got > 0 {
			t.Errorf("the lab made %d connections to another server, want none", got)
		}
	})
}

// proxied returns routes through the proxies that name a server in place of an API or
// next to it.
func proxied(addr string) (all []route) {
	for _, way := range []string{
		addr + "/messages", "http://" + addr + "/", "http:%2f%2f" + addr + "/", "api@" + addr + "/messages", "api/@" + addr + "/", "api//" + addr + "/",
		"api/http://" + addr + "/", "api%2f%2f" + addr + "/", `api\` + addr + "/", "api:80@" + addr + "/", "api#@" + addr + "/", "page/messages", "../" + addr + "/",
	} {
		all = append(all, route{"GET", "/proxy/" + sid + "/1/" + way}, route{"GET", "/" + sid + "/1/proxy/" + way}, route{"GET", "/proxy/" + sid + "/1@" + way})
	}
	return all
}

func headersTo(addr string) []string {
	return []string{
		"X-Forwarded-Host: " + addr, "X-Forwarded-For: " + addr, "Forwarded: host=" + addr + ";proto=http", "X-Original-URL: http://" + addr + "/",
		"Referer: http://" + addr + "/", "Destination: http://" + addr + "/", "X-HTTP-Destination: " + addr, "True-Client-IP: " + addr,
	}
}

// otherServer is a server that the lab must not connect to. It counts connections.
type otherServer struct {
	addr        string
	connections atomic.Int64
}

func newOtherServer(t *testing.T) *otherServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	other := &otherServer{addr: listener.Addr().String()}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			other.connections.Add(1)
			conn.Close()
		}
	}()
	return other
}
