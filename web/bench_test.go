package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"corslab/lab/library"
	"corslab/lab/origin"
	"corslab/web"
	"corslab/web/labtest"

	"github.com/gorilla/websocket"
)

// The benchmarks measure the lab as a class uses it, with both origins on real loopback
// sockets. Ratios are comparable between machines; milliseconds aren't.
//
//	go test -run '^$' -bench . ./web/

// patience bounds every wait. Only something broken takes this long.
const patience = 30 * time.Second

// benchLab serves the shipped scenarios in this process until b ends.
func benchLab(b testing.TB) origin.Set {
	b.Helper()
	lab, _ := labtest.Start(b, web.Config{PageAddr: "localhost:0", APIAddr: "localhost:0", Limits: web.SoleClientLimits()}, library.NewCurrent(labtest.Shipped(b)))
	return lab.Origins
}

// sessionID returns the i-th session ID that the benchmarks use.
func sessionID(i int) string { return fmt.Sprintf("bench%016d", i) }

// openSession creates a session the way a page does when it first shows a scenario.
func openSession(ctx context.Context, page, id string) error {
	_, err := send(ctx, "PUT", page+"/sessions/"+id, page, `{"scenario":"put-not-allowed","seq":0,"run":0}`)
	return err
}

// openSocket opens the socket of a session's journal, starting with its first entry.
func openSocket(ctx context.Context, page, id string) (*websocket.Conn, error) {
	dialer := websocket.Dialer{HandshakeTimeout: patience}
	conn, _, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(page, "http")+"/sessions/"+id+"/journal?after=0",
		http.Header{"Origin": {page}})
	if err != nil {
		return nil, fmt.Errorf("open the socket of %s: %w", id, err)
	}
	return conn, nil
}

// received is the part of a response that must be the same on both servers.
type received struct {
	status int
	header http.Header // without Date
	body   string
}

// send sends one request that isn't part of the measurement. A status of 300 or more is
// an error.
func send(ctx context.Context, method, url, origin, body string) (received, error) {
	request, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return received{}, err
	}
	request.Header.Set("Origin", origin)
	if method == http.MethodOptions {
		request.Header.Set("Access-Control-Request-Method", "PUT")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return received{}, err
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode >= 300 {
		return received{}, fmt.Errorf("%s %s: %s %s: %w", method, url, response.Status, read, err)
	}
	response.Header.Del("Date")
	return received{response.StatusCode, response.Header, string(read)}, nil
}

// needSockets skips the benchmark if a process can't have n sockets. It tries by
// opening n files, because systems report the limit in different ways.
func needSockets(b testing.TB, n int) {
	b.Helper()
	for i := range n {
		file, err := os.Open(os.DevNull)
		if err != nil {
			b.Skipf("this needs %d sockets, and the system allows %d (ulimit -n): %v", n, i, err)
		}
		defer file.Close()
	}
}

// inParallel calls do(0) to do(n-1), at most width at a time, and fails the benchmark
// with the first error.
func inParallel(b testing.TB, n, width int, do func(i int) error) {
	b.Helper()
	failed := make(chan error, width)
	for worker := range width {
		go func() {
			for i := worker; i < n; i += width {
				if err := do(i); err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	var first error
	for range width {
		if err := <-failed; first == nil {
			first = err
		}
	}
	if first != nil {
		b.Fatal(first)
	}
}

// quantile returns the q-quantile of the values, with q between 0 and 1.
func quantile(values []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
