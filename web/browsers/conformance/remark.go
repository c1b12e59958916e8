package conformance

import (
	"strings"

	"corslab/web/browsers/driver"
)

// remark is what a browser reports about an exchange to its driver, but not to the
// script.
type remark struct {
	err, parameter *string // Chromium only
	console        string  // first specific message, or else the first
}

// consoleRemarks returns the first specific console message of each exchange or, if
// there is none, its first message. owner returns the exchange that a message is about;
// it is called for every message, in order.
func consoleRemarks(lines []driver.Line, owner func(driver.Line) string) map[string]remark {
	remarks := make(map[string]remark)
	for _, l := range lines {
		id := owner(l)
		if id == "" || !recordable(l) {
			continue
		}
		r, seen := remarks[id]
		if !seen || generic(r.console) && !generic(l.Text) {
			r.console = l.Text
			remarks[id] = r
		}
	}
	return remarks
}

// recordable leaves out messages of scripts, messages about dropped headers, and
// messages that name the page, because exchanges don't state its address.
func recordable(l driver.Line) bool {
	return l.Source != "console" &&
		!strings.HasPrefix(l.Text, "Refused to set unsafe header") && !strings.Contains(l.Text, "/-/")
}
