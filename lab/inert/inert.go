// Package inert makes the bodies that the API origin sends. A learner, a link or a
// scenario file chooses most of a response: its content type, its character encoding,
// and the texts in it. So the bytes must do nothing, however a browser interprets them.
// A [Body] is either a file embedded at build time, or JSON that this package wrote.
// Nothing else can become one.
//
// # What the bytes are
//
// The JSON is one object or one list. All names and texts in it consist of ASCII
// letters, digits and spaces; every other character is written as \uXXXX, as a
// surrogate pair above U+FFFF. Outside texts there are only { } [ ] : , and
// digits, and one line feed at the end. Two facts follow. The rest of this
// comment relies on these alone:
//
//   - No byte is above 0x7D, no byte except that line feed is a control character,
//     and no byte is ! # $ % & ' ( ) * + - . / ; < = > ? @ ^ _ ` | or ~.
//   - The quotes are balanced: no text contains a quote, a line end, or a
//     backslash other than those of \uXXXX. So where bytes mean ASCII, everything
//     that a learner supplied is inside a string literal.
//
// The second fact matters as much as the first: import"x" and new X consist of
// the same bytes, and they do something.
//
// # Encodings
//
// A browser decodes with an encoding of the Encoding Standard
// (https://encoding.spec.whatwg.org). There are three kinds:
//
//   - Encodings in which bytes below 0x80 are ASCII: UTF-8, the single-byte
//     encodings, x-user-defined, and the multi-byte encodings GBK, gb18030, Big5,
//     EUC-JP, EUC-KR and Shift_JIS. A byte below 0x80 has another meaning only
//     after a lead byte, which is 0x81 or above. Without lead bytes, nothing
//     swallows a backslash or a quote, so the text stays the same JSON.
//     In Shift_JIS 0x5C is the backslash, not a yen sign.
//     ISO-2022-JP is of this kind until it reads ESC, which never occurs.
//   - The replacement encoding, which the labels of HZ, ISO-2022-KR and
//     ISO-2022-CN select: the whole body becomes one U+FFFD. (HZ itself would
//     need ~.)
//   - UTF-16BE and UTF-16LE, where two bytes make one character. Both bytes are
//     between 0x0A and 0x7D, so the character is between U+0A0A and U+7D7D. The
//     punctuation of JavaScript, CSS, HTML and XML is ASCII, so it can't occur.
//     The result has letters, symbols that are errors everywhere, and one white
//     space, U+200A. A script of such characters is at most a list of identifiers
//     with strange names: it has no parenthesis or backtick for a call, no dot or
//     bracket for a property, no equals sign for an assignment, and no quote for
//     an import, and all keywords are ASCII. It has no line separators (U+2028,
//     U+2029) and no format characters that would join something. A test checks
//     all pairs.
//
// No browser decodes UTF-32, or UTF-7, which would need +. A byte order mark
// needs bytes above 0x7F, so a body can't choose its own encoding.
//
// Content-Encoding is different. It can turn these bytes into any others: the
// first byte of a body, { or [, begins a valid block of raw deflate, and letters
// and digits alone can be deflate or Brotli data. So only codings that require a
// signature, which no body has, may be sent; see [Decodable].
//
// # How a browser could interpret them
//
//   - A classic script: an object is a block whose first statement is a string
//     with a colon after it, which is a syntax error. A list is an array literal
//     of strings, numbers and such objects, which calls nothing. The same is true
//     of a module, a worker, a shared worker, a service worker, a worklet and
//     importScripts(), which run only scripts or modules.
//   - A JSON module, a manifest, speculation rules: data with the few fixed names
//     that the API uses. None of these names means anything there.
//   - A style sheet: a block without a selector, or an unclosed selector. In CSS
//     \u is an escaped u, so a text doesn't leave its string there either.
//   - HTML, SVG, XML or XSLT, in a frame, in a window, or through a form: an
//     element needs <, and a reference needs &. As HTML, a body is one piece of
//     text; as XML, it is an error.
//   - A type that a browser sniffs, with or without nosniff: the signatures of
//     HTML, XML, PDF, WebAssembly, fonts and media need <, %, a NUL or a byte above
//     0x7F. Signatures of letters (GIF8, RIFF, OggS, wOFF) come first in a file,
//     where a body has its bracket. JSON is text.
//   - A multipart response: its headers need several line ends, and a body has
//     one.
//   - javascript: in Location has nothing to do with bodies: browsers follow
//     redirects to HTTP and HTTPS only.
//
// So runners on the page's own origin can load the API's bodies as scripts, and
// the proxy can send them from that origin.
package inert

import (
	"bytes"
	"embed"
	"encoding/json"
	"io"
)

// Body is the body of a response. It does nothing in a browser, whatever the
// headers say. The zero value is the empty body.
type Body struct{ content []byte }

// File returns an embedded file as a body, and false if there is no such file. Embedded
// files are part of the lab's code and must not depend on a request.
func File(files embed.FS, name string) (Body, bool) {
	content, err := files.ReadFile(name)
	return Body{content}, err == nil
}

// Read returns a body that [JSON] wrote in this process or another, and false for
// anything else. A proxy uses it to pass on a body from a connection.
func Read(text []byte) (Body, bool) {
	if len(text) == 0 {
		return Body{}, true
	}
	for _, b := range text {
		if !allowed(b) {
			return Body{}, false
		}
	}
	if text[0] != '{' && text[0] != '[' || !json.Valid(text) {
		return Body{}, false
	}
	return Body{bytes.Clone(text)}, true
}

// allowed reports whether a byte can be in JSON that this package writes.
func allowed(b byte) bool {
	switch b {
	case '{', '}', '[', ']', ':', ',', '"', '\\', '\n':
		return true
	}
	return plain(rune(b))
}

// WriteTo sends the body.
func (b Body) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(b.content)
	return int64(n), err
}

// String returns the body as text.
func (b Body) String() string { return string(b.content) }

// Len returns the length of the body in bytes.
func (b Body) Len() int { return len(b.content) }
