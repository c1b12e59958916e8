package cors

import "strings"

// IsForbiddenHeader reports whether every browser keeps that header of a request
// for itself, and ignores a script that sets it.
func IsForbiddenHeader(name, value string) bool { return new(fetch).isForbiddenHeader(name, value) }

// isForbiddenHeader reports whether the browser keeps that header for itself:
// a script that sets it is ignored
// (https://fetch.spec.whatwg.org/#forbidden-request-header).
func (f *fetch) isForbiddenHeader(name, value string) bool {
	name = strings.ToLower(name)
	switch name {
	// Step 1: one of these names.
	case "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
		"connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive",
		"origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via":
		return true
	// Step 3: a forbidden method under a name that servers obey.
	case "x-http-method", "x-http-method-override", "x-method-override":
		return f.namesForbiddenMethod(value)
	}
	// Step 2: one of these beginnings.
	return strings.HasPrefix(name, "proxy-") || strings.HasPrefix(name, "sec-")
}

// namesForbiddenMethod is step 3 of forbidden request-header.
func (f *fetch) namesForbiddenMethod(value string) bool {
	split := f.engine.request.splitMethods
	if split == nil {
		split = decodeAndSplit
	}
	// Steps 3.1 and 3.2.
	for _, method := range split(value) {
		if isForbiddenMethod(method) {
			return true
		}
	}
	return false
}

// splitAtCommas is how Firefox splits: quotes do not count.
func splitAtCommas(value string) []string {
	values := strings.Split(value, ",")
	for i := range values {
		values[i] = strings.Trim(values[i], whitespace)
	}
	return values
}

// splitAndTrim is how WebKit splits: it also trims VT and FF.
func splitAndTrim(value string) []string {
	values := strings.Split(value, ",")
	for i := range values {
		values[i] = strings.Trim(values[i], whitespace+"\v\f")
	}
	return values
}

// decodeAndSplit splits at commas outside of quoted strings, which stay with
// their quotes
// (https://fetch.spec.whatwg.org/#header-value-get-decode-and-split).
func decodeAndSplit(value string) []string {
	var values []string
	start, quoted := 0, false
	for i := 0; i < len(value); i++ {
		switch {
		case quoted && value[i] == '\\':
			i++
		case value[i] == '"':
			quoted = !quoted
		case value[i] == ',' && !quoted:
			values = append(values, strings.Trim(value[start:i], whitespace))
			start = i + 1
		}
	}
	return append(values, strings.Trim(value[start:], whitespace))
}

// isNoCORSSafelisted reports whether a header may stay on a no-cors request
// (https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header).
func (f *fetch) isNoCORSSafelisted(name, value string) bool {
	// Step 1.
	switch strings.ToLower(name) {
	case "accept", "accept-language", "content-language", "content-type":
		// Step 2.
		return f.isSafelisted(name, value)
	}
	return false
}
