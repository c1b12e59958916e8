package fields_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"corslab/lab/fields"
)

// lines returns the lines of a file of cases, without comments.
func lines(t testing.TB, file string) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && line[0] != '#' {
			cases = append(cases, line)
		}
	}
	return cases
}

// locationCase is a line of location.txt.
type locationCase struct {
	value  string
	reason string // "" if it is sent
}

func locationCases(t testing.TB) []locationCase {
	t.Helper()
	var cases []locationCase
	for _, line := range lines(t, "location.txt") {
		verdict, value, _ := strings.Cut(line, " >")
		value, closed := strings.CutSuffix(value, "<")
		unquoted, err := strconv.Unquote(`"` + strings.ReplaceAll(value, `"`, `\"`) + `"`)
		if !closed || err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		cases = append(cases, locationCase{unquoted, strings.TrimPrefix(strings.TrimPrefix(verdict, "ok"), "refused ")})
	}
	return cases
}

// TestCheck_location: however it is spelled, a redirect leads into the lab, into an
// app, or nowhere.
func TestCheck_location(t *testing.T) {
	cases := locationCases(t)
	if len(cases) < 150 {
		t.Fatalf("found %d cases", len(cases))
	}
	for _, test := range cases {
		got := fields.Check("Location", test.value, lab())
		switch {
		case test.reason == "" && got != "":
			t.Errorf("%q is refused: %s", test.value, got)
		case test.reason != "" && !strings.Contains(got, test.reason):
			t.Errorf("%q: %q, want a refusal because it is %s", test.value, got, test.reason)
		case got != "" && !strings.Contains(got, "want a path, {page} or {api}, an app: link, or a host name that ends in .invalid"):
			t.Errorf("%q: %q, want it to say what is allowed", test.value, got)
		}
	}
}

// TestCheck_confined checks the cases in testdata/values.txt.
func TestCheck_confined(t *testing.T) {
	for _, line := range lines(t, "values.txt") {
		verdict, field, _ := strings.Cut(line, " ")
		name, value, _ := strings.Cut(field, ":")
		got := fields.Check(name, strings.TrimPrefix(value, " "), lab())
		if (got == "") != (verdict == "ok") {
			t.Errorf("%s: Check() = %q", line, got)
		}
	}
}

// TestCookie_Under: however a cookie spells its path, it ends up with exactly one,
// below the session's folder.
func TestCookie_Under(t *testing.T) {
	cases := lines(t, "cookies.txt")
	for _, line := range cases {
		value, want, _ := strings.Cut(line, " -> ")
		if value == line {
			value, want, _ = strings.Cut(line, "-> ")
		}
		got := fields.ParseCookie(value).Under("/s")
		if got != want {
			t.Errorf("%q becomes %q, want %q", value, got, want)
		}
		if again := fields.ParseCookie(got); !strings.HasPrefix(again.Path, "/s/") {
			t.Errorf("%q becomes %q, of path %q", value, got, again.Path)
		}
	}
	if len(cases) < 30 {
		t.Errorf("found %d cases", len(cases))
	}
}

// TestCookie_Key: cookies that a browser stores separately have different keys.
func TestCookie_Key(t *testing.T) {
	same := []string{"a=1", "a=2; Path=/", "a=3; Domain=", " a =4; Path=x"}
	for _, value := range same {
		if got, want := fields.ParseCookie(value).Key(), fields.ParseCookie("a=1").Key(); got != want {
			t.Errorf("the key of %q is %q, want %q", value, got, want)
		}
	}
	for _, value := range []string{"b=1", "A=1", "a=1; Path=/b", "a=1; Domain=localhost", "a"} {
		if got := fields.ParseCookie(value).Key(); got == fields.ParseCookie("a=1").Key() {
			t.Errorf("%q has the key of a=1", value)
		}
	}
}

// TestCheckValue: all control characters except the tab are refused, and the message
// names them.
func TestCheckValue(t *testing.T) {
	names := map[rune]string{0: "NUL", '\n': "LF", '\v': "VT", '\f': "FF", '\r': "CR", 0x7F: "DEL", 1: "U+0001", 0x1F: "U+001F"}
	for r := range rune(0x100) {
		got := fields.CheckValue("a" + string(r) + "b")
		if control := r < ' ' && r != '\t' || r == 0x7F; control != (got != "") || !strings.Contains(got, names[r]) {
			t.Errorf("U+%04X: CheckValue() = %q", r, got)
		}
	}
	for _, value := range []string{"\u0100", "\xFF", "\uFFFD"} {
		if fields.CheckValue(value) == "" {
			t.Errorf("%q passes, want bytes only", value)
		}
	}
}
