package cors

import "strings"

// IsForbiddenHeader reports whether every browser reserves that request header for
// itself and ignores a script that sets it.
func IsForbiddenHeader(name, value string) bool { return Standard.isForbiddenHeader(name, value) }

// isForbiddenHeader reports whether a header is a forbidden request-header. The browser
// reserves those for itself and ignores a script that sets them
// (#forbidden-request-header).
func (e Engine) isForbiddenHeader(name, value string) bool {
	name = strings.ToLower(name)
	switch name {
	// 1. The name is one of these, in any case.
	case "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
		"connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive",
		"origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via":
		return true
	// 3. The name is one of these, which servers take for the method,
	case "x-http-method", "x-http-method-override", "x-method-override":
		return e.namesForbiddenMethod(value)
	}
	// 2. The name begins with one of these.
	return strings.HasPrefix(name, "proxy-") || strings.HasPrefix(name, "sec-")
}

// namesForbiddenMethod is the rest of step 3.
func (e Engine) namesForbiddenMethod(value string) bool {
	// 3.1. and 3.2. and one of its values is a forbidden method.
	for _, method := range e.splitMethods(value) {
		if isForbiddenMethod(method) {
			return true
		}
	}
	return false
}

// splitMethods splits the value of X-HTTP-Method-Override or a similar header.
func (e Engine) splitMethods(value string) []string {
	if !e.differs(overrideQuotesIgnored) {
		return decodeAndSplit(value)
	}
	surrounding := whitespace
	if e.differs(overrideFormFeedsTrimmed) {
		surrounding += "\v\f"
	}
	values := strings.Split(value, ",")
	for i := range values {
		values[i] = strings.Trim(values[i], surrounding)
	}
	return values
}

// decodeAndSplit splits at commas outside quoted strings. The strings keep their quotes
// (#header-value-get-decode-and-split).
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

// isNoCORSSafelisted reports whether a no-cors request may have the header
// (#no-cors-safelisted-request-header).
func (e Engine) isNoCORSSafelisted(name, value string) bool {
	// 1. The name must be one of these.
	switch strings.ToLower(name) {
	case "accept", "accept-language", "content-language", "content-type":
		// 2. The header must be CORS-safelisted.
		return e.isSafelisted(name, value)
	}
	return false
}
