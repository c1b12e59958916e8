package inert

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

// escaped is the length of \uXXXX.
const escaped = 6

// Plain makes a body readable: it returns the JSON that other servers would send, with
// \uXXXX only where JSON needs it. It is for display, never for the wire. It also
// replaces escapes that this package didn't write. A page must escape the result like
// any other text.
func Plain(body string) string {
	if !strings.Contains(body, `\u`) {
		return body
	}
	var shown strings.Builder
	for body != "" {
		at := strings.IndexByte(body, '\\')
		if at < 0 {
			break
		}
		shown.WriteString(body[:at])
		body = body[at:]
		character, size := unescape(body)
		shown.WriteString(character)
		body = body[size:]
	}
	return shown.String() + body
}

// unescape reads the escape at the start of a text. It returns the text to show
// instead, and the length of the escape.
func unescape(text string) (character string, size int) {
	unit, ok := codeUnit(text)
	if !ok {
		size = min(2, len(text)) // keep another escape of JSON, such as \\, whole
		return text[:size], size
	}
	r, size := unit, escaped
	if utf16.IsSurrogate(unit) {
		low, ok := codeUnit(text[escaped:])
		if r = utf16.DecodeRune(unit, low); !ok || r == unicode.ReplacementChar {
			return text[:escaped], escaped
		}
		size = 2 * escaped
	}
	return spelled(r, text[:size]), size
}

// codeUnit reads \uXXXX.
func codeUnit(text string) (rune, bool) {
	if len(text) < escaped || text[:2] != `\u` {
		return 0, false
	}
	unit, err := strconv.ParseUint(text[2:escaped], 16, 16)
	return rune(unit), err == nil
}

// spelled is the usual form of a character in JSON.
func spelled(r rune, escape string) string {
	switch {
	case r == '"' || r == '\\':
		return `\` + string(r)
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case unicode.IsPrint(r):
		return string(r)
	}
	return escape
}
