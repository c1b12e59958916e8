package whatwg_test

import (
	"bytes"
	"testing"

	"corslab/lab/cors/internal/whatwg"
)

func TestIsomorphic(t *testing.T) {
	for text, encoded := range map[string]string{
		"":        "",
		"a, b":    "a, b",
		"é\u00ff": "\xe9\xff",
		"Ã©":      "\xc3\xa9", // the bytes of é in UTF-8
	} {
		if got := whatwg.IsomorphicEncode(text); !bytes.Equal(got, []byte(encoded)) {
			t.Errorf("IsomorphicEncode(%q) = %q, want %q", text, got, encoded)
		}
		if got := whatwg.IsomorphicDecode([]byte(encoded)); got != text {
			t.Errorf("IsomorphicDecode(%q) = %q, want %q", encoded, got, text)
		}
	}
}
