package origin_test

import (
	"testing"

	"corslab/lab/origin"
)

func TestSplit(t *testing.T) {
	for url, want := range map[string][3]string{
		"http://localhost:8000/messages?a=b#c": {"http", "localhost:8000", "/messages?a=b#c"},
		"HTTP://LAB.example:80/":               {"HTTP", "LAB.example:80", "/"},
		"https://[::1]?a=/b":                   {"https", "[::1]", "?a=/b"},
		"https://lab.example#/":                {"https", "lab.example", "#/"},
		"http://user@localhost":                {"http", "user@localhost", ""},
		"/a?b=http://localhost":                {"", "", "/a?b=http://localhost"},
		"localhost:8000":                       {"", "", "localhost:8000"},
		"null":                                 {"", "", "null"},
		"":                                     {"", "", ""},
	} {
		scheme, host, rest := origin.Split(url)
		if got := [3]string{scheme, host, rest}; got != want {
			t.Errorf("Split(%q) = %q, want %q", url, got, want)
		}
		if got := origin.Join(scheme, host, rest); scheme != "" && got != url {
			t.Errorf("Join(%q, %q, %q) = %q, want %q", scheme, host, rest, got, url)
		}
	}
}

func TestOrigin_URL(t *testing.T) {
	if got, want := origin.HTTP("LAB.example", "80").URL("/messages?a"), "http://lab.example/messages?a"; got != want {
		t.Errorf("URL() = %q, want %q", got, want)
	}
}
