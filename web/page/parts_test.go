package page_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web/page"
)

// changed is the response to a control request.
type changed struct {
	HTML, Link, Error string
	Tags              map[string]string
	size              int // of the response's body, in bytes
}

// sendAttempt sends an attempt, or nil for the scenario's start, like a page that shows
// these parts.
func (f *fixture) sendAttempt(scenarioID string, attempt *scenario.Attempt, shown map[string]string) changed {
	f.t.Helper()
	return f.send(map[string]any{"scenario": scenarioID, "attempt": attempt, "shown": shown})
}

// sendLink is hand for a link.
func (f *fixture) sendLink(scenarioID, link string, shown map[string]string) changed {
	f.t.Helper()
	return f.send(map[string]any{"scenario": scenarioID, "link": link, "shown": shown})
}

func (f *fixture) send(sent any) (got changed) {
	f.t.Helper()
	body, err := json.Marshal(sent)
	if err != nil {
		f.t.Fatal(err)
	}
	status, _, response := f.do(request{method: "PUT", path: "/sessions/" + sid, body: string(body)})
	if status != http.StatusOK {
		f.t.Fatalf("PUT = %d %.300s, want 200 whatever is in the attempt or in the link", status, response)
	}
	if err := json.Unmarshal([]byte(response), &got); err != nil {
		f.t.Fatal(err)
	}
	got.size = len(response)
	return got
}

// TestProportion checks that the size of a response grows with the size of the change,
// in the largest possible sandbox.
func TestProportion(t *testing.T) {
	group := func(name string) []string { return []string{"group-" + name} }
	for name, test := range map[string]struct {
		edit  func(*scenario.Attempt)
		parts []string // that the response must hold
		most  int      // the response's limit in bytes
	}{
		"nothing":                 {func(*scenario.Attempt) {}, nil, 12_000}, // the link makes up most of it
		"a value":                 {func(a *scenario.Attempt) { a.Policy.Response.Headers[0].Value = "*" }, group("response"), 20_000},
		"a row that is on":        {func(a *scenario.Attempt) { a.Policy.Routes[7].Preflight.Headers[0].Off = false }, group("preflight-8"), 20_000},
		"a status":                {func(a *scenario.Attempt) { a.Policy.Preflight.Status = 404 }, group("preflight"), 20_000},
		"a row more":              {func(a *scenario.Attempt) { a.Policy.Response.Headers = own(a.Policy.Response.Headers, "X-A", "1") }, group("response"), 20_000},
		"a method":                {func(a *scenario.Attempt) { a.Script.Method = "PUT" }, []string{"script-choices", "script-code", "script-curl"}, 20_000},
		"a cookie's SameSite":     {func(a *scenario.Attempt) { a.Policy.Account.SameSite = policy.SameSiteLax }, []string{"options-of-account"}, 15_000},
		"a row that cannot be":    {func(a *scenario.Attempt) { a.Policy.Response.Headers = own(a.Policy.Response.Headers, "X A", "1") }, []string{"group-response", "policy-fault"}, 12_000},
		"a status that cannot be": {func(a *scenario.Attempt) { a.Policy.Response.Status = 99 }, []string{"group-response", "policy-fault"}, 12_000},
		"a value of 100 kB": {func(a *scenario.Attempt) {
			a.Policy.Response.Headers = own(a.Policy.Response.Headers, "X-A", strings.Repeat("a", 100_000))
		}, []string{"group-response", "policy-fault"}, 20_000},
		"more than an attempt has": {func(a *scenario.Attempt) { a.Policy.Response.Headers = manyRows(120) }, nil, 500},
		"more text than there may be": {
			func(a *scenario.Attempt) {
				a.Policy.Response.Headers = own(nil, "X-A", strings.Repeat("a", 4_096))
				a.Policy.Response.Headers = slices.Repeat(a.Policy.Response.Headers, 9)
			}, nil, 500,
		},
		"where it is sent from": {func(a *scenario.Attempt) { a.Shape.From = "evil" }, nil, 200_000}, // the presets change in every group
		"another place": {
			func(a *scenario.Attempt) {
				a.Shape.Routes = a.Shape.Routes[:7]
				a.Policy.Routes = a.Policy.Routes[:7]
			}, []string{"policy"}, 200_000,
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, page.DefaultLimits())
			attempt := fullSandbox(t, f)
			all := f.sendAttempt(scenario.SandboxID, &attempt, nil)
			if all.Error != "" || len(all.Tags) < 25 {
				t.Fatalf("the page begins with %d parts and %q, want all parts", len(all.Tags), all.Error)
			}
			test.edit(&attempt)
			got := f.sendAttempt(scenario.SandboxID, &attempt, all.Tags)
			t.Logf("%d bytes with %d parts, where all is %d bytes with %d parts", got.size, len(got.Tags), all.size, len(all.Tags))
			if got.size > test.most {
				t.Errorf("%d bytes, want at most %d", got.size, test.most)
			}
			if parts := slices.Sorted(maps.Keys(got.Tags)); test.parts != nil && !containsAll(parts, test.parts) {
				t.Errorf("the parts %s come, want %s", parts, test.parts)
			}
			checkTags(t, got, all.Tags, test.parts)
		})
	}
}

