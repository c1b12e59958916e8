package backend_test

import (
	"testing"

	"corslab/lab/backend"
)

func TestAddressOf(t *testing.T) {
	for url, want := range map[string]backend.Address{
		"http://a.example:1/session/7/messages/0?a=b/c": {"a.example:1", "session", 7, "/messages/0?a=b/c"},
		"https://a.example/session/7":                   {"a.example", "session", 7, "/"},
		"http://a.example/session/7?x":                  {"a.example", "session", 7, "/?x"},
		"http://a.example/session/messages":             {"a.example", "session", 0, "/messages"},
		"http://a.example/session?x/1":                  {"a.example", "session", 0, "/?x/1"},
		"http://a.example/session":                      {"a.example", "session", 0, "/"},
		"http://a.example/session/7//x":                 {"a.example", "session", 7, "//x"},
		"http://a.example/session/7/proxy/api/x":        {"a.example", "session", 7, "/proxy/api/x"},
		"http://a.example/proxy/session/7/api/x?y":      {"a.example", "session", 7, "/proxy/api/x?y"},
		"http://a.example":                              {Host: "a.example", Target: "/"},
		"":                                              {Target: "/"},
	} {
		if got := backend.AddressOf(url); got != want {
			t.Errorf("AddressOf(%q) = %+v, want %+v", url, got, want)
		}
	}
	if got, want := backend.AddressOf("http://a.example/session/7/x?y"), "a.example/x?y"; got.URL() != want || got.Path() != "/x" {
		t.Errorf("URL() = %q, Path() = %q, want %q and /x", got.URL(), got.Path(), want)
	}
}
