package browser

import (
	"context"
	"fmt"
	"slices"
	"sync"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Chromium is a running headless Chromium, driven over its DevTools protocol.
type Chromium struct {
	ctx context.Context
}

// StartChromium starts Chromium with a fresh profile. It ends when ctx does, or
// with Close. The error is a [*MissingError] where there is none.
func StartChromium(ctx context.Context) (*Chromium, error) {
	path, err := FindChromium()
	if err != nil {
		return nil, err
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // root, as in a container, cannot use it
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
	)
	allocator, _ := chromedp.NewExecAllocator(ctx, options...)
	tab, _ := chromedp.NewContext(allocator)
	if err := chromedp.Do(tab); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return &Chromium{ctx: tab}, nil
}

// Close ends the browser.
func (c *Chromium) Close() error { return chromedp.Cancel(c.ctx) }

// Failure is a request that Chromium ended, with its own name for the reason.
type Failure struct {
	CORSError string // Network.CorsError; "" where the reason is another
	Parameter string // what the CORS error is about
	NetError  string // such as net::ERR_FAILED
}

// Line is a line of the console.
type Line struct {
	Source string // "network", "security", "javascript", …; "console" for calls of console.*
	Level  string // "error", "warning", …
	Text   string
}

// Tab is one page with storage of its own. It records what the engine says.
type Tab struct {
	ctx context.Context

	mu       sync.Mutex
	failures []Failure
	lines    []Line
	changed  chan struct{} // closed at the next record
}

// NewTab opens an empty page in a context of its own, like a private window.
func (c *Chromium) NewTab() (*Tab, error) {
	ctx, _ := chromedp.NewContext(c.ctx, chromedp.WithNewBrowserContext())
	tab := &Tab{ctx: ctx, changed: make(chan struct{})}
	if err := chromedp.Listen(ctx, tab.record); err != nil {
		return nil, fmt.Errorf("open a tab: %w", err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		return nil, fmt.Errorf("watch the network: %w", err)
	}
	return tab, nil
}

// Context is for the actions of chromedp.
func (t *Tab) Context() context.Context { return t.ctx }

// Close closes the page.
func (t *Tab) Close() error { return chromedp.Cancel(t.ctx) }

func (t *Tab) record(event any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := event.(type) {
	case *network.EventLoadingFailed:
		failure := Failure{NetError: e.ErrorText}
		if e.CorsErrorStatus != nil {
			failure.CORSError = string(e.CorsErrorStatus.CorsError)
			failure.Parameter = e.CorsErrorStatus.FailedParameter
		}
		t.failures = append(t.failures, failure)
	case *cdplog.EventEntryAdded:
		t.lines = append(t.lines, Line{string(e.Entry.Source), string(e.Entry.Level), e.Entry.Text})
	case *runtime.EventExceptionThrown:
		t.lines = append(t.lines, Line{"javascript", "error", e.ExceptionDetails.Text})
	case *runtime.EventConsoleAPICalled:
		t.lines = append(t.lines, Line{"console", string(e.Type), ""})
	default:
		return
	}
	close(t.changed)
	t.changed = make(chan struct{})
}

// Failures returns the requests that failed so far.
func (t *Tab) Failures() []Failure {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.failures)
}

// Lines returns the lines of the console so far.
func (t *Tab) Lines() []Line {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.lines)
}

// WaitFailure returns the first recorded failure that match accepts, and waits
// for it until ctx is done: it can follow the script's answer by milliseconds.
func (t *Tab) WaitFailure(ctx context.Context, match func(Failure) bool) (Failure, error) {
	for {
		t.mu.Lock()
		at := slices.IndexFunc(t.failures, match)
		changed := t.changed
		var found Failure
		if at >= 0 {
			found = t.failures[at]
		}
		t.mu.Unlock()
		if at >= 0 {
			return found, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Failure{}, fmt.Errorf("wait for a failed request; saw %v: %w", t.Failures(), ctx.Err())
		}
	}
}

// Forget drops what was recorded.
func (t *Tab) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failures, t.lines = nil, nil
}
