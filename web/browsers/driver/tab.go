package driver

import (
	"context"
	"fmt"
	"strings"
	"sync"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Failure is a request that failed in Chromium, with Chromium's own name for the reason.
type Failure struct {
	CORSError string // Network.CorsError; "" for other reasons
	Parameter string // what the CORS error is about
	NetError  string // such as net::ERR_FAILED
	URL       string // that the request began with
	Preflight bool   // it was a preflight
}

// Tab is a page whose requests and console are recorded. It has its own storage, or
// shares another tab's.
type Tab struct {
	Console

	ctx      context.Context
	failures journal[Failure]

	mu       sync.Mutex
	requests map[network.RequestID]Failure // what to report of a request if it fails
}

// NewTab opens an empty page in a context of its own, like a private window.
func (c *Chromium) NewTab() (*Tab, error) {
	return openTab(chromedp.NewContext(c.ctx, chromedp.WithNewBrowserContext()))
}

// NewTab opens an empty page that shares the tab's storage and is closed with it.
func (t *Tab) NewTab() (*Tab, error) {
	return openTab(chromedp.NewContext(t.ctx))
}

func openTab(ctx context.Context, cancel context.CancelFunc) (*Tab, error) {
	tab := &Tab{ctx: ctx, requests: make(map[network.RequestID]Failure)}
	if err := tab.watch(); err != nil {
		cancel()
		return nil, fmt.Errorf("open a tab: %w", err)
	}
	return tab, nil
}

// watch starts recording what the page does.
func (t *Tab) watch() error {
	if err := chromedp.Listen(t.ctx, t.record); err != nil {
		return err
	}
	_, err := chromedp.Call(t.ctx, network.Enable, network.EnableParams{})
	return err
}

// Context returns the context for chromedp actions.
func (t *Tab) Context() context.Context { return t.ctx }

// Close closes the page.
func (t *Tab) Close() error { return chromedp.Cancel(t.ctx) }

func (t *Tab) record(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		t.noteRequest(e)
	case *network.EventLoadingFailed:
		t.failures.add(t.failure(e))
	case *cdplog.EventEntryAdded:
		t.lines.add(Line{string(e.Entry.Source), string(e.Entry.Level), e.Entry.Text, e.Entry.URL})
	case *runtime.EventExceptionThrown:
		t.lines.add(Line{Source: "javascript", Level: "error", Text: e.ExceptionDetails.Text})
	case *runtime.EventConsoleAPICalled:
		t.lines.add(Line{Source: "console", Level: string(e.Type), Text: textOf(e.Args)})
	}
}

// noteRequest records the URL that a request began with, because redirects share its id.
func (t *Tab) noteRequest(e *network.EventRequestWillBeSent) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known := t.requests[e.RequestID]; !known {
		preflight := e.Initiator != nil && e.Initiator.Type == network.InitiatorTypePreflight
		t.requests[e.RequestID] = Failure{URL: e.Request.URL, Preflight: preflight}
	}
}

func (t *Tab) failure(e *network.EventLoadingFailed) Failure {
	t.mu.Lock()
	defer t.mu.Unlock()
	failure := t.requests[e.RequestID]
	failure.NetError = e.ErrorText
	if e.CorsErrorStatus != nil {
		failure.CORSError = string(e.CorsErrorStatus.CorsError)
		failure.Parameter = e.CorsErrorStatus.FailedParameter
	}
	return failure
}

// textOf joins those arguments of console.log that are strings.
func textOf(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		var word string
		if arg.Type == runtime.RemoteObjectTypeString && decode(arg.Value, &word) == nil {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// Failures returns the requests that failed so far.
func (t *Tab) Failures() []Failure { return t.failures.all() }

// WaitFailure returns the first recorded failure that match accepts. It waits for it
// until ctx is done, because a failure can follow the script's result by milliseconds.
func (t *Tab) WaitFailure(ctx context.Context, match func(Failure) bool) (Failure, error) {
	failure, err := t.failures.wait(ctx, match)
	if err != nil {
		return Failure{}, fmt.Errorf("wait for a failed request; saw %v: %w", t.Failures(), err)
	}
	return failure, nil
}

// Forget drops the recorded failures and messages.
func (t *Tab) Forget() {
	t.failures.forget()
	t.lines.forget()
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.requests)
}
