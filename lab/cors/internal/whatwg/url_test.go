package whatwg_test

import (
	"testing"

	"corslab/lab/cors/internal/whatwg"
)

// TestParse checks what matters to CORS: origin, credentials, and the URL that a
// relative reference leads to.
func TestParse(t *testing.T) {
	for input, want := range map[string]struct{ url, origin string }{
		"HTTP://LOCALHOST:80/a/../b":    {"http://localhost/b", "http://localhost"},
		"//other:81/":                   {"http://other:81/", "http://other:81"},
		`\\other\a`:                     {"http://other/a", "http://other"},
		"c?d#e":                         {"http://page:8080/a/c?d#e", "http://page:8080"},
		"?q":                            {"http://page:8080/a/b?q", "http://page:8080"},
		"http://u:p@host/":              {"http://u:p@host/", "http://host"},
		"http://0x7f.1/":                {"http://127.0.0.1/", "http://127.0.0.1"},
		"http://[::ffff:1.2.3.4]/":      {"http://[::ffff:102:304]/", "http://[::ffff:102:304]"},
		"blob:http://page:8080/1-2":     {"blob:http://page:8080/1-2", "http://page:8080"},
		"data:,x":                       {"data:,x", "null"},
		"http://host/%2e%2E/x y'?'":     {"http://host/x%20y'?%27", "http://host"},
		"http://host:99999/":            {},
		"http://ho st/":                 {},
		"http://1.2.3.4.5/":             {},
		"http:///triple/slash":          {"http://triple/slash", "http://triple"},
		"http://host/\tnew\nline":       {"http://host/newline", "http://host"},
		"  http://host/surrounded  ":    {"http://host/surrounded", "http://host"},
		"http://xn--0/percent%41/%2541": {"http://xn--0/percent%41/%2541", "http://xn--0"},
	} {
		base, _ := whatwg.Parse("http://page:8080/a/b?c", whatwg.URL{})
		url, ok := whatwg.Parse(input, base)
		if ok != (want.url != "") {
			t.Errorf("Parse(%q) = %v, %t", input, url, ok)
		} else if ok && (url.WithFragment() != want.url || url.Origin() != want.origin) {
			t.Errorf("Parse(%q) = %q of %q, want %q of %q", input, url.WithFragment(), url.Origin(), want.url, want.origin)
		}
	}
}

// TestSameSite compares registrable domains. Addresses are compared as a whole.
func TestSameSite(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"http://a.example/", "https://b.a.example:1/"}: true,
		{"http://a.example/", "http://b.example/"}:      false,
		{"http://localhost/", "http://localhost:1/"}:    true,
		{"http://10.0.0.1/", "http://20.0.0.1/"}:        false,
	} {
		a, _ := whatwg.Parse(pair[0], whatwg.URL{})
		b, _ := whatwg.Parse(pair[1], whatwg.URL{})
		if got := a.SameSite(b); got != want {
			t.Errorf("%s SameSite(%s) = %t, want %t", pair[0], pair[1], got, want)
		}
	}
}
