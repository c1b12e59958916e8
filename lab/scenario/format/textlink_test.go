package format_test

import (
	"testing"

	"corslab/lab/scenario/format"
)

// TestMayLink tries links to other programs on the learner's machine, in every spelling
// that a browser understands.
func TestMayLink(t *testing.T) {
	for address, want := range map[string]bool{
		"/scenarios/no-cors": true,
		"/errors?text=cors":  true,
		"/":                  true,
		"#hints":             true,
		"https://developer.mozilla.org/en-US/docs/CORS": true,
		"https://fetch.spec.whatwg.org":                 true,
		"https://fetch.spec.whatwg.org/?a=1&b=2#x":      true,
		"HTTP://example.com/":                           true,
		"":                                              false,
		"//localhost:9/":                                false,
		`/\localhost:9/`:                                false,
		`\\localhost:9/`:                                false,
		"/&#47;localhost:9/":                            false,
		"/\t/localhost:9/":                              false,
		"http://localhost:9/exec":                       false,
		"http://localhost/exec":                         false,
		"http://LOCALHOST:9/":                           false,
		"http://localhost.:9/":                          false,
		"http://a.localhost/":                           false,
		"http://a.localhost:9/":                         false,
		"http://printer.local/":                         false,
		"http://router.lan/":                            false,
		"http://127.0.0.1:9/":                           false,
		"http://127.1/":                                 false,
		"http://2130706433/":                            false,
		"http://0x7f.1/":                                false,
		"http://[::1]:9/":                               false,
		"http://[::1]/":                                 false,
		"http://router/":                                false,
		"http://example.com:9/":                         false,
		"http://example.com@localhost:9/":               false,
		`http://example.com\@localhost:9/`:              false,
		"http:localhost:9":                              false,
		"http:///localhost:9/":                          false,
		"http://localhost%2eexample.com/":               false,
		"http://ｌocalhost/":                             false,
		"ftp://example.com/":                            false,
		"javascript:alert(1)":                           false,
		"vscode://file/etc/passwd":                      false,
		"mailto:a@example.com":                          false,
		"scenarios/no-cors":                             false,
	} {
		if got := format.MayLink(address); got != want {
			t.Errorf("MayLink(%q) = %t, want %t", address, got, want)
		}
	}
}
