package whatwg

import "strings"

// IsDigits reports whether a string has only ASCII digits (Infra, #ascii-digit). The
// empty string counts.
func IsDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// IsAlphanumeric reports whether a character is an ASCII digit or letter (Infra,
// #ascii-alphanumeric).
func IsAlphanumeric(b byte) bool {
	return '0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z'
}
