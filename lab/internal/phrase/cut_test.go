package phrase_test

import (
	"testing"

	"corslab/lab/internal/phrase"
)

// TestFirst cuts by characters and by bytes, never within a character.
func TestFirst(t *testing.T) {
	for _, test := range []struct {
		text         string
		n            int
		runes, bytes string
	}{
		{"", 0, "", ""},
		{"abc", 0, "", ""},
		{"abc", 2, "ab", "ab"},
		{"abc", 3, "abc", "abc"},
		{"abc", 4, "abc", "abc"},
		{"äöü", 2, "äö", "ä"},
		{"äöü", 3, "äöü", "ä"},
		{"a€", 2, "a€", "a"},
		{"\xff\xfe", 1, "\xff", "\xff"},
	} {
		if got := phrase.FirstRunes(test.text, test.n); got != test.runes {
			t.Errorf("FirstRunes(%q, %d) = %q, want %q", test.text, test.n, got, test.runes)
		}
		if got := phrase.FirstBytes(test.text, test.n); got != test.bytes {
			t.Errorf("FirstBytes(%q, %d) = %q, want %q", test.text, test.n, got, test.bytes)
		}
	}
}
