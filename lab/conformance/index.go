package conformance

import "regexp"

// index finds the exchange that a text is about: ids stand in every URL.
type index map[string]*scene

var word = regexp.MustCompile(`[A-Za-z0-9_]+`)

// owner returns the first id in the texts, or "".
func (ids index) owner(texts ...string) string {
	for _, text := range texts {
		for _, w := range word.FindAllString(text, -1) {
			if _, known := ids[w]; known {
				return w
			}
		}
	}
	return ""
}
