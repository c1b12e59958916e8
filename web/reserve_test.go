package web_test

import (
	"errors"
	"net"
	"net/url"
	"syscall"
	"testing"

	"corslab/web/labtest"
)

// TestListen_closed checks that nothing responds at the closed port, that no other program
// can take it while the lab runs, and that it is free once the lab has stopped.
func TestListen_closed(t *testing.T) {
	for addr, host := range map[string]string{"localhost:0": "127.0.0.1", "127.0.0.1:0": "127.0.0.1", ":0": "127.0.0.1", "127.0.0.2:0": "127.0.0.2"} {
		var at string
		t.Run(addr, func(t *testing.T) {
			lab, err := listen(t, addr, addr)
			if err != nil {
				t.Skipf("this machine can't listen there: %v", err)
			}
			labtest.Serve(t, lab)
			closed, err := url.Parse(lab.Origins.Closed.String())
			if err != nil || closed.Scheme != "http" || closed.Hostname() != host {
				t.Fatalf("the closed origin is %s, want one on %s", lab.Origins.Closed.String(), host)
			}
			at = closed.Host
			if conn, err := net.Dial("tcp", at); !errors.Is(err, syscall.ECONNREFUSED) {
				t.Errorf("Dial(%s) = %v, %v, want it refused", at, conn, err)
			}
			for _, other := range []string{at, ":" + closed.Port()} {
				if ln, err := net.Listen("tcp4", other); err == nil {
					_ = ln.Close()
					t.Errorf("another program can listen on %s, want the port reserved", other)
				}
			}
		})
		if at == "" {
			continue
		}
		ln, err := net.Listen("tcp4", at)
		if err != nil {
			t.Fatalf("%s isn't free after the lab has stopped: %v", at, err)
		}
		_ = ln.Close()
	}
}
