package cors

import (
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// isClientHint reports whether a header is a client hint with a valid value: the
// difference clientHintsSafelisted. The standard had such a list until 2021. The name
// is in lowercase.
func isClientHint(name, value string) bool {
	switch name {
	case "device-memory", "dpr", "downlink":
		whole, decimals, _ := strings.Cut(value, ".")
		return whole != "" && whatwg.IsDigits(whole) && whatwg.IsDigits(decimals) && !strings.HasSuffix(value, ".")
	case "rtt", "width", "viewport-width":
		return value != "" && whatwg.IsDigits(value)
	case "ect":
		return value == "slow-2g" || value == "2g" || value == "3g" || value == "4g"
	case "save-data":
		return strings.EqualFold(value, "on")
	}
	return false
}

// withoutClientHints returns the headers without the client hints that
// redirectDropsHints removes.
func (l HeaderList) withoutClientHints() HeaderList {
	return l.without("Device-Memory", "DPR", "Downlink", "RTT", "Width", "Viewport-Width", "ECT")
}
