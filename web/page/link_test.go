package page_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"corslab/lab/scenario"
	"corslab/web/page"

	"github.com/google/go-cmp/cmp"
)

// linkTo returns a link whose code holds the text.
func linkTo(text string) string { return "2." + base64.RawURLEncoding.EncodeToString([]byte(text)) }

const plain = `{"script":{},"policy":{"preflight":{"status":204,"headers":[]},"response":{"status":200,"headers":[]}}}`

// brokenLinks are links to no-allow-origin that must change nothing, with what the page
// says.
func brokenLinks() map[string]struct{ link, says string } {
	return map[string]struct{ link, says string }{
		"an unknown key":      {linkTo(strings.Replace(plain, "script", "skript", 1)), `unknown key "skript"`},
		"a wrong type":        {linkTo(strings.Replace(plain, "200", `"200"`, 1)), `found the text "200"; want a whole number`},
		"1e99 as a status":    {linkTo(strings.Replace(plain, "200", "1e99", 1)), "found the number 1e99; want a whole number"},
		"cut off":             {linkTo(plain)[:78], "ends too early"},
		"not base64":          {"%%%", "want letters, digits, - and _ only"},
		"a newer version":     {"3.AAAA", "made by a newer corslab"},
		"too long":            {strings.Repeat("A", scenario.MaxLink+1), "want at most 163840"},
		"another scenario's":  {linkTo(strings.Replace(plain, `"script":{}`, `"script":{"method":"PUT"}`, 1)), "does not let it be changed"},
		"a faulty value":      {linkTo(strings.Replace(plain, `"headers":[]`, `"headers":[{"name":"X-A","value":"\n"}]`, 1)), "a line feed (LF)"},
		"more rows than fit":  {linkTo(strings.Replace(plain, `"headers":[]`, `"headers":[{}`+strings.Repeat(",{}", 50)+`]`, 1)), "at most 40 are allowed"},
		"more text than fits": {linkTo(strings.Replace(plain, `"headers":[]`, `"headers":[{"name":"X","value":"a"}`+strings.Repeat(`,{"name":"X","value":"`+strings.Repeat("a", 4_000)+`"}`, 9)+`]`, 1)), "bytes of text in total; want at most 32768"},
	}
}

// TestLink_broken checks that a broken link leaves an existing session as it is, or
// opens one at the scenario's start. The markup must hold nothing from the link except
// what is wrong with it.
func TestLink_broken(t *testing.T) {
	for name, test := range brokenLinks() {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, page.DefaultLimits())
			first := f.sendLink("no-allow-origin", test.link, nil)
			f.wantRefused(first, test.says, "The page shows the scenario’s initial settings.")
			f.wantInForce(f.current.Library().Find("no-allow-origin").Start(f.origins))
			if !strings.Contains(first.HTML, `id="policy"`) {
				t.Error("a page that opens does not get what is in force")
			}

			attempt := f.current.Library().Find("no-allow-origin").Start(f.origins)
			attempt.Policy.Response.Status = 418
			shown := f.sendAttempt("no-allow-origin", &attempt, nil).Tags
			later := f.sendLink("no-allow-origin", test.link, shown)
			f.wantRefused(later, test.says, "Your previous settings are still in force.")
			f.wantInForce(attempt)
			if later.size > 8_000 || strings.Contains(later.HTML, `id="policy"`) {
				t.Errorf("an open page gets %d bytes, want the message alone: %.300s", later.size, later.HTML)
			}
		})
	}
}

func (f *fixture) wantRefused(got changed, says, instead string) {
	f.t.Helper()
	if !strings.Contains(got.Error, says) {
		f.t.Errorf("the error is %.300q, want %q", got.Error, says)
	}
	if note := strings.NewReplacer("&#34;", `"`).Replace(got.HTML); !strings.Contains(note, says) || !strings.Contains(note, instead) {
		f.t.Errorf("the page does not say %q and %q:\n%s", says, instead, note)
	}
}

func (f *fixture) wantInForce(want scenario.Attempt) {
	f.t.Helper()
	current, err := f.sessions.Get(sid)
	if err != nil {
		f.t.Fatal(err)
	}
	if _, got := current.Attempt(); cmp.Diff(want, got) != "" {
		f.t.Errorf("in force is (-want +got):\n%s", cmp.Diff(want, got))
	}
}

// TestLink checks that a link is put in force and that the page says what it changes.
func TestLink(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	s := f.current.Library().Find("no-allow-origin")
	attempt := s.Start(f.origins)
	attempt.Policy.Response.Headers[0].Off = false
	link := s.Link(attempt, f.origins)
	got := f.sendLink(s.ID, link, nil)
	if got.Error != "" || got.Link != link {
		t.Errorf("the link of what is in force is %q, error %q; want %q", got.Link, got.Error, link)
	}
	f.wantInForce(attempt)
	for _, says := range []string{"This link changes the scenario.", "Nothing has been sent yet.", "Response header Access-Control-Allow-Origin", "not sent"} {
		if !strings.Contains(got.HTML, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
	start := f.sendLink(s.ID, scenario.WriteLink(s.Start(f.origins), f.origins), got.Tags)
	if start.Link != "" || !strings.Contains(start.HTML, `data-link="none"`) {
		t.Errorf("a link to the start is taken for a change: link %q, markup\n%s", start.Link, start.HTML)
	}
}

// TestAttempt_broken checks that a broken attempt gets status 200 and changes nothing.
func TestAttempt_broken(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	f.put(sid, "no-allow-origin")
	for name, test := range map[string]struct{ attempt, says string }{
		"an unknown key":   {`{"polizy":{}}`, `unknown key "polizy"`},
		"a key twice":      {`{"script":{},"script":{}}`, `found the key "script" twice`},
		"a text":           {`"attempt"`, "want an object"},
		"1e99 as a status": {strings.Replace(plain, "200", "1e99", 1), "found the number 1e99"},
		"true":             {"true", "found true; want an object"},
	} {
		t.Run(name, func(t *testing.T) {
			got := f.send(map[string]any{"scenario": "no-allow-origin", "attempt": json.RawMessage(test.attempt)})
			if !strings.Contains(got.Error, test.says) || got.HTML != "" {
				t.Errorf("error %q, want %q and no markup", got.Error, test.says)
			}
			f.wantInForce(f.current.Library().Find("no-allow-origin").Start(f.origins))
		})
	}
}
