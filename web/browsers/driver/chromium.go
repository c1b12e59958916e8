package driver

import (
	"context"
	"fmt"
	"slices"

	"github.com/chromedp/chromedp"
)

// Chromium is a running headless Chromium, driven over its DevTools protocol.
type Chromium struct {
	ctx  context.Context
	stop context.CancelFunc // waits until the process is gone
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
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	tab, _ := chromedp.NewContext(allocator) // ends with the allocator
	if err := chromedp.Do(tab); err != nil {
		stop()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return &Chromium{ctx: tab, stop: stop}, nil
}

// Close ends the browser.
func (c *Chromium) Close() error {
	defer c.stop() // it may not have closed when asked to
	return chromedp.Cancel(c.ctx)
}