// checkTags checks that the markup has exactly these parts, and that each has a new tag.
func checkTags(t *testing.T, got changed, before map[string]string, exactly []string) {
	t.Helper()
	for id, tag := range got.Tags {
		if !strings.Contains(got.HTML, `id="`+id+`"`) {
			t.Errorf("%s has a tag and is not in the markup", id)
		}
		if before[id] == tag && got.Tags["policy"] == "" && got.Tags["script"] == "" {
			t.Errorf("%s is shown already", id)
		}
	}
	if exactly != nil && got.Tags["policy"] == "" && len(got.Tags) != len(exactly) {
		t.Errorf("%d parts come, want %d: %v", len(got.Tags), len(exactly), got.Tags)
	}
}

func containsAll(list, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(list, w) })
}

func own(headers []policy.Header, name, value string) []policy.Header {
	return append(slices.Clone(headers), policy.Header{Name: name, Value: value, Own: true})
}

func manyRows(count int) []policy.Header {
	return slices.Repeat([]policy.Header{{Name: "X-A", Value: "1", Own: true}}, count)
}

// fullSandbox returns a sandbox with everything that can surround the replies.
func fullSandbox(t *testing.T, f *fixture) scenario.Attempt {
	t.Helper()
	attempt := f.current.Library().Find(scenario.SandboxID).Start(f.origins)
	attempt.Policy.Account, attempt.Policy.Cache = &policy.Account{SameSite: policy.SameSiteUnset}, policy.CacheBlind
	for i := range policy.MaxRoutes {
		attempt.Shape.Routes = append(attempt.Shape.Routes, scenario.Address{API: "api2", Path: fmt.Sprint("/messages/", i)})
		attempt.Policy.Routes = append(attempt.Policy.Routes, policy.Route{
			Preflight: policy.Reply{Status: 204, Headers: slices.Clone(attempt.Policy.Preflight.Headers)},
			Response:  policy.Reply{Status: 200, Headers: slices.Clone(attempt.Policy.Response.Headers)},
		})
	}
	return attempt
}

// TestProportion_excess checks that an attempt that is too large isn't shown, so that
// the page keeps what was typed.
func TestProportion_excess(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	attempt := fullSandbox(t, f)
	attempt.Policy.Response.Headers = manyRows(120)
	got := f.sendAttempt(scenario.SandboxID, &attempt, nil)
	if want := "attempt: found 205 header rows in total; want at most 200"; got.HTML != "" || got.Error != want {
		t.Errorf("%d bytes of markup and the error %q, want none and %q", len(got.HTML), got.Error, want)
	}
}

// TestProportion_maximal checks that the response to the largest valid attempt is about
// as large as a page, and the response to a larger one a single line.
func TestProportion_maximal(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	attempt := fullSandbox(t, f)
	attempt.Policy.Response.Headers = own(manyRows(30), "X-B", strings.Repeat("<", 4_000))
	attempt.Policy.Routes[0].Response.Headers = manyRows(38)
	for range 3 {
		attempt.Policy.Routes[1].Response.Headers = own(attempt.Policy.Routes[1].Response.Headers, "X-C", strings.Repeat("&", 4_000))
	}
	got := f.sendAttempt(scenario.SandboxID, &attempt, nil)
	t.Logf("%d bytes", got.size)
	if got.Error != "" || got.size > 600_000 {
		t.Errorf("%d bytes and %q, want at most 600000 and no error", got.size, got.Error)
	}
}

// TestProportion_typed checks that a page gets a part again that it dropped because
// someone typed in it.
func TestProportion_typed(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	shown := f.sendAttempt("no-allow-origin", nil, nil).Tags
	if got := f.sendAttempt("no-allow-origin", nil, shown); got.HTML != "" || len(got.Tags) != 0 {
		t.Errorf("what is shown already comes again: %v", got.Tags)
	}
	delete(shown, "group-response")
	got := f.sendAttempt("no-allow-origin", nil, shown)
	if _, has := got.Tags["group-response"]; !has || len(got.Tags) != 1 || strings.Count(got.HTML, "data-group=") != 1 {
		t.Errorf("the parts %v come, want group-response alone", got.Tags)
	}
}

// TestProportion_ids checks that each part's id occurs once in the page, so that the
// page can replace the part.
func TestProportion_ids(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	for _, path := range []string{"no-allow-origin", "custom-header", "bank-read", "blind-cache", "sandbox"} {
		_, _, document := f.do(request{path: "/scenarios/" + path})
		for id := range f.sendAttempt(path, nil, nil).Tags {
			if count := len(regexp.MustCompile(`id="`+regexp.QuoteMeta(id)+`"`).FindAllString(document, -1)); count != 1 {
				t.Errorf("%s: %s stands %d times in the page, want once", path, id, count)
			}
		}
	}
}
