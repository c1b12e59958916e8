package inert_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"corslab/lab/inert"
)

// harmless matches all JSON that the API sends. A text has only letters, digits, spaces
// and \uXXXX.
var harmless = regexp.MustCompile(`\A(?:[\[\]{}:,]|"(?:[A-Za-z0-9 ]|\\u[0-9A-F]{4})*"|[0-9]+)+\n\z`)

// TestJSON_allCharacters writes each code point, class by class, and bytes that aren't
// UTF-8.
func TestJSON_allCharacters(t *testing.T) {
	for first := rune(0); first <= unicode.MaxRune; first += 256 {
		var text strings.Builder
		for r := first; r < first+256; r++ {
			text.WriteRune(r)
		}
		checkText(t, text.String())
	}
	for b := range 256 {
		checkText(t, string([]byte{byte(b)}))
		checkText(t, string([]byte{0xE3, byte(b)}))
	}
}

// FuzzJSON looks for a text that does more than data should.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{"", `"}];alert(1)//`, "ぁ\"}];alert(1)//", "\x83\\", "\u2028", "</script>", "\x1b$B", "~{", "+ADw-", "\ufeff", "\U0001F600"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkText(t, text) })
}

// checkText writes a text in each kind of body.
func checkText(t *testing.T, text string) {
	t.Helper()
	whole := strings.ToValidUTF8(text, "\uFFFD")
	for what, body := range map[string]inert.Body{
		"an error": inert.Error(text),
		"an object": inert.JSON(inert.Object{
			{Name: "id", Value: inert.Number(1)},
			{Name: "error", Value: inert.Text(text)},
			{Name: "in", Value: inert.List{{{Name: text, Value: inert.Text(text)}}}},
		}),
	} {
		sent := body.String()
		if !harmless.MatchString(sent) {
			t.Errorf("%s with %.80q has other bytes than it may: %s", what, text, sent)
		}
		var read struct{ Error string }
		err := json.Unmarshal([]byte(sent), &read)
		if err != nil || strings.Count(text, "\uFFFD") == 0 && utf8.ValidString(text) && read.Error != whole {
			t.Errorf("%s with %.80q reads as %.80q (error %v), want the same text", what, text, read.Error, err)
		}
		if again, ok := inert.Read([]byte(sent)); !ok || again.String() != sent {
			t.Errorf("%s with %.80q is not read again: %s", what, text, sent)
		}
		checkPlain(t, sent, read.Error)
	}
}

// checkPlain checks that people see JSON with the same meaning.
func checkPlain(t *testing.T, sent, want string) {
	t.Helper()
	var read struct{ Error string }
	shown := inert.Plain(sent)
	if err := json.Unmarshal([]byte(shown), &read); err != nil || read.Error != want {
		t.Errorf("people see %s, which reads as %q (error %v); want %q", shown, read.Error, err, want)
	}
}

// TestRead: a proxy accepts only bodies of the API.
func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		bytes string
		want  bool
	}{
		"nothing":                      {"", true},
		"an object":                    {"{\"error\":\"no\"}\n", true},
		"a list":                       {"[{\"id\":0,\"text\":\"a\\u0022b\"}]\n", true},
		"a script of the same bytes":   {"new Foo", false},
		"an import of the same bytes":  {`import"x"`, false},
		"a block of the same bytes":    {"{new Foo}", false},
		"a truncated text":             {`{"error":"n`, false},
		"a text alone":                 {`"use strict"`, false},
		"an escape of one character":   {`["a\"b"]`, true},
		"JSON with another character":  {`{"error":"a-b"}`, false},
		"JSON with a byte above 0x7F":  {"{\"error\":\"\x83\"}", false},
		"two values":                   {"{}[]", false},
		"markup":                       {"<p>", false},
		"the signature of gzip":        {"\x1f\x8b", false},
		"a byte order mark and a list": {"\xef\xbb\xbf[]", false},
		"a list in UTF-16":             {"[\x00]\x00", false},
		"a list after a form feed":     {"\f[]", false},
		"a list after a line feed":     {"\n[]", false},
	} {
		t.Run(name, func(t *testing.T) {
			body, got := inert.Read([]byte(test.bytes))
			if got != test.want || got && body.String() != test.bytes {
				t.Errorf("Read(%q) = %q, %t, want %t", test.bytes, body, got, test.want)
			}
		})
	}
}

// TestPlain: a page shows what other servers would send.
func TestPlain(t *testing.T) {
	for body, want := range map[string]string{
		`Hello`:                          `Hello`,
		`Hello\u002C you\u003F`:          `Hello, you?`,
		`\u00E9\uD83D\uDE00`:             `é😀`,
		`\u0022\u005C\u000A\u000D\u0009`: `\"\\\n\r\t`,
		`\u0000\u2028\u202E`:             `\u0000\u2028\u202E`,
		`\uD83D`:                         `\uD83D`,
		`\uD83Dabcdef`:                   `\uD83Dabcdef`,
		`\uD83D\u0041`:                   `\uD83DA`,
		`\u005Cu0041`:                    `\\u0041`,
		`\\u0041`:                        `\\u0041`,
		`\u00`:                           `\u00`,
		`\u+041`:                         `\u+041`,
		`C:\users`:                       `C:\users`,
		`\u0041\`:                        `A\`,
	} {
		if got := inert.Plain(body); got != want {
			t.Errorf("Plain(%q) = %q, want %q", body, got, want)
		}
	}
}

// TestDecodable: a coding may be sent if it requires a signature.
func TestDecodable(t *testing.T) {
	for coding, want := range map[string]bool{
		"": false, "identity": false, "gzip": false, "GZIP": false, "x-gzip": false, "zstd": false, "utf-8": false, "gzip, gzip": false, "gzip,": false,
		"br": true, "deflate": true, "gzip, br": true, "br,gzip": true, "gzip\t, Deflate": true, "dcb": true, "compress": true, "new": true, "gzip;q=1": true, "gzip br": true,
	} {
		if got := inert.Decodable(coding); got != want {
			t.Errorf("Decodable(%q) = %t, want %t", coding, got, want)
		}
	}
}

// TestUTF16 checks every character that two bytes of a body can make. Except for white
// space, they mean something to JavaScript, CSS and HTML only as part of a name.
func TestUTF16(t *testing.T) {
	alphabet := []byte("{}[]:,\"\\\n ")
	for b := byte('0'); b <= 'z'; b++ {
		if b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' {
			alphabet = append(alphabet, b)
		}
	}
	var spaces []rune
	for _, high := range alphabet {
		for _, low := range alphabet {
			r := rune(high)<<8 | rune(low)
			switch {
			case r < 0x0A0A || r > 0x7D7D:
				t.Errorf("%q and %q make %U", high, low, r)
			case unicode.Is(unicode.Zs, r):
				spaces = append(spaces, r)
			case r == '\u2028' || r == '\u2029' || r == '\u200C' || r == '\u200D' || r == '\u3000' || r == '\uFEFF':
				t.Errorf("%q and %q make %U, which scripts treat in a way of its own", high, low, r)
			}
		}
	}
	if want := []rune{'\u200A'}; !slices.Equal(spaces, want) {
		t.Errorf("the white space among them is %U, want %U", spaces, want)
	}
}

func BenchmarkJSON(b *testing.B) {
	for b.Loop() {
		inert.JSON(inert.List{{{Name: "id", Value: inert.Number(0)}, {Name: "text", Value: inert.Text("Hello")}}, {{Name: "id", Value: inert.Number(1)}, {Name: "text", Value: inert.Text("Is anybody there?")}}})
	}
}
