package inert

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Value is a value in JSON: a [Text], a [Number], an [Object] or a [List].
type Value interface {
	appendTo(json []byte) []byte
}

// Text is a string with any content. Bytes that aren't UTF-8 become U+FFFD.
type Text string

// Number is a count. It has no sign, because a body can't contain a minus.
type Number uint

// Field is one field of an object. Its name is a word of the API and never comes from a
// request, because names decide what JSON means as data.
type Field struct {
	Name  string
	Value Value
}

// Object is a JSON object with its fields in order.
type Object []Field

// List is a JSON array of objects.
type List []Object

// usual is the size up to which a body needs only one allocation.
const usual = 128

// JSON writes an object or a list, followed by a line feed.
func JSON[V Object | List](v V) Body {
	text := Value(v).appendTo(make([]byte, 0, usual))
	return Body{append(text, '\n')}
}

// Error is the body of a response that says what is wrong.
func Error(message string) Body { return JSON(Object{{"error", Text(message)}}) }

func (t Text) appendTo(json []byte) []byte {
	json = append(json, '"')
	rest := string(t)
	for {
		run := 0
		for run < len(rest) && plain(rune(rest[run])) {
			run++
		}
		json = append(json, rest[:run]...)
		if rest = rest[run:]; rest == "" {
			return append(json, '"')
		}
		r, size := utf8.DecodeRuneInString(rest)
		json, rest = appendEscape(json, r), rest[size:]
	}
}

func (n Number) appendTo(json []byte) []byte { return strconv.AppendUint(json, uint64(n), 10) }

func (o Object) appendTo(json []byte) []byte {
	json = append(json, '{')
	for i, field := range o {
		if i > 0 {
			json = append(json, ',')
		}
		json = append(Text(field.Name).appendTo(json), ':')
		json = field.Value.appendTo(json)
	}
	return append(json, '}')
}

func (l List) appendTo(json []byte) []byte {
	json = append(json, '[')
	for i, element := range l {
		if i > 0 {
			json = append(json, ',')
		}
		json = element.appendTo(json)
	}
	return append(json, ']')
}

// plain reports whether a character of a text needs no escape.
func plain(r rune) bool {
	return r == ' ' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// appendEscape writes a character as one UTF-16 code unit or as two.
func appendEscape(json []byte, r rune) []byte {
	if r > 0xFFFF {
		high, low := utf16.EncodeRune(r)
		return appendUnit(appendUnit(json, high), low)
	}
	return appendUnit(json, r)
}

// appendUnit writes one UTF-16 code unit as an escape.
func appendUnit(json []byte, unit rune) []byte {
	const digits = "0123456789ABCDEF"
	return append(json, '\\', 'u', digits[unit>>12&15], digits[unit>>8&15], digits[unit>>4&15], digits[unit&15])
}
