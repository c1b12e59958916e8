package fields

import (
	"fmt"
	"unicode/utf8"
)

// CheckValue says which character of a value isn't allowed in a field, or returns "".
// Each code point is one byte. The tab is the only control character that a value can
// contain (https://httpwg.org/specs/rfc9110.html#rfc.section.5.5). Servers and clients
// refuse the whole message if it contains another one.
func CheckValue(value string) string {
	for _, r := range value {
		switch {
		case r == utf8.RuneError || r > 0xFF:
			return fmt.Sprintf("the value holds %q, but a header carries bytes: nothing above U+00FF", r)
		case r < ' ' && r != '\t' || r == 0x7F:
			return fmt.Sprintf("the value holds %s, which no header can carry", control(r))
		}
	}
	return ""
}

// control names a control character.
func control(r rune) string {
	switch r {
	case 0:
		return "a NUL"
	case '\n':
		return "a line feed (LF)"
	case '\v':
		return "a vertical tab (VT)"
	case '\f':
		return "a form feed (FF)"
	case '\r':
		return "a carriage return (CR)"
	case 0x7F:
		return "a delete character (DEL)"
	}
	return fmt.Sprintf("the control character U+%04X", r)
}
