package origin_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"corslab/lab/origin"

	"github.com/google/go-cmp/cmp"
)

func TestOrigins_Collapse(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"every origin": {
			"http://localhost:8080 http://127.0.0.1:8080 http://shop.app.localhost:8080 http://evil.app.localhost:8080 " +
				"http://shop.app.localhost.twin.localhost:8080 http://localhost:8000 http://127.0.0.1:8000 http://bank.app.localhost:8000",
			"{page} {other} {shop} {evil} {twin} {api} {api2} {bank}",
		},
		"with text after it":           {"http://localhost:8000/messages, http://localhost:8080*", "{api}/messages, {page}*"},
		"a host with its port":         {"https://localhost:8080 ada@localhost:8000", "https://{page.host} ada@{api.host}"},
		"the end of a host":            {".localhost:8080", ".{page.host}"},
		"at a sentence's end":          {"Allow http://localhost:8080. Not http://127.0.0.1:8080: never", "Allow {page}. Not {other}: never"},
		"in braces":                    {"{http://localhost:8080}", "{{page}}"},
		"another port":                 {"http://localhost:80800 http://localhost:3000", "http://localhost:80800 http://localhost:3000"},
		"another host":                 {"http://a.localhost:8080 http://localhost:8080.example", "http://a.localhost:8080 http://localhost:8080.example"},
		"a host without its port":      {"localhost http://shop.app.localhost", "localhost http://shop.app.localhost"},
		"a word in braces":             {"{id} {page} {page.host}", "{brace}id} {brace}page} {brace}page.host}"},
		"the word for a brace":         {"{brace}", "{brace}brace}"},
		"braces without a placeholder": {`{"a": {}} {Page} {`, `{"a": {}} {Page} {`},
		"the account's secrets":        {"Bearer {key}", "Bearer {key}"},
		"nothing":                      {"", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := defaults(t).Collapse(test.text); got != test.want {
				t.Errorf("Collapse(%q) = %q, want %q", test.text, got, test.want)
			}
			if got := defaults(t).Expand(test.want); got != test.text {
				t.Errorf("Expand(%q) = %q, want %q", test.want, got, test.text)
			}
		})
	}
}

func TestOrigins_Concretes(t *testing.T) {
	tests := map[string]struct {
		text string
		want []origin.Concrete
	}{
		"nothing":         {"{page} localhost http://localhost:3000 http://localhost:80801 http://*.app.localhost:8080", nil},
		"an origin":       {"http://localhost:8080", []origin.Concrete{{"http://localhost:8080", "{page}"}}},
		"a host":          {"https://localhost:8000/", []origin.Concrete{{"localhost:8000", "{api.host}"}}},
		"the longest one": {"http://shop.app.localhost.twin.localhost:8080", []origin.Concrete{{"http://shop.app.localhost.twin.localhost:8080", "{twin}"}}},
		"without duplicates": {
			"`http://localhost:8080` http://localhost:8000, http://localhost:8080.",
			[]origin.Concrete{{"http://localhost:8080", "{page}"}, {"http://localhost:8000", "{api}"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, defaults(t).Concretes(test.text)); diff != "" {
				t.Errorf("Concretes(%q) differ (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

// An origin on its scheme's default port is the beginning of all other origins on its
// host.
func TestOrigins_Collapse_port80(t *testing.T) {
	o, err := origin.New("lab.example:80", "lab.example:8000")
	if err != nil {
		t.Fatal(err)
	}
	text, want := "http://lab.example http://lab.example:8000 http://lab.example:81 Domain=lab.example", "{page} {api} http://lab.example:81 Domain=lab.example"
	if got := o.Collapse(text); got != want {
		t.Errorf("Collapse(%q) = %q, want %q", text, got, want)
	}
}

// TestOrigins_Collapse_inverse: whatever a text holds, Expand restores it, in every lab.
func TestOrigins_Collapse_inverse(t *testing.T) {
	pick := rand.New(rand.NewPCG(5, 6))
	for _, addrs := range [][2]string{{"localhost:8080", "localhost:8000"}, {"lab.example:80", "lab.example:8000"}, {"[::1]:80", "[::1]:8000"}, {"a:1", "a:2"}} {
		o, err := origin.New(addrs[0], addrs[1])
		if err != nil {
			t.Fatal(err)
		}
		pieces := []string{"{", "}", ".", ":", "/", ":8", "8", "0", "a", "-", "_", " ", "http://", "{brace}", "{id}", "{key}", ".host}", "page", "é", "\n", "\"", "localhost", "[::1]"}
		for _, name := range origin.Placeholders() {
			pieces = append(pieces, o.Of(name), o.Named(name).HostPort(), "{"+name+"}", "{"+name+".host}")
		}
		for range 20_000 {
			var text strings.Builder
			for range pick.IntN(8) {
				text.WriteString(pieces[pick.IntN(len(pieces))])
			}
			if got := o.Expand(o.Collapse(text.String())); got != text.String() {
				t.Fatalf("at %v: Expand(Collapse(%q)) = %q, want the same", addrs, text.String(), got)
			}
		}
	}
}

// TestOrigins_Collapse_partly: a set that lacks origins replaces those that it has.
func TestOrigins_Collapse_partly(t *testing.T) {
	o := origin.Set{Closed: origin.HTTP("127.0.0.1", "1")}
	if got, want := o.Collapse("a http://127.0.0.1:1/"), "a {closed}/"; got != want {
		t.Errorf("Collapse() = %q, want %q", got, want)
	}
}

func FuzzCollapse(f *testing.F) {
	for _, text := range []string{"{page}", "{page.host}", "{{page}}", "{id}{key}", "{brace}id}", "http://localhost:8080", "{http://127.0.0.1:8000}", "x.localhost:8000."} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := defaults(t).Expand(defaults(t).Collapse(text)); got != text {
			t.Errorf("Expand(Collapse(%q)) = %q, want the same", text, got)
		}
	})
}
