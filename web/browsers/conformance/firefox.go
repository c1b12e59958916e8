package conformance

import (
	"context"
	"strings"

	"corslab/web/browsers/driver"
)

// firefox drives Firefox.
type firefox struct {
	browser *driver.Firefox
	before  int // lines of earlier plays
}

func startFirefox(ctx context.Context) (browser, error) {
	started, err := driver.StartFirefox(ctx)
	if err != nil {
		return nil, err
	}
	return &firefox{browser: started}, nil
}

func (f *firefox) open(ctx context.Context, url string) error {
	f.before = len(f.browser.Lines())
	return f.browser.Navigate(ctx, url)
}

func (f *firefox) await(ctx context.Context, id string) error {
	_, err := f.browser.WaitLine(ctx, func(l driver.Line) bool {
		return l.Source != "console" && strings.Contains(l.Text, "/"+id)
	})
	return err
}

// remarks uses only the lines about CORS. Others, such as one about a request in
// same-origin mode, contain the page's address, which exchanges don't state.
func (f *firefox) remarks(ids index) map[string]remark {
	lines := f.browser.Lines()[f.before:]
	return consoleRemarks(lines, func(l driver.Line) string {
		if !strings.HasPrefix(l.Text, "Cross-Origin Request Blocked: ") {
			return ""
		}
		return ids.owner(l.Text)
	})
}

func (f *firefox) close() error { return f.browser.Close() }
