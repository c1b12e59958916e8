package origin_test

import (
	"testing"

	"corslab/lab/origin"
)

func TestOrigin(t *testing.T) {
	for text, want := range map[string]origin.Origin{
		"http://localhost:8080":     {Scheme: "http", Host: "localhost", Port: "8080"},
		"http://lab.example":        {Scheme: "http", Host: "lab.example"},
		"https://lab.example":       {Scheme: "https", Host: "lab.example"},
		"https://lab.example:80":    {Scheme: "https", Host: "lab.example", Port: "80"},
		"http://[::1]:8080":         {Scheme: "http", Host: "::1", Port: "8080"},
		"https://[::1]":             {Scheme: "https", Host: "::1"},
		"chrome-extension://abcdef": {Scheme: "chrome-extension", Host: "abcdef"},
	} {
		got, err := origin.Parse(text)
		if got != want || err != nil {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", text, got, err, want)
		}
		if got.String() != text {
			t.Errorf("String() of %+v = %q, want %q", got, got.String(), text)
		}
	}
	for _, bad := range []string{
		"", "null", "localhost", "localhost:8080", "http://", "http://localhost/", "http://localhost:80", "https://a:443",
		"HTTP://localhost", "http://Localhost", "http://user@localhost", "http://localhost?", "http://localhost#", "http://localhost:", "http://bücher.example", "http://a:080", "http://a:99999", "http://[::0001]", "ws://a:80", " http://a", "http://a b",
	} {
		if got, err := origin.Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", bad, got)
		}
	}
}

func TestAt(t *testing.T) {
	for host, want := range map[string]string{"localhost:8080": "http://localhost:8080", "LAB.example": "http://lab.example", "[::1]:1": "http://[::1]:1", "localhost:80": "http://localhost", "": "", "a/b": ""} {
		if got := origin.At("http", host).String(); got != want {
			t.Errorf("At(%q) = %q, want %q", host, got, want)
		}
	}
}

// TestOrigin_WithScheme: a port that is the new scheme's default isn't written.
func TestOrigin_WithScheme(t *testing.T) {
	for _, test := range []struct{ from, scheme, want string }{
		{"http://localhost:8080", "ws", "ws://localhost:8080"},
		{"http://localhost", "https", "https://localhost"},
		{"http://localhost:443", "https", "https://localhost"},
		{"http://[::1]:443", "wss", "wss://[::1]"},
	} {
		from, err := origin.Parse(test.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := from.WithScheme(test.scheme).String(); got != test.want {
			t.Errorf("%s with %s = %q, want %q", test.from, test.scheme, got, test.want)
		}
	}
}
