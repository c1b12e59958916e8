package conformance

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
)

// chromium is the driver of Chromium.
type chromium struct {
	browser *driver.Chromium
	tab     *driver.Tab
}

func startChromium(ctx context.Context) (browser, error) {
	started, err := driver.StartChromium(ctx)
	if err != nil {
		return nil, err
	}
	tab, err := started.NewTab()
	if err != nil {
		return nil, errors.Join(err, started.Close())
	}
	return &chromium{started, tab}, nil
}

func (c *chromium) open(_ context.Context, url string) error {
	c.tab.Forget()
	return chromedp.Do(c.tab.Context(), chromedp.Navigate(url))
}

func (c *chromium) await(ctx context.Context, id string) error {
	_, err := c.tab.WaitFailure(ctx, func(f driver.Failure) bool { return strings.HasSuffix(f.URL, "/"+id) })
	if err != nil {
		return err
	}
	_, err = c.tab.WaitLine(ctx, func(l driver.Line) bool { return strings.Contains(l.Text, "/"+id+"'") })
	return err
}

func (c *chromium) remarks(ids index) map[string]remark {
	remarks := consoleRemarks(c.tab.Lines(), func(l driver.Line) string { return ids.owner(l.Text, l.URL) })
	for id, failure := range c.failures(ids) {
		r := remarks[id]
		name := cmp.Or(failure.CORSError, failure.NetError)
		r.err, r.parameter = &name, &failure.Parameter
		remarks[id] = r
	}
	none := ""
	for id := range ids {
		if r := remarks[id]; r.err == nil {
			r.err, r.parameter = &none, &none
			remarks[id] = r
		}
	}
	return remarks
}

// failures returns the most telling failure of each exchange: the first that CORS has a
// name for, or else the failure of the request itself. A redirected preflight fails
// twice, and only the second failure has such a name.
func (c *chromium) failures(ids index) map[string]driver.Failure {
	failures := make(map[string]driver.Failure)
	for _, f := range c.tab.Failures() {
		id := ids.owner(f.URL)
		if id == "" || !ids[id].blocked() {
			continue // Chromium aborts a response that nobody reads
		}
		known, seen := failures[id]
		if !seen || known.CORSError == "" && (f.CORSError != "" || known.Preflight) {
			failures[id] = f
		}
	}
	return failures
}

func (c *chromium) close() error { return errors.Join(c.tab.Close(), c.browser.Close()) }
