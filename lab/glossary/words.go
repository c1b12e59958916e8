package glossary

import (
	"strings"
	"unicode"

	"corslab/lab/origin"
)

// word is a word of a text in lowercase, with its position. Punctuation and quotes only
// separate words.
type word struct {
	text       string
	start, end int
	inURL      bool
}

// wordsOf splits a text into words. A word can contain hyphens and underscores, so a
// header's name is one word.
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

// appendWords splits the text between two spaces.
func appendWords(words []word, chunk string, offset int) []word {
	inURL := origin.HasURL(chunk)
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
