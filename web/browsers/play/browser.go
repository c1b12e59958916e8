// Package play has real browsers play scenarios on the pages of a lab: the
// start, every solution and every wrong answer. It says in which points a
// browser did otherwise than the scenario's file expects, in the file's terms.
//
// A page is driven by scripts, which all browsers let one do: they press its
// buttons and read what it shows. The package knows the lab by its pages alone.
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

// Browser is a running browser with one page or several.
type Browser struct {
	Engine cors.Engine

	free   chan *Page // those on which nothing is played
	closer io.Closer
}

// Engines lists the engines that can be started.
func Engines() []cors.Engine { return cors.Browsers() }

// Start starts the browser of an engine. At most so many pages are played on at
// once; Firefox and WebKit have one, whatever is asked for. The browser ends
// when ctx does, or with Close. The error is a [*driver.MissingError] where
// there is none.
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

// New returns a browser with the pages, of one engine, that Close closes.
func New(closer io.Closer, pages ...*Page) *Browser {
	b := &Browser{Engine: pages[0].Engine, free: make(chan *Page, len(pages)), closer: closer}
	for _, page := range pages {
		b.free <- page
	}
	return b
}

// Pages returns how many scenarios can be played at once.
func (b *Browser) Pages() int { return cap(b.free) }

// Use lends a page, as soon as one is free, until the function returns. The
// error is ctx's, where none was.
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

// Play plays a scenario as soon as a page is free. The error is ctx's, if that
// ends before.
func (b *Browser) Play(ctx context.Context, o origin.Set, s *scenario.Scenario) (result Result, err error) {
	noPage := b.Use(ctx, func(p *Page) { result, err = p.Play(ctx, o, s) })
	return result, cmp.Or(noPage, err)
}

// Close ends the browser.
func (b *Browser) Close() error { return b.closer.Close() }
