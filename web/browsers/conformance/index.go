package conformance

import "strings"

// index finds the exchange that a text is about. Every URL contains its exchange's id.
type index map[string]*scene

// owner returns the first id in the texts, or "".
func (ids index) owner(texts ...string) string {
	for _, text := range texts {
		for w := range strings.FieldsFuncSeq(text, betweenWords) {
			if _, known := ids[w]; known {
				return w
			}
		}
	}
	return ""
}

// isWord reports whether a text can be an id.
func isWord(text string) bool { return text != "" && !strings.ContainsFunc(text, betweenWords) }

// betweenWords accepts characters that can't be part of an id.
func betweenWords(r rune) bool {
	return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}
