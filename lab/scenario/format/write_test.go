package format_test

import (
	"strings"
	"testing"
	"unicode"

	"corslab/lab/cors"
	"corslab/lab/endpoint"
	"corslab/lab/fields"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestWrite checks that every scenario stays the same if it is written and read again, and
// that writing it again gives the same file.
func TestWrite(t *testing.T) {
	for _, s := range scenariotest.Every(t, "../../..") {
		t.Run(s.ID, func(t *testing.T) { sameWritten(t, s) })
	}
}

// TestWrite_style checks that Write writes files the way a person would.
func TestWrite_style(t *testing.T) {
	for file, want := range map[string]string{
		"10-every-key.yaml": "every-key", "places-and-parts.yaml": "places-and-parts",
	} {
		s, err := format.Parse(file, scenariotest.Read(t, "testdata/ok/"+file))
		if err != nil {
			t.Fatal(err)
		}
		got := sameWritten(t, s)
		scenariotest.SameFile(t, "testdata/written/"+want+".yaml", got, *update)
	}
}

// sameWritten writes a scenario, reads it, and writes it again. It expects the same
// scenario and the same file.
func sameWritten(t *testing.T, s *scenario.Scenario) []byte {
	t.Helper()
	first, err := format.Write(s)
	if err != nil {
		t.Fatalf("Write() = %v, want a file", err)
	}
	got, err := format.Parse(s.File, first)
	if err != nil {
		t.Fatalf("Parse() of what was written gives problems: %v\n%s", err, first)
	}
	// An empty list of hints means the same as no list; other empty lists don't.
	hints := cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "Hints" }, cmpopts.EquateEmpty())
	if diff := cmp.Diff(s, got, hints); diff != "" {
		t.Errorf("the scenario differs after Write and Parse (-want +got):\n%s\n%s", diff, first)
	}
	second, err := format.Write(got)
	if diff := cmp.Diff(string(first), string(second)); diff != "" || err != nil {
		t.Errorf("writing the scenario again gives a different file (-first +second), error %v:\n%s", err, diff)
	}
	return first
}

// TestWrite_error checks that Write returns an error for a scenario that no file can have,
// instead of a file that Parse refuses later.
func TestWrite_error(t *testing.T) {
	tests := map[string]struct {
		change func(*scenario.Scenario)
		want   string
	}{
		"a mistake of the scenario": {func(s *scenario.Scenario) { s.Title = "" }, "minimal.yaml:2:8: title: found an empty text; want words"},
		"bytes that are no text":    {func(s *scenario.Scenario) { s.Script.Body = scenario.Body{Kind: "text", Text: "\xFF"} }, `write scenario: "\xff" holds bytes that are no UTF-8`},
		"too much":                  {func(s *scenario.Scenario) { s.Story = strings.Repeat("x", format.MaxFile) }, "larger than 262144 bytes"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := scenariotest.Minimal()
			test.change(s)
			if file, err := format.Write(s); file != nil || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Write() = %q, %v, want an error with %q", file, err, test.want)
			}
		})
	}
}

// FuzzWrite puts all sorts of texts into every part of a scenario and expects to read the
// same scenario back.
func FuzzWrite(f *testing.F) {
	for _, text := range awkward {
		f.Add(text, text, text)
		f.Add("X-Custom", text, "a\n"+text+"\nb\n")
	}
	f.Fuzz(func(t *testing.T, name, value, text string) {
		s := scenariotest.EveryKey()
		fill(s, headerName(name), headerValue(t, value), filled(text))
		sameWritten(t, s)
	})
}

