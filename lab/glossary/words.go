package glossary

import (
	"strings"
	"unicode"
)

// word is a word of a text, in lower case, and where it is. Punctuation
// and quotes, whatever their kind, are between words and of no account.
type word struct {
	text       string
	start, end int
	inURL      bool
}

// wordsOf cuts a text into words. A word may have hyphens and underscores
// within: the name of a header is one word.
func wordsOf(text string) []word {
	var words []word
	for start := 0; start < len(text); {
		chunk := text[start:]
		if space := strings.IndexFunc(chunk, unicode.IsSpace); space >= 0 {
			chunk = chunk[:space]
		}
		words = appendWords(words, chunk, start)
		start += len(chunk)
		if start < len(text) {
			start += spaceLength(text[start:])
		}
	}
	return words
}

func spaceLength(text string) int {
	return len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
}

// appendWords cuts up what is between two spaces.
func appendWords(words []word, chunk string, offset int) []word {
	inURL := strings.Contains(chunk, "://")
	for start := 0; start < len(chunk); {
		rest := chunk[start:]
		length := strings.IndexFunc(rest, func(r rune) bool { return !isWordRune(r) })
		if length < 0 {
			length = len(rest)
		}
		if text := strings.Trim(rest[:length], "-"); text != "" {
			at := offset + start + strings.Index(rest, text)
			words = append(words, word{strings.ToLower(text), at, at + len(text), inURL})
		}
		start += length
		start += len(chunk[start:]) - len(strings.TrimLeftFunc(chunk[start:], func(r rune) bool { return !isWordRune(r) }))
	}
	return words
}

func isWordRune(r rune) bool {
	return r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
