package scenario_test

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// linkTo is a link of version 2 whose code is the text.
func linkTo(text string) string { return "2." + base64.RawURLEncoding.EncodeToString([]byte(text)) }

// oldLink is a link as the first release wrote it.
func oldLink(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

const plainAttempt = `{"script":{},"policy":{"preflight":{"status":204,"headers":[]},"response":{"status":200,"headers":[]}}}`

func TestReadLink_refused(t *testing.T) {
	status := func(literal string) string { return linkTo(strings.Replace(plainAttempt, "204", literal, 1)) }
	for name, test := range map[string]struct{ link, want string }{
		"nothing":                              {"", "found nothing after the version; want the link's code"},
		"a version alone":                      {"2.", "found nothing after the version; want the link's code"},
		"a newer version":                      {"3." + oldLink(plainAttempt), "this link was made by a newer corslab: found link version 3; want at most 2"},
		"a version that is too large a number": {strings.Repeat("9", 40) + ".", "this link was made by a newer corslab: found link version 99999999999999999999; want at most 2"},
		"version 1, which had no number":       {"1." + oldLink(plainAttempt), "found version 1 before the dot; want 2"},
		"a word for a version":                 {"two.eyJ9", `found "two" before the dot; want the link's version, such as 2`},
		"an empty version":                     {".eyJ9", `found "" before the dot; want the link's version, such as 2`},
		"not base64":                           {"2.%%%", `found "%" after 0 characters of the code; want letters, digits, - and _ only`},
		"not base64, in version 1":             {"eyJé", `found "é" after 3 characters of the code; want letters, digits, - and _ only`},
		"a length that base64 never has":       {"2.eyJ9e", "the link is cut off: found 5 characters of code, and no complete link has that many"},
		"cut off":                              {linkTo(plainAttempt)[:60], "found JSON that ends too early; want a complete object"},
		"cut off in a text":                    {linkTo(`{"script":{"mode":"co`), "found JSON that ends too early; want a complete object"},
		"not UTF-8":                            {linkTo("{\"script\":{\"mode\":\"\xff\"}}"), "found bytes that aren't UTF-8; want JSON in UTF-8"},
		"not JSON":                             {linkTo("script=1"), "found text that isn't JSON at byte 1; want an object"},
		"more JSON after it":                   {linkTo(plainAttempt + "{}"), "found more text after the JSON; want one object"},
		"a word after it":                      {linkTo(plainAttempt + "x"), "found more text after the JSON; want one object"},
		"an empty text":                        {linkTo(" "), "found JSON that ends too early; want a complete object"},
		"a list":                               {linkTo("[]"), "attempt: found a list; want an object"},
		"null":                                 {linkTo("null"), "attempt: found null; want an object"},
		"an unknown key":                       {linkTo(`{"polizy":{}}`), `attempt: unknown key "polizy"; did you mean "policy"?`},
		"an unknown key deeper":                {linkTo(`{"policy":{"response":{"headers":[{"name":"A","exec":1}]}}}`), `policy.response.headers[0]: unknown key "exec"; want name, value, rule, off or own`},
		"a key in another case":                {linkTo(`{"Policy":{}}`), `attempt: unknown key "Policy"; did you mean "policy"?`},
		"a key that files have":                {linkTo(`{"script":{"url":"{api}/"}}`), `script: unknown key "url"; want method, mode, credentials, via, headers, referrer_policy, crossorigin, upload_listener or stream`},
		"a key twice":                          {linkTo(`{"script":{"mode":"cors","mode":"no-cors"}}`), `script: found the key "mode" twice; want it once`},
		"a text for a number":                  {status(`"204"`), `policy.preflight.status: found the text "204"; want a whole number`},
		"a number that is not whole":           {status("204.5"), "policy.preflight.status: found the number 204.5; want a whole number"},
		"1e99":                                 {status("1e99"), "policy.preflight.status: found the number 1e99; want a whole number"},
		"a number that is too large":           {status(strings.Repeat("9", 99)), "policy.preflight.status: found the number " + strings.Repeat("9", 60) + "; want a whole number"},
		"null for a number":                    {status("null"), "policy.preflight.status: found null; want a whole number"},
		"a number for a text":                  {linkTo(`{"script":{"mode":1}}`), "script.mode: found the number 1; want a text"},
		"a number for true":                    {linkTo(`{"policy":{"response":{"close":1}}}`), "policy.response.close: found the number 1; want true or false"},
		"an object for a list":                 {linkTo(`{"script":{"headers":{}}}`), "script.headers: found an object; want a list"},
		"lists in lists":                       {linkTo(`{"script":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}`), "script: found a list; want an object"},
		"lists in lists, deeper":               {linkTo(strings.Repeat("[", 60_000)), "found text that isn't JSON at byte 10001; want an object"},
		"more rows than any attempt has":       {linkTo(`{"script":{"headers":[{}` + strings.Repeat(",{}", scenario.MaxRows) + `]}}`), "script.headers: found more than 200 elements; want at most 200"},
		"too long":                             {"2." + strings.Repeat("A", scenario.MaxLink), "found a link of 163842 characters; want at most 163840"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := scenario.ReadLink(test.link, scenariotest.Origins(t))
			if err == nil || err.Error() != test.want {
				t.Errorf("ReadLink() = %v\nwant        %s", err, test.want)
			}
		})
	}
}

