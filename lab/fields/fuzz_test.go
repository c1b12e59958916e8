package fields_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/fields"
)

// FuzzLocation: an accepted value leads to an origin on the list, and two URL parsers,
// the judge's and net/url, read the same origin.
func FuzzLocation(f *testing.F) {
	for _, test := range locationCases(f) {
		f.Add(test.value)
	}
	base, err := url.Parse(lab().Base)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if fields.Check("Location", value, lab()) != "" {
			return
		}
		judged, ok := cors.Resolve(value, lab().Base)
		parsed, err := base.Parse(value)
		if !ok || err != nil {
			t.Fatalf("%q passes, and is not a URL: %t, %v", value, ok, err)
		}
		if parsed.Scheme == "app" && judged.Scheme == "app" {
			return
		}
		host := strings.TrimSuffix(parsed.Host, map[string]string{"http": ":80", "https": ":443"}[parsed.Scheme])
		if origin := parsed.Scheme + "://" + host; origin != judged.Origin {
			t.Errorf("%q leads to %s, or to %s", value, judged.Origin, origin)
		}
		name := parsed.Hostname()
		if !slices.Contains(lab().Origins, judged.Origin) && !strings.HasSuffix(name, ".invalid") {
			t.Errorf("%q leads to %s", value, judged.Origin)
		}
		if fields.CheckValue(value) != "" {
			t.Errorf("%q passes, and no header can carry it", value)
		}
	})
}

// FuzzLocation_joined: if a browser joins two Location lines, the first one still
// decides where it goes.
func FuzzLocation_joined(f *testing.F) {
	for _, test := range locationCases(f) {
		f.Add("http://localhost:8080", test.value)
		f.Add(test.value, "x@evil.example/")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		if fields.Check("Location", first, lab()) != "" || fields.Check("Location", second, lab()) != "" {
			return
		}
		want, _ := cors.Resolve(first, lab().Base)
		for _, separator := range []string{",", ", "} {
			joined := fields.Ended(first) + separator + fields.Ended(second)
			if got, ok := cors.Resolve(joined, lab().Base); ok && got.Origin != want.Origin {
				t.Errorf("%q leads to %s, the first line of it to %s", joined, got.Origin, want.Origin)
			}
		}
	})
}

// FuzzCookie: however a cookie is spelled, a reader that splits at semicolons finds
// exactly one path, below the folder, and nothing else changes.
func FuzzCookie(f *testing.F) {
	for _, line := range lines(f, "cookies.txt") {
		value, _, _ := strings.Cut(line, " -> ")
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		got := fields.ParseCookie(value).Under("/s")
		paths := 0
		for i, part := range strings.Split(got, ";") {
			key, path, _ := strings.Cut(part, "=")
			if i == 0 || !strings.EqualFold(strings.Trim(key, " \t"), "path") {
				continue
			}
			if paths++; !strings.HasPrefix(path, "/s/") {
				t.Errorf("%q becomes %q", value, got)
			}
		}
		if paths != 1 {
			t.Errorf("%q becomes %q, with %d paths", value, got, paths)
		}
		before, after := fields.ParseCookie(value), fields.ParseCookie(got)
		if before.Name != after.Name || before.Domain != after.Domain || after.Path != "/s"+before.Path {
			t.Errorf("%q becomes %q, another cookie", value, got)
		}
	})
}
