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

// The benchmarks measure the lab as a class meets it: both origins on real
// loopback sockets. What they compare within one run (a ratio) holds on any
// machine; their milliseconds are those of the machine that they ran on.
//
//	go test -run '^$' -bench . ./web/

// patience bounds every wait. Nothing takes this long unless it is broken.
const patience = 30 * time.Second

// benchLab serves the shipped scenarios in this process until b ends.
func benchLab(b testing.TB) origin.Set {
	b.Helper()
	lab, _ := labtest.Start(b, web.Config{PageAddr: "localhost:0", APIAddr: "localhost:0", Limits: web.SoleClientLimits()}, library.NewCurrent(labtest.Shipped(b)))
	return lab.Origins
}

// sessionID is the i-th of the ids that the benchmarks use.
func sessionID(i int) string { return fmt.Sprintf("bench%016d", i) }

// openSession makes the session as a page does that shows its scenario for the
// first time.
func openSession(ctx context.Context, page, id string) error {
	_, err := send(ctx, "PUT", page+"/sessions/"+id, page, `{"scenario":"put-not-allowed","seq":0,"run":0}`)
	return err
}

// openSocket opens the session's journal from its beginning.
func openSocket(ctx context.Context, page, id string) (*websocket.Conn, error) {
	dialer := websocket.Dialer{HandshakeTimeout: patience}
	conn, _, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(page, "http")+"/sessions/"+id+"/journal?after=0",
		http.Header{"Origin": {page}})
	if err != nil {
		return nil, fmt.Errorf("open the socket of %s: %w", id, err)
	}
	return conn, nil
}

// received is the part of a response on which two servers can agree.
type received struct {
	status int
	header http.Header // without Date
	body   string
}

// send makes one request outside of what is measured. Statuses of 300 and more
// are errors.
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

// needSockets skips the benchmark where a process may not have so many. It opens
// as many files, because no way to ask for the limit is the same on all systems.
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

// inParallel calls do(0) to do(n-1), at most width at one time, and fails the
// benchmark with the first error.
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

// quantile returns the value below which the share q of the values lies.
func quantile(values []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