// TestReadLink_old opens exact copies of links that earlier versions wrote.
func TestReadLink_old(t *testing.T) {
	for name, test := range map[string]struct{ value, want string }{
		"an origin":                             {"{page}", "http://localhost:8080"},
		"two origins":                           {"{api2}{evil}", "http://127.0.0.1:8000http://evil.app.localhost:8080"},
		"a word in braces":                      {"{nobody}", "{nobody}"},
		"a brace, which had no escape then":     {"{brace}", "{brace}"},
		"a host, which had no placeholder then": {"{page.host}", "{page.host}"},
	} {
		t.Run(name, func(t *testing.T) {
			row := fmt.Sprintf(`"headers":[{"name":"Access-Control-Allow-Origin","value":%q}]`, test.value)
			text := strings.Replace(plainAttempt, `"headers":[]`, row, 1)
			for _, code := range []string{oldLink(text), base64.StdEncoding.EncodeToString([]byte(text))} {
				got, err := scenario.ReadLink(strings.TrimRight(strings.NewReplacer("+", "-", "/", "_").Replace(code), "="), scenariotest.Origins(t))
				if err != nil {
					t.Fatal(err)
				}
				if value := got.Policy.Preflight.Headers[0].Value; value != test.want {
					t.Errorf("the value is %q, want %q", value, test.want)
				}
			}
		})
	}
}

// TestLink_roundTrip writes and reads attempts made of texts that are hard to encode.
// They all come back unchanged, here and in a lab with other origins.
func TestLink_roundTrip(t *testing.T) {
	o := scenariotest.Origins(t)
	there, err := origin.New("localhost:1", "[::1]:81")
	if err != nil {
		t.Fatal(err)
	}
	pick := rand.New(rand.NewPCG(1, 2))
	for range 2_000 {
		attempt := anyAttempt(pick, o)
		link := scenario.WriteLink(attempt, o)
		got, err := scenario.ReadLink(link, o)
		if err != nil {
			t.Fatalf("ReadLink(%s) = %v", link, err)
		}
		if diff := cmp.Diff(attempt, got); diff != "" {
			t.Fatalf("the link changes the attempt (-want +got):\n%s", diff)
		}
		elsewhere, err := scenario.ReadLink(link, there)
		if err != nil {
			t.Fatal(err)
		}
		if again := scenario.WriteLink(elsewhere, there); again != link {
			t.Fatalf("another lab writes\n%s\nwant\n%s", again, link)
		}
	}
}

// TestWriteLink_otherHosts: if more characters follow an origin, it is another host or
// port, which another lab must not replace with its own.
func TestWriteLink_otherHosts(t *testing.T) {
	there, err := origin.New("localhost:1", "localhost:2")
	if err != nil {
		t.Fatal(err)
	}
	for value, want := range map[string]string{
		"http://localhost:8080":              "http://localhost:1",
		"http://localhost:8080/":             "http://localhost:1/",
		"http://localhost:8080, x":           "http://localhost:1, x",
		"http://localhost:80800":             "http://localhost:80800",
		"http://localhost:8080.evil.example": "http://localhost:8080.evil.example",
		"see http://localhost:8080.":         "see http://localhost:1.",
		"localhost:8000":                     "localhost:2",
		"https://localhost:8000/":            "https://localhost:2/",
		"a.localhost:8000":                   "a.localhost:8000",
		"x localhost:80000":                  "x localhost:80000",
		"{id} {page} {page.host}":            "{id} {page} {page.host}",
		"http://localhost:8080-a":            "http://localhost:8080-a",
		"http://localhost:8080_a":            "http://localhost:8080_a",
	} {
		attempt := scenariotest.Minimal().Start(scenariotest.Origins(t))
		attempt.Policy.Response.Headers[0].Value = value
		read, err := scenario.ReadLink(scenario.WriteLink(attempt, scenariotest.Origins(t)), there)
		if err != nil {
			t.Fatal(err)
		}
		if got := read.Policy.Response.Headers[0].Value; got != want {
			t.Errorf("%s is %s in another lab, want %s", value, got, want)
		}
	}
}

