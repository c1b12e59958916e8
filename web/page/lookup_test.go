package page_test

import (
	"net/url"
	"strings"
	"testing"

	"corslab/lab/glossary"
	"corslab/web/page"
)

func TestLookUp(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	query := func(text string) string { return "/errors?text=" + url.QueryEscape(text) }
	for name, test := range map[string]struct {
		request
		status int
		holds  string
		lacks  string
	}{
		"empty":             {request{path: "/errors"}, 200, `name="text"`, "finding"},
		"spaces":            {request{path: query(" \r\n ")}, 200, "Or try one of these", "Nothing like it"},
		"known":             {request{path: query("PreflightMissingAllowOriginHeader")}, 200, `href="/scenarios/options-not-routed"`, "a guess"},
		"guess":             {request{path: query("wildcard with credentials")}, 200, "This is a guess", "data-sure"},
		"unknown":           {request{path: query("lorem ipsum")}, 200, "Nothing like it is known", "data-cause"},
		"markup":            {request{path: query(`</textarea><script>alert(1)</script>`)}, 200, "&lt;/textarea&gt;&lt;script&gt;", "<script>"},
		"no UTF-8":          {request{path: "/errors?text=%ff%00"}, 200, "��", "\x00"},
		"long":              {request{path: query(strings.Repeat("x", glossary.MaxLookUp) + "END")}, 200, "only its beginning", "END"},
		"longer than a URL": {request{path: query(strings.Repeat("x", 2<<20))}, 431, "", "finding"},
		"not a query":       {request{path: "/errors?text=%zz;&%"}, 200, "Or try one of these", "finding"},
		"sent as a form":    {request{method: "POST", path: "/errors", body: "text=x"}, 405, "", "finding"},
		"elsewhere":         {request{path: "/errors", host: "127.0.0.1:8080"}, 404, "There is no page", "lookup"},
		"foreign host":      {request{path: "/errors", host: "attacker.example"}, 421, "unknown host", "lookup"},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, body := f.do(test.request)
			if status != test.status || !strings.Contains(body, test.holds) || strings.Contains(body, test.lacks) {
				t.Errorf("answer = %d, want %d, with %q and without %q:\n%.3000s", status, test.status, test.holds, test.lacks, body)
			}
		})
	}
}

// TestLookUp_policy checks that the look-up page may send its form to the lab, and that
// its policy otherwise equals that of the other pages.
func TestLookUp_policy(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	_, first, _ := f.do(request{path: "/"})
	_, header, _ := f.do(request{path: "/errors"})
	want := strings.Replace(first.Get("Content-Security-Policy"), "form-action 'none'", "form-action 'self'", 1)
	if got := header.Get("Content-Security-Policy"); got != want || !strings.Contains(got, "form-action 'self'") {
		t.Errorf("Content-Security-Policy = %q, want %q", got, want)
	}
	for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"} {
		if got, want := header.Get(name), first.Get(name); got != want {
			t.Errorf("%s = %q, want %q as on the first page", name, got, want)
		}
	}
}
