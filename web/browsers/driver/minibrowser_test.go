package driver

import "testing"

func TestParseLine(t *testing.T) {
	for text, want := range map[string]Line{
		"CONSOLE JS ERROR TypeError: null":                                   {"js", "error", "TypeError: null", ""},
		"CONSOLE SECURITY ERROR Header X has an invalid value: a, b":         {"security", "error", "Header X has an invalid value: a, b", ""},
		"http://localhost:8080/-/play.js:65:14: CONSOLE LOG exchange a":      {"console", "log", "exchange a", "http://localhost:8080/-/play.js"},
		"http://localhost:8000/a: CONSOLE NETWORK ERROR Failed to load: 404": {"network", "error", "Failed to load: 404", "http://localhost:8000/a"},
		"CONSOLE LOG":                    {"console", "log", "", ""},
		"CONSOLE LOG a: CONSOLE ERROR b": {"console", "log", "a: CONSOLE ERROR b", ""},
	} {
		if got, ok := parseLine(text); !ok || got != want {
			t.Errorf("parseLine(%q) = %+v, %v, want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "CONSOLE", "CONSOLE ", "CONSOLE a b c", "a warning: CONSOLE LOG b", "libEGL warning: no screen"} {
		if got, ok := parseLine(text); ok {
			t.Errorf("parseLine(%q) = %+v, want none", text, got)
		}
	}
}