// anyAttempt is made of texts that are hard to encode.
func anyAttempt(pick *rand.Rand, o origin.Set) scenario.Attempt {
	hard := []string{
		"{", "}", "{{", "{page}", "{page.host}", "{brace}", "{brace", "brace}", "{api", "2}", "page}", ".", ":8", "a", "\"", `\`, "\n", "\u2028", "é", "ÿ", "<&>", " ",
		o.Page.String(), o.API.String(), o.API2.String(), o.Shop.String(), o.Twin.String(), o.Other.String(), o.API.HostPort(), o.Shop.HostPort(), "http://", "null", "{id}",
	}
	text := func() (text string) {
		for range pick.IntN(5) {
			text += hard[pick.IntN(len(hard))]
		}
		return text
	}
	rows := func() []policy.Header {
		rows := make([]policy.Header, pick.IntN(3))
		for i := range rows {
			rows[i] = policy.Header{Name: text(), Value: text(), Rule: policy.Rule(text()), Off: pick.IntN(2) == 0, Own: pick.IntN(2) == 0}
		}
		return rows
	}
	response := func() policy.Reply {
		return policy.Reply{Status: pick.IntN(1000) - 100, Headers: rows(), OnlyOK: pick.IntN(2) == 0, Close: pick.IntN(2) == 0, Delay: pick.IntN(20)}
	}
	attempt := scenario.Attempt{
		Policy: policy.Policy{Preflight: response(), Response: response(), Cache: policy.Cache(text())},
	}
	for _, setting := range scenario.Settable() {
		setting.Set(&attempt.Script, text())
	}
	if pick.IntN(2) == 0 {
		attempt.Script.Headers = rows() // an empty list isn't the same as no list
	}
	if pick.IntN(2) == 0 {
		attempt.Policy.Front, attempt.Policy.Account = &policy.Front{Headers: rows()}, &policy.Account{SameSite: policy.SameSite(text()), Token: true}
		attempt.Policy.Routes = []policy.Route{{Preflight: response(), Response: response()}}
	}
	if pick.IntN(2) == 0 {
		attempt.Shape = &scenario.Shape{
			From: scenario.Caller(text()), In: scenario.Context(text()), Kind: scenario.Kind(text()), URL: scenario.Address{API: text(), Path: text()}, Pinned: pick.IntN(2) == 0,
			Redirect: cors.Redirect(text()), Body: cors.BodyKind(text()), Text: text(), Routes: []scenario.Address{{API: text(), Path: text()}},
		}
	}
	return attempt
}

// TestWriteLink_longest: every attempt within the bounds has a link that can be read
// back, whatever its texts are.
func TestWriteLink_longest(t *testing.T) {
	s, o := scenariotest.Minimal().Sandbox(), scenariotest.Origins(t)
	for text, cost := range map[string]int{"{a}": 3, "{api}": 5, "{page.host}": 11, `"`: 2, "\x01": 6, "ÿ": 2, "a": 1} {
		t.Run(text, func(t *testing.T) {
			attempt := sandboxAttempt(t)
			for room := scenario.MaxAttempt - 8_000; room > 0; room -= 4_000 {
				row := policy.Header{Name: "X-A", Value: strings.Repeat(text, min(room, 4_000)/cost), Own: true}
				attempt.Policy.Response.Headers = append(attempt.Policy.Response.Headers, row)
			}
			if _, _, faults := s.Open(attempt, origin.Set{}); faults.At(field("attempt")) != "" {
				t.Fatal(faults)
			}
			link := scenario.WriteLink(attempt, o)
			got, err := scenario.ReadLink(link, o)
			if diff := cmp.Diff(attempt, got); diff != "" || err != nil {
				t.Errorf("the link of %d characters cannot be read, or changes the attempt: %v (-want +got):\n%.2000s", len(link), err, diff)
			}
		})
	}
}