// awkward are texts that some version of YAML reads as something else, or that end the
// construct they are in.
var awkward = []string{
	"", " ", "no", "On", "y", "null", "~", "true", "1e3", "0x10", "0o17", "1_000", "12:30:45", "2026-11-22", ".5", "+1", ".inf", "NaN", "<<", "=",
	"a: b", "a:", ": a", "a #b", "#", "- a", "-", "---", "...", "? a", "?", "*", "&a", "!a", "%a", "@a", "`a`", "|", ">", "|-", "[a]", "{a}", "{page}", "{key}",
	"{brace}", "{{page}}", "a, b", "a,", "'", "\"", "'a'", "\"a\"", "it's \"so\"", "\\", "\\n", "a\\", " a", "a ", "\ta", "a\tb", "a\nb", "a\n", "\na", "a\n\n", "  a\nb",
	"a \nb", "a\r\nb", "\x00", "\x1b", "\x7f", "\u0085", "\u00a0", "\u00ff", "\u2028", "\ufeff", "\uffff", "\U0001f512", "http://localhost:8080", "http://localhost:80801",
}

// fill puts the texts everywhere that a scenario can have them.
func fill(s *scenario.Scenario, name, value, text string) {
	line := filled(strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return -1 // not allowed in a line
		}
		return r
	}, text)))
	s.Title, s.Track, s.Story, s.Hints = line, line, text, []string{text, "b"}
	s.Needs = []string{text}
	s.Script.Method = name
	s.Script.URL = "{api}/messages?" + strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7F || r == '#' {
			return -1
		}
		return r
	}, text)
	s.Script.Body = scenario.Body{Kind: "form", Form: [][]string{{text, value}, {value, text}}}
	rows := []policy.Header{{Name: name, Value: value}, {Name: name, Value: value, Off: true}}
	for _, rule := range []policy.Rule{policy.Allowlist, policy.Suffix} {
		rows = append(rows, policy.Header{Name: name, Value: filled(value), Rule: rule}, policy.Header{Name: name, Value: filled(value), Rule: rule, Off: true})
	}
	s.Script.Headers, s.Policy.Preflight.Headers, s.Policy.Response.Headers = rows[:2], rows[1:3], rows
	attack := s.Script
	attack.Body = scenario.Body{Kind: "text", Text: text}
	s.Others = []scenario.Sender{{Role: scenario.Attack, Script: attack}}
	s.Policy.Front = &policy.Front{Headers: rows}
	s.Policy.Account, s.Policy.Cache, s.Script.Via = &policy.Account{SameSite: policy.SameSiteLax, Token: true}, policy.CacheOff, endpoint.CORS
	s.Expect.Errors = map[cors.Engine]string{cors.Chromium: text, cors.WebKit: value}
	s.Goal = append(s.Goal, scenario.Fact{Shows: []string{name}, Because: line}, scenario.Fact{Cookies: []string{text, "b"}}, scenario.Fact{Balance: new(0)})
	s.Solutions[0].Script.Via, s.Solutions[0].Policy.Cache = endpoint.SameOrigin, policy.CacheVary
	s.Solutions[0].Policy.Account = policy.AccountChange{SameSite: policy.SameSiteNone, Token: new(false)}
	s.Solutions[0].Policy.Response.Headers = rows
	s.Wrong[0].Because = text
}

// filled returns a text that isn't blank.
func filled(text string) string {
	if text = strings.ToValidUTF8(text, "?"); strings.TrimSpace(text) == "" {
		return "x"
	}
	return text
}

// headerName keeps the characters that a header's name can have.
func headerName(text string) string {
	name := strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("!#$%&'*+-.^_`|~", r)) {
			return r
		}
		return -1
	}, text)
	name = filled(name[:min(len(name), policy.MaxHeaderName-2)])
	if fields.Lookup(name).Verdict != fields.Sent { // a file can't set this header to every value
		return "X-" + name
	}
	return name
}

// headerValue keeps the characters that a header's value can have, and escapes braces the
// way a file needs them.
func headerValue(t testing.TB, text string) string {
	value := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7F || r > 0xFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	return scenariotest.Origins(t).Collapse(strings.ToValidUTF8(value[:min(len(value), 500)], ""))
}
