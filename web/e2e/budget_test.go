package e2e_test

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"corslab/lab/scenario"
	"corslab/web/browsers/driver"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Budgets for a page's first visit, in bytes on the wire including all headers.
const (
	firstPageBudget    = 100_000
	scenarioPageBudget = 150_000
)

// testBudget opens each page with empty caches and weighs what it loads. Neither the
// page nor a run may contact another machine.
func testBudget(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	t.Run("first page", func(t *testing.T) {
		l := &learner{t: t, tab: newTab(t, chromium)}
		traffic := watchTraffic(l)
		l.do(chromedp.Navigate(lab.Origins.Page.String() + "/"))
		traffic.check(l, firstPageBudget, "/", "/static/css/main.css", "/static/js/index.js", "/static/js/progress.js")
	})
	for _, s := range firstOfEachTrack(lib) {
		t.Run(s.ID, func(t *testing.T) {
			l := &learner{t: t, tab: newTab(t, chromium)}
			traffic := watchTraffic(l)
			l.do(chromedp.Navigate(lab.Origins.Page.String() + "/scenarios/" + s.ID))
			l.awaitLive()
			traffic.check(l, scenarioPageBudget, append(ofRunner(s), "/scenarios/"+s.ID, "/static/css/main.css", "/static/js/lab.js")...)
			l.send()
			t.Logf("and %d bytes over the socket in a run", traffic.socketBytes())
			traffic.checkHosts(l)
		})
	}
}

// ofRunner returns the paths that the runner loads, if it is of the tab's own site.
// Other runners have a process of their own, whose traffic the tab doesn't see.
func ofRunner(s *scenario.Scenario) []string {
	if s.Script.From == "page" || s.Script.From == "other" {
		return []string{"/static/js/runner.js", "/runner"}
	}
	return nil
}

// traffic is what a page exchanges with servers.
type traffic struct {
	mu      sync.Mutex
	urls    map[network.RequestID]string
	bytes   map[string]int // of complete responses, by path
	open    map[network.RequestID]bool
	socket  int // bytes of messages over WebSockets
	changed chan struct{}
}

// watchTraffic records the tab's traffic from now on.
func watchTraffic(l *learner) *traffic {
	l.t.Helper()
	w := &traffic{
		urls: make(map[network.RequestID]string), bytes: make(map[string]int),
		open: make(map[network.RequestID]bool), changed: make(chan struct{}, 1),
	}
	if err := chromedp.Listen(l.tab.Context(), w.note); err != nil {
		l.t.Fatal(err)
	}
	return w
}

func (w *traffic) note(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.urls[e.RequestID] = e.Request.URL
		if !strings.HasSuffix(e.Request.URL, "/runner") { // which may end in another process
			w.open[e.RequestID] = true
		}
	case *network.EventWebSocketCreated:
		w.urls[e.RequestID] = e.URL
	case *network.EventWebSocketFrameReceived:
		w.socket += len(e.Response.PayloadData)
	case *network.EventLoadingFailed:
		delete(w.open, e.RequestID)
	case *network.EventLoadingFinished:
		delete(w.open, e.RequestID)
		w.bytes[pathOf(w.urls[e.RequestID])] += int(e.EncodedDataLength)
	}
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

// check waits until the given paths and everything else that the page requested have
// loaded, and compares the weight with the budget.
func (w *traffic) check(l *learner, budget int, paths ...string) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for !w.came(paths) {
		select {
		case <-w.changed:
		case <-ctx.Done():
			l.t.Fatalf("not all of %q came; the rest weighs %v", paths, w.bytes)
		}
	}
	w.checkHosts(l)
	total, report := w.weigh()
	l.t.Logf("%d bytes of at most %d, %s", total, budget, report)
	if total > budget {
		l.t.Errorf("the page weighs %d bytes, want at most %d", total, budget)
	}
}

func (w *traffic) came(paths []string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	missing := func(path string) bool { return w.bytes[path] == 0 }
	return len(w.open) == 0 && !slices.ContainsFunc(paths, missing)
}

// weigh returns the total weight, and lists the heaviest responses.
func (w *traffic) weigh() (total int, report string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, size := range w.bytes {
		total += size
	}
	heaviest := slices.SortedFunc(maps.Keys(w.bytes), func(a, b string) int { return w.bytes[b] - w.bytes[a] })
	report = fmt.Sprintf("%d requests;", len(w.urls))
	for _, path := range heaviest[:min(3, len(heaviest))] {
		report += fmt.Sprintf(" %s %d", path, w.bytes[path])
	}
	return total, report
}

func (w *traffic) socketBytes() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.socket
}

// checkHosts checks that every request went to this machine.
func (w *traffic) checkHosts(l *learner) {
	l.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, address := range w.urls {
		if at, err := url.Parse(address); err != nil || !isLoopback(at.Hostname()) {
			l.t.Errorf("a request leaves the machine: %s", address)
		}
	}
}

func isLoopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || net.ParseIP(host).IsLoopback()
}

func pathOf(address string) string {
	at, err := url.Parse(address)
	if err != nil {
		return address
	}
	return at.Path
}
