// Package play has real browsers play scenarios on the pages of a lab: the start, every
// solution and every wrong answer. It reports where a browser differs from what the
// scenario's file expects, in the file's terms.
//
// It drives a page with scripts, which all browsers support: they press the page's
// buttons and read its text. The package knows the lab only through its pages.
package play

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/web/browsers/driver"
)

// Browser is a running browser with one or more pages.
type Browser struct {
	Engine cors.Engine

	free   chan *Page // pages that aren't in use
	closer io.Closer
}

// Engines lists the engines that can be started.
func Engines() []cors.Engine { return cors.Browsers() }

// Start starts the browser of an engine. It plays on up to this many pages at once;
// Firefox and WebKit have only one. The browser ends with ctx, or with Close. If it
// isn't installed, the error is a [*driver.MissingError].
func Start(ctx context.Context, engine cors.Engine, pages int) (*Browser, error) {
	switch engine {
	case cors.Chromium:
		return startChromium(ctx, pages)
	case cors.Firefox:
		firefox, err := driver.StartFirefox(ctx)
		if err != nil {
			return nil, err
		}
		return New(firefox, &Page{Engine: engine, Driver: firefox, Console: &firefox.Console}), nil
	case cors.WebKit:
		webkit, err := driver.StartWebKit(ctx)
		if err != nil {
			return nil, err
		}
		return New(webkit, &Page{Engine: engine, Driver: webkit}), nil
	}
	return nil, fmt.Errorf("no browser has the engine %q; want one of %v", engine, Engines())
}

func startChromium(ctx context.Context, pages int) (*Browser, error) {
	chromium, err := driver.StartChromium(ctx)
	if err != nil {
		return nil, err
	}
	opened := make([]*Page, pages)
	for i := range opened {
		tab, err := chromium.NewTab()
		if err != nil {
			return nil, errors.Join(err, chromium.Close())
		}
		opened[i] = OfTab(tab)
	}
	return New(chromium, opened...), nil
}

// New returns a browser with these pages of one engine. Close closes closer.
func New(closer io.Closer, pages ...*Page) *Browser {
	b := &Browser{Engine: pages[0].Engine, free: make(chan *Page, len(pages)), closer: closer}
	for _, page := range pages {
		b.free <- page
	}
	return b
}

// Pages returns how many scenarios can be played at once.
func (b *Browser) Pages() int { return cap(b.free) }

// Use lends a free page until the function returns, waiting for one if necessary. If ctx
// ends first, its error is returned.
func (b *Browser) Use(ctx context.Context, use func(*Page)) error {
	select {
	case page := <-b.free:
		defer func() { b.free <- page }()
		use(page)
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Play plays a scenario as soon as a page is free. If ctx ends first, its error is
// returned.
func (b *Browser) Play(ctx context.Context, o origin.Set, s *scenario.Scenario) (result Result, err error) {
	noPage := b.Use(ctx, func(p *Page) { result, err = p.Play(ctx, o, s) })
	return result, cmp.Or(noPage, err)
}

// Close ends the browser.
func (b *Browser) Close() error { return b.closer.Close() }
