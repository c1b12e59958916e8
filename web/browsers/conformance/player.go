// Package conformance plays exchanges in real browsers and records what each one does,
// to compare that with the judge's verdict.
//
// A Player owns one browser. A stage is two HTTP servers that respond to each URL as the
// exchanges say. A page asks the stage for one exchange after another (play.js, the same
// in every browser). A script can't see the engine's error names and console messages,
// so a driver reads them from the browser.
//
// The package knows nothing about the lab's own pages and policies.
package conformance

import (
	"context"
	"errors"
	"fmt"

	"corslab/lab/cors"
)

// Player plays exchanges in one browser.
type Player struct{ browser browser }

// browser is what a player needs from a browser.
type browser interface {
	// open opens the page that plays, and doesn't wait for it to finish.
	open(ctx context.Context, url string) error
	// await returns when the browser has reported everything about the exchange with
	// this id, which must end in a CORS failure. By then it has reported everything
	// about earlier exchanges too.
	await(ctx context.Context, id string) error
	// remarks returns what the browser has reported about each exchange since open.
	remarks(ids index) map[string]remark
	close() error
}

// NewPlayer starts an engine's browser. If the browser isn't installed, the error is a
// [*driver.MissingError].
func NewPlayer(ctx context.Context, engine cors.Engine) (*Player, error) {
	start := map[cors.Engine]func(context.Context) (browser, error){
		cors.Chromium: startChromium,
		cors.Firefox:  startFirefox,
		cors.WebKit:   startWebKit,
	}[engine]
	if start == nil {
		return nil, fmt.Errorf("engine %q has no browser; want chromium, firefox or webkit", engine)
	}
	started, err := start(ctx)
	if err != nil {
		return nil, err
	}
	return &Player{browser: started}, nil
}

// Close ends the browser.
func (p *Player) Close() error { return p.browser.close() }

// Play plays exchanges, whose ids must differ, and returns the observations in the same
// order. Each call uses new ports, so that no cache interferes.
func (p *Player) Play(ctx context.Context, exchanges []cors.Exchange) (observations []Observation, err error) {
	if len(exchanges) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stage, err := newServers()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stage.close()) }()
	list, err := newPlaylist(ctx, stage.ports, exchanges, p.browser.await)
	if err != nil {
		return nil, err
	}
	stage.serve(list)
	if err := p.browser.open(ctx, stage.ports.there(list.first())); err != nil {
		return nil, fmt.Errorf("open the page: %w", err)
	}
	if err := list.wait(ctx); err != nil {
		return nil, err
	}
	return list.observations(p.browser.remarks(list.ids))
}
