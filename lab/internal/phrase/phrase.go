// Package phrase has the building blocks of messages about bad input: what was found,
// in a short and printable form, and what was wanted.
package phrase

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Brief quotes a text, cut to fit into a line.
func Brief(text string) string {
	if short := FirstRunes(text, 60); len(short) < len(text) {
		return strconv.Quote(short) + "…"
	}
	return strconv.Quote(text)
}

// OneOf lists words: "a, b or c".
func OneOf[T ~string](words []T) string {
	plain := Words(words)
	if len(plain) < 2 {
		return strings.Join(plain, "")
	}
	last := len(plain) - 1
	return strings.Join(plain[:last], ", ") + " or " + plain[last]
}

// Words returns words of a type as plain strings.
func Words[T ~string](typed []T) []string {
	plain := make([]string, len(typed))
	for i, word := range typed {
		plain[i] = string(word)
	}
	return plain
}

// Braced puts each name in braces.
func Braced(names []string) []string {
	braced := make([]string, len(names))
	for i, name := range names {
		braced[i] = "{" + name + "}"
	}
	return braced
}

// UnknownKey says that a mapping at a path has an unknown key, and which known one was
// probably meant.
func UnknownKey(path, found string, known []string) string {
	if near := Nearest(found, known); near != "" {
		return fmt.Sprintf("%s: unknown key %s; did you mean %q?", path, Brief(found), near)
	}
	return fmt.Sprintf("%s: unknown key %s; want %s", path, Brief(found), OneOf(known))
}

// Printable replaces invisible characters and those that change the direction of
// writing, so that a file can't manipulate someone's terminal.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// Unique returns the values without duplicates.
func Unique[T comparable](values ...T) []T {
	var unique []T
	for _, value := range values {
		if !slices.Contains(unique, value) {
			unique = append(unique, value)
		}
	}
	return unique
}
