package whatwg

import "unicode/utf8"

// IsomorphicEncode returns the bytes of a string: each code point, at most U+00FF,
// becomes one byte (Infra, #isomorphic-encode).
func IsomorphicEncode(text string) []byte {
	encoded := make([]byte, 0, len(text))
	for _, r := range text {
		encoded = append(encoded, byte(r))
	}
	return encoded
}

// IsomorphicDecode returns the string for some bytes: each byte becomes a code point
// (Infra, #isomorphic-decode).
func IsomorphicDecode(encoded []byte) string {
	text := make([]byte, 0, len(encoded))
	for _, b := range encoded {
		text = utf8.AppendRune(text, rune(b))
	}
	return string(text)
}