// TestScenario_Link: the start needs no link, in whatever form it was submitted.
func TestScenario_Link(t *testing.T) {
	o := scenariotest.Origins(t)
	for _, s := range []*scenario.Scenario{scenariotest.Minimal(), scenariotest.EveryKey(), scenariotest.EveryKey().Sandbox(), scenariotest.Minimal().Sandbox()} {
		start := s.Start(o)
		submitted := start
		submitted.Script.Headers = append([]policy.Header{}, start.Script.Headers...)
		opened, attempt, faults := s.Open(submitted, o)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if link := opened.Link(attempt, o); link != "" {
			t.Errorf("%s: the start has the link %s, want none", s.ID, link)
		}
		attempt.Policy.Response.Status = 418
		link := opened.Link(attempt, o)
		read, err := scenario.ReadLink(link, o)
		if err != nil {
			t.Fatal(err)
		}
		_, again, faults := s.Open(read, o)
		if diff := cmp.Diff(attempt, again, cmpopts.EquateEmpty()); diff != "" || len(faults) > 0 {
			t.Errorf("%s: the link leads elsewhere, faults %v (-want +got):\n%s", s.ID, faults, diff)
		}
	}
}

// TestScenario_Link_noHeaders: a link remembers that the learner removed every header
// from the script.
func TestScenario_Link_noHeaders(t *testing.T) {
	s, o := scenariotest.EveryKey(), scenariotest.Origins(t)
	bare := s.Start(o)
	bare.Script.Headers = []policy.Header{}
	_, attempt, _ := s.Open(bare, o)
	read, err := scenario.ReadLink(s.Link(attempt, o), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, again, _ := s.Open(read, o); len(again.Script.Headers) > 0 {
		t.Errorf("the link gives the script the headers %v, want none", again.Script.Headers)
	}
}

// FuzzReadLink checks laws: reading a link never panics and takes bounded time, and the
// result has a link that reads back the same.
func FuzzReadLink(f *testing.F) {
	f.Add("")
	f.Add("2." + "eyJ9")
	f.Add("3.AAAA")
	f.Add(linkTo(plainAttempt))
	f.Add(oldLink(plainAttempt))
	pick := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		f.Add(scenario.WriteLink(anyAttempt(pick, scenariotest.Origins(f)), scenariotest.Origins(f)))
	}
	f.Fuzz(func(t *testing.T, text string) {
		o := scenariotest.Origins(t)
		for _, link := range []string{text, linkTo(text), oldLink(text)} { // most fuzzed codes aren't base64
			checkReadLink(t, link, o)
		}
	})
}

func checkReadLink(t *testing.T, link string, o origin.Set) {
	t.Helper()
	began := time.Now()
	attempt, err := scenario.ReadLink(link, o)
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v", took)
	}
	if err != nil {
		if len(err.Error()) > 1000 {
			t.Errorf("the message has %d bytes: %.300s", len(err.Error()), err)
		}
		return
	}
	_, _, _ = scenariotest.Minimal().Open(attempt, o)
	again := scenario.WriteLink(attempt, o)
	if len(again) > scenario.MaxLink {
		return // a placeholder for each letter; Open refuses it
	}
	read, err := scenario.ReadLink(again, o)
	if err != nil {
		t.Fatalf("the link of what was read: %v", err)
	}
	if diff := cmp.Diff(attempt, read); diff != "" {
		t.Errorf("the link of what was read reads otherwise (-want +got):\n%s", diff)
	}
}

// sandboxAttempt is the start of a sandbox with as many routes as it can have.
func sandboxAttempt(t *testing.T) scenario.Attempt {
	t.Helper()
	attempt := scenariotest.Minimal().Sandbox().Start(scenariotest.Origins(t))
	attempt.Script = scenario.Script{Method: "GET", Mode: "cors"} // the rest belongs to the shape
	for i := range policy.MaxRoutes {
		attempt.Shape.Routes = append(attempt.Shape.Routes, scenario.Address{API: "api", Path: fmt.Sprint("/messages/", i)})
		attempt.Policy.Routes = append(attempt.Policy.Routes, policy.Route{Preflight: attempt.Policy.Preflight, Response: attempt.Policy.Response})
		attempt.Policy.Routes[i].Preflight.Headers = slices.Clone(attempt.Policy.Preflight.Headers)
	}
	return attempt
}
