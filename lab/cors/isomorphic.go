package cors

import "corslab/lab/cors/internal/whatwg"

// IsomorphicEncode returns the bytes that a string of an [Exchange] stands for: each
// code point, at most U+00FF, is one byte.
func IsomorphicEncode(text string) []byte { return whatwg.IsomorphicEncode(text) }

// IsomorphicDecode returns the string that stands for the bytes in an [Exchange].
func IsomorphicDecode(encoded []byte) string { return whatwg.IsomorphicDecode(encoded) }
