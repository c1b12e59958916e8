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
	for host, want := range map[string]string{"localhost:8080": "http://localhost:8080", "LAB.example": "http://lab.example", "[::1]:1": "http://[::1]:1", "": "", "a/b": ""} {
		if got := origin.At("http", host).String(); got != want {
			t.Errorf("At(%q) = %q, want %q", host, got, want)
		}
	}
}
