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

// StartChromium starts Chromium with a fresh profile. The browser ends with ctx, or with
// Close. If Chromium isn't installed, the error is a [*MissingError].
func StartChromium(ctx context.Context) (*Chromium, error) {
	path, err := FindChromium()
	if err != nil {
		return nil, err
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // root can't use it, such as in a container
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
	defer c.stop() // in case it doesn't close when asked to
	return chromedp.Cancel(c.ctx)
}
