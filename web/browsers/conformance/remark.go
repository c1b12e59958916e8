package conformance

import (
	"strings"

	"corslab/web/browsers/driver"
)

// remark is what a browser tells about an exchange, but not its script.
type remark struct {
	err, parameter *string // Chromium only
	console        string  // first specific line, else the first
}

// consoleRemarks returns, for each exchange, its first line that is specific,
// or the first one. owner says which exchange a line is about; it is called with
// every line, in order.
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

// recordable leaves out the lines of scripts, those about headers that are
// dropped, and those that name the page, whose address no exchange states.
func recordable(l driver.Line) bool {
	return l.Source != "console" &&
		!strings.HasPrefix(l.Text, "Refused to set unsafe header") && !strings.Contains(l.Text, "/-/")
}
