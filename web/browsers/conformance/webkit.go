package conformance

import (
	"context"
	"strings"

	"corslab/web/browsers/driver"
)

// webkit drives WebKit. It starts the browser again for each play.
type webkit struct {
	ctx     context.Context // of the player
	browser *driver.MiniBrowser
}

func startWebKit(ctx context.Context) (browser, error) {
	if _, err := driver.FindWebKit(); err != nil {
		return nil, err
	}
	return &webkit{ctx: ctx}, nil
}

func (w *webkit) open(_ context.Context, url string) error {
	if err := w.close(); err != nil {
		return err
	}
	started, err := driver.StartMiniBrowser(w.ctx, url)
	w.browser = started
	return err
}

func (w *webkit) await(ctx context.Context, id string) error {
	begun := false
	_, err := w.browser.WaitLine(ctx, func(l driver.Line) bool {
		if l.Source == "console" {
			begun = begun || l.Text == marker+id
			return false
		}
		return begun
	})
	return err
}

// marker begins the console message that the page's script writes before each exchange.
const marker = "exchange "

// remarks assigns a message without a URL to the exchange that was being played when it
// was written.
func (w *webkit) remarks(ids index) map[string]remark {
	current := ""
	return consoleRemarks(w.browser.Lines(), func(l driver.Line) string {
		if id, ok := strings.CutPrefix(l.Text, marker); ok && l.Source == "console" {
			current = id
		}
		if id := ids.owner(l.Text); id != "" {
			return id
		}
		return current
	})
}

func (w *webkit) close() error {
	if w.browser == nil {
		return nil
	}
	err := w.browser.Close()
	w.browser = nil
	return err
}
