package phrase

import "unicode/utf8"

// FirstRunes returns the first n characters of a text, or the whole of a shorter one.
func FirstRunes(text string, n int) string {
	for at := range text {
		if n--; n < 0 {
			return text[:at]
		}
	}
	return text
}

// FirstBytes returns at most the first n bytes of a text. It cuts between characters.
func FirstBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
