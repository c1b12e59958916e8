package cors

import (
	"strings"

	"corslab/lab/cors/internal/whatwg"
)

// normalizeMethod converts six methods to uppercase and leaves all others unchanged
// (#concept-method-normalize).
func normalizeMethod(method string) string {
	switch upper := strings.ToUpper(method); upper {
	case "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT":
		return upper
	}
	return method
}

// isForbiddenMethod reports whether scripts are not allowed to use the method
// (#forbidden-method).
func isForbiddenMethod(method string) bool {
	switch strings.ToUpper(method) {
	case "CONNECT", "TRACE", "TRACK":
		return true
	}
	return false
}

// isSafelistedMethod reports whether the method needs no preflight
// (#cors-safelisted-method).
func isSafelistedMethod(method string) bool {
	return method == "GET" || method == "HEAD" || method == "POST"
}

// isToken reports whether s is a token of RFC 9110, section 5.6.2. Methods and
// header names must be tokens.
func isToken(s string) bool {
	for i := range len(s) {
		if !isTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func isTokenByte(b byte) bool {
	return whatwg.IsAlphanumeric(b) || strings.IndexByte("!#$%&'*+-.^_`|~", b) >= 0
}
