package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"corslab/lab/library"
	"corslab/web"
	"corslab/web/labtest"
)

func listen(t *testing.T, pageAddr, apiAddr string) (*web.Lab, error) {
	t.Helper()
	return web.Listen(web.Config{PageAddr: pageAddr, APIAddr: apiAddr, Limits: web.DefaultLimits()}, library.NewCurrent(labtest.Shipped(t)), slog.New(slog.DiscardHandler))
}

// TestListen_localhost connects to both origins over IPv4 and IPv6, because a browser may
// choose either.
func TestListen_localhost(t *testing.T) {
	lab, err := listen(t, ":0", "LocalHost:0")
	if err != nil {
		t.Fatal(err)
	}
	labtest.Serve(t, lab)
	for _, origin := range []string{lab.Origins.Page.String(), lab.Origins.API.String()} {
		host := strings.TrimPrefix(origin, "http://")
		_, port, err := net.SplitHostPort(host)
		if err != nil {
			t.Fatal(err)
		}
		for _, ip := range loopbacks(t) {
			request, err := http.NewRequest("GET", "http://"+net.JoinHostPort(ip, port)+"/", nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Host = host
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Errorf("%s over %s: %v", origin, ip, err)
				continue
			}
			if _, err := io.Copy(io.Discard, response.Body); err != nil {
				t.Error(err)
			}
			response.Body.Close()
		}
	}
}

// loopbacks lists this machine's loopback addresses.
func loopbacks(t *testing.T) []string {
	t.Helper()
	var have []string
	for _, ip := range []string{"127.0.0.1", "::1"} {
		ln, err := net.Listen("tcp", net.JoinHostPort(ip, "0"))
		if err != nil {
			continue
		}
		ln.Close()
		have = append(have, ip)
	}
	return have
}

func TestListen_refused(t *testing.T) {
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, err := net.SplitHostPort(taken.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		page, api, origin string
		inUse             bool
	}{
		"page's port in use": {"localhost:" + port, "localhost:0", "page", true},
		"API's port in use":  {"localhost:0", "localhost:" + port, "api", true},
		"no port":            {"localhost", "localhost:0", "page", false},
		"port with a name":   {"localhost:http", "localhost:0", "page", false},
		"port too high":      {"localhost:0", "localhost:65536", "api", false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := listen(t, test.page, test.api)
			var addr *web.AddrError
			if !errors.As(err, &addr) || addr.Origin != test.origin || addr.InUse() != test.inUse {
				t.Errorf("Listen() = %v, want an AddrError for the %s origin, in use: %t", err, test.origin, test.inUse)
			}
		})
	}
}

// TestListen_freesPage checks that a failed start leaves nothing open.
func TestListen_freesPage(t *testing.T) {
	free, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	free.Close()
	if _, err := listen(t, addr, addr); err == nil {
		t.Fatal("Listen() on one address twice = nil, want an error")
	}
	again, err := net.Listen("tcp4", addr)
	if err != nil {
		t.Fatalf("the page's address is still open: %v", err)
	}
	again.Close()
}

// TestServe_stops checks that Serve ends in time even if a connection is open.
func TestServe_stops(t *testing.T) {
	lab, err := listen(t, "localhost:0", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- lab.Serve(ctx) }()
	response, err := http.Get(lab.Origins.Page.String())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	cancel()
	select {
	case err := <-served:
		if err != nil {
			t.Errorf("Serve() = %v", err)
		}
	case <-time.After(2 * time.Second):
		t.Error("Serve() didn't end within 2 s")
	}
}

// TestListen_components checks that a lab serves the page of components only if its
// Config has one.
func TestListen_components(t *testing.T) {
	teapot := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	for want, components := range map[int]http.Handler{http.StatusNotFound: nil, http.StatusTeapot: teapot} {
		config := web.Config{PageAddr: "localhost:0", APIAddr: "localhost:0", Components: components, Limits: web.DefaultLimits()}
		lab, _ := labtest.Start(t, config, library.NewCurrent(labtest.Shipped(t)))
		response, err := http.Get(lab.Origins.Page.String() + "/components")
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("with components %t: status %d, want %d", components != nil, response.StatusCode, want)
		}
	}
}

// TestServe_panic checks that the log at its usual level shows a defect in the lab. Here
// the current library is nil, so a handler panics.
func TestServe_panic(t *testing.T) {
	var logged bytes.Buffer
	config := web.Config{PageAddr: "localhost:0", APIAddr: "localhost:0", Limits: web.DefaultLimits()}
	lab, err := web.Listen(config, library.NewCurrent(nil), slog.New(slog.NewTextHandler(&logged, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("serving", func(t *testing.T) {
		labtest.Serve(t, lab)
		for path, want := range map[string]int{"/": http.StatusInternalServerError, "/errors": http.StatusOK} {
			response, err := http.Get(lab.Origins.Page.String() + path)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode != want {
				t.Errorf("GET %s: status %d, want %d", path, response.StatusCode, want)
			}
		}
	})
	for _, want := range []string{"level=ERROR msg=panic", "method=GET", "path=/ ", "(*server).index"} {
		if !strings.Contains(logged.String(), want) {
			t.Errorf("logged: %s\nwant it to have %s", logged.String(), want)
		}
	}
}
