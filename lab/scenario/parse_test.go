package scenario_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/bad/*.want, testdata/written/* and testdata/export.yaml")

func TestParse_bad(t *testing.T) {
	for _, path := range glob(t, "testdata/bad/*.yaml") {
		name := filepath.Base(path)
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
			s, err := scenario.Parse(name, read(t, path))
			if s != nil || err == nil {
				t.Fatalf("Parse() = %v, %v, want nil and problems", s, err)
			}
			got := err.Error() + "\n"
			wanted := strings.TrimSuffix(path, ".yaml") + ".want"
			if *update {
				if err := os.WriteFile(wanted, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(read(t, wanted)), got); diff != "" {
				t.Errorf("Parse() gives other problems than %s (-want +got):\n%s", wanted, diff)
			}
		})
	}
	for _, wanted := range glob(t, "testdata/bad/*.want") {
		if _, err := os.Stat(strings.TrimSuffix(wanted, ".want") + ".yaml"); err != nil {
			t.Errorf("%s has no file beside it: %v", wanted, err)
		}
	}
}

func TestParse_ok(t *testing.T) {
	for file, want := range map[string]*scenario.Scenario{
		"10-every-key.yaml":     everyKey(),
		"2-null-origin.yaml":    nullOrigin(),
		"minimal.yaml":          minimal(),
		"json-body.yml":         jsonBody(),
		"places-and-parts.yaml": placesAndParts(),
	} {
		t.Run(file, func(t *testing.T) {
			got, err := scenario.Parse(file, read(t, filepath.Join("testdata/ok", file)))
			if err != nil {
				t.Fatalf("Parse() gives problems:\n%v", err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Parse() gives another scenario (-want +got):\n%s", diff)
			}
		})
	}
	if got, want := len(glob(t, "testdata/ok/*")), 5; got != want {
		t.Errorf("%d files in testdata/ok, want %d: each is compared above", got, want)
	}
}

func TestParse_id(t *testing.T) {
	src := read(t, "testdata/ok/minimal.yaml")
	for file, want := range map[string]string{
		"no-allow-origin.yaml":     "no-allow-origin",
		"101-no-allow-origin.yaml": "no-allow-origin",
		"10-2-steps.yml":           "2-steps",
		"7.yaml":                   "7",
		"folder/10-a.yaml":         "a",
		`C:\lab\10-a.yaml`:         "a",
		"10a-b.yaml":               "10a-b",
	} {
		t.Run(file, func(t *testing.T) {
			s, err := scenario.Parse(file, src)
			if err != nil {
				t.Fatal(err)
			}
			if s.ID != want || s.File != file {
				t.Errorf("Parse().ID, File = %q, %q, want %q, %q", s.ID, s.File, want, file)
			}
		})
	}
	for _, file := range []string{"10-.yaml", "a--b.yaml", "-a.yaml", "a.b.yaml", "Übung.yaml", "a b.yaml", ".yaml"} {
		t.Run(file, func(t *testing.T) {
			_, err := scenario.Parse(file, src)
			if want := file + ": the file's name gives the id "; err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("Parse() = %v, want %s…", err, want)
			}
		})
	}
}

func TestParse_ending(t *testing.T) {
	src := read(t, "testdata/ok/minimal.yaml")
	for file, want := range map[string]string{
		"10-a.YAML": `10-a.YAML: the file's name ends in ".YAML"; want ".yaml", in small letters`,
		"10-a.Yml":  `10-a.Yml: the file's name ends in ".Yml"; want ".yml", in small letters`,
	} {
		if _, err := scenario.Parse(file, src); err == nil || err.Error() != want {
			t.Errorf("Parse() = %v, want %s", err, want)
		}
	}
}

func TestParse_size(t *testing.T) {
	src := string(read(t, "testdata/ok/minimal.yaml"))
	fill := "#" + strings.Repeat("x", scenario.MaxFile-len(src)-1)
	if _, err := scenario.Parse("a.yaml", []byte(src+fill)); err != nil {
		t.Errorf("Parse() of the largest file = %v, want no error", err)
	}
	_, err := scenario.Parse("a.yaml", []byte(src+fill+"x"))
	if want := "a.yaml: the file is larger than 262144 bytes, the most that is read"; err == nil || err.Error() != want {
		t.Errorf("Parse() = %v, want %s", err, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, path := range append(glob(f, "testdata/ok/*"), glob(f, "testdata/bad/*.yaml")...) {
		f.Add(read(f, path))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := scenario.Parse("a.yaml", src)
		if (s == nil) == (err == nil) {
			t.Fatalf("Parse() = %v, %v, want one of them", s, err)
		}
		if err == nil {
			return
		}
		var problems scenario.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("Parse() = %T %v, want problems", err, err)
		}
		for _, p := range problems {
			if p.File != "a.yaml" || p.Message == "" || strings.ContainsAny(p.Message, "\r\n") || len(src) <= scenario.MaxFile && (p.Line < 1 || p.Column < 1) {
				t.Errorf("problem %#v, want a file, a place and a message of one line", p)
			}
		}
	})
}

func minimal() *scenario.Scenario {
	return &scenario.Scenario{
		ID: "minimal", File: "minimal.yaml", Title: "The shortest file", Track: "Tests",
		Story: "A page asks an API of another origin for its messages.",
		Script: scenario.Script{
			From: "page", In: "frame", Kind: "fetch", URL: "{api}/messages",
			Method: "GET", Mode: "cors", Credentials: "same-origin", Redirect: "follow", Via: "direct",
		},
		Policy: scenario.Policy{Preflight: scenario.Reply{Status: 204}, Response: scenario.Reply{Status: 200}},
		Change: []string{"policy"},
		Expect: scenario.Expect{Outcome: cors.Blocked, Cause: cors.AllowOriginMissing, Stage: cors.StageResponse},
		Goal:   []scenario.Fact{{Outcome: cors.Readable}},
		Solutions: []scenario.Change{{
			Policy: scenario.PolicyChange{Response: scenario.ReplyChange{Headers: []scenario.Header{{Name: "Access-Control-Allow-Origin", Value: "{page}"}}}},
			Sends:  1,
		}},
	}
}

func nullOrigin() *scenario.Scenario {
	s := minimal()
	s.ID, s.File, s.Title = "null-origin", "2-null-origin.yaml", "The origin of a sandboxed frame"
	s.Story = "Null may stand without quotes, also where YAML takes it for nothing."
	s.Script.From, s.Script.URL = "null", "{api2}/messages?text={page}"
	s.Script.Body = scenario.Body{Kind: "text", Text: "{page} stays as it is"}
	s.Policy.Response.Headers = []scenario.Header{{Name: "Access-Control-Allow-Origin", Value: "null"}}
	s.Change = []string{}
	s.Expect = scenario.Expect{Outcome: cors.Readable, Sent: []string{}}
	s.Goal = []scenario.Fact{{Outcome: cors.Opaque}, {Sent: []string{}}}
	s.Solutions = []scenario.Change{{Sends: 1}}
	return s
}

func placesAndParts() *scenario.Scenario {
	s := minimal()
	s.ID, s.File, s.Title = "places-and-parts", "places-and-parts.yaml", "Places and parts"
	s.Story = "Everything that is not about one request and one answer."
	s.Script.In, s.Script.URL = "window", "{api}/v1/messages"
	before, attack := minimal().Script, minimal().Script
	before.From, before.URL, before.Credentials = "shop", "{bank}/messages", "include"
	attack.From = "null"
	s.Others = []scenario.Part{{Role: scenario.Before, Script: before}, {Role: scenario.Attack, Script: attack}}
	allow := func(rule scenario.Rule, value string) scenario.Header {
		return scenario.Header{Name: "Access-Control-Allow-Origin", Value: value, Rule: rule}
	}
	s.Policy = scenario.Policy{
		Preflight: scenario.Reply{Status: 204, Delay: 500},
		Response:  scenario.Reply{Status: 200, OnlyOK: true, Close: true},
		Routes: []scenario.Route{{
			URL: "{api2}/v2/messages", Preflight: scenario.Reply{Status: 200},
			Response: scenario.Reply{Status: 200, Headers: []scenario.Header{
				allow(scenario.Allowlist, "{page} {shop}"), allow(scenario.Reflect, ""),
				allow(scenario.Regex, "^https?://a$"), allow(scenario.Null, ""),
				{Name: "Access-Control-Allow-Origin", Rule: scenario.Contains, Value: "{page.host}", Off: true},
				{Name: "X-Braces", Value: "{brace}id} {}"},
			}},
		}},
		Front: &scenario.Front{Headers: []scenario.Header{{Name: "Via", Value: "1.1 proxy"}}},
	}
	s.Expect = scenario.Expect{Outcome: cors.Blocked, Cause: cors.NoAnswer, Stage: cors.StageResponse}
	s.Goal = []scenario.Fact{
		{Outcome: cors.Readable},
		{Who: "shop", Outcome: cors.Opaque},
		{Who: "null", Outcome: cors.Blocked, Because: "Files and frames are everybody."},
		{Cookies: []string{}},
	}
	s.Solutions = []scenario.Change{{Sends: 1, Policy: scenario.PolicyChange{
		Response: scenario.ReplyChange{Close: new(false), OnlyOK: new(false), Delay: new(0)},
		Routes: []scenario.RouteChange{{
			URL:      "{api2}/v2/messages",
			Response: scenario.ReplyChange{Status: 204, Headers: []scenario.Header{allow(scenario.Suffix, ".app.localhost")}},
		}},
		Front: []scenario.Header{{Name: "Via", Value: "1.1 other"}},
	}}}
	return s
}

func jsonBody() *scenario.Scenario {
	s := minimal()
	s.ID, s.File, s.Title, s.Story = "json-body", "json-body.yml", "JSON is YAML", "A file may also be JSON."
	s.Script.From, s.Script.Method = "other", "post"
	s.Script.Body = scenario.Body{Kind: "text", Text: `{"text":"hello"}`}
	s.Change, s.Hints = []string{"script"}, []string{}
	s.Expect, s.Goal = scenario.Expect{Outcome: cors.OpaqueRedirect}, []scenario.Fact{{Outcome: cors.Blocked}}
	s.Solutions = []scenario.Change{{Sends: 1}}
	return s
}

func everyKey() *scenario.Scenario {
	return &scenario.Scenario{
		ID: "every-key", File: "10-every-key.yaml", Title: "Every key", Track: "Tests",
		Needs: []string{"minimal", "json-body"}, Minutes: 12,
		Covers: []string{"S10", "P4", "P102"},
		Story:  "A page of `{page}` writes to `{bank}`.\n\nIt may not read the answer.\n",
		Script: scenario.Script{
			From: "evil", In: "frame", Kind: "fetch", URL: "{bank}/messages/0?draft=yes", Pinned: true,
			Method: "PUT", Mode: "cors", Credentials: "include", Redirect: "error", Via: "direct",
			Headers: []scenario.Header{
				{Name: "X-Token", Value: "abcd1234"},
				{Name: "X-Page", Value: "{page}"},
				{Name: "X-Token", Value: "efgh5678", Off: true},
			},
			Body: scenario.Body{Kind: "form", Form: [][]string{{"text", "hello"}, {"tag", "a"}, {"tag ", ""}, {"tag", "b"}}},
		},
		Policy: scenario.Policy{
			Preflight: scenario.Reply{Status: 404, Headers: []scenario.Header{{Name: "Access-Control-Allow-Origin", Value: "{evil}"}}},
			Response: scenario.Reply{Status: 599, Headers: []scenario.Header{
				{Name: "Vary", Value: "Origin"},
				{Name: "Set-Cookie", Value: "a=1"},
				{Name: "set-cookie", Value: "b=2"},
				{Name: "Access-Control-Allow-Credentials", Value: "true"},
				{Name: "Access-Control-Allow-Origin", Value: "null", Off: true},
				{Name: "X-Empty"},
				{Name: "X-Bytes", Value: "\u00FF\t"},
			}},
		},
		Change: []string{"policy", "script.method", "script.mode", "script.credentials", "script.headers"},
		Expect: scenario.Expect{
			Outcome: cors.Blocked, Cause: cors.PreflightStatus, Stage: cors.StagePreflight,
			Errors: map[string]string{"chromium": "PreflightInvalidStatus", "firefox": "CORSPreflightDidNotSucceed3", "webkit": ""},
			Sent:   []string{"OPTIONS"},
		},
		Goal: []scenario.Fact{
			{Outcome: cors.Readable},
			{Sent: []string{"OPTIONS", "PUT"}},
			{Shows: []string{"X-Custom", "ETag"}},
		},
		Hints: []string{"Look at `OPTIONS`.", "Its status\nis wrong.\n"},
		Solutions: []scenario.Change{
			{
				Script: scenario.Script{
					Method: "POST", Mode: "no-cors", Credentials: "omit",
					Headers: []scenario.Header{{Name: "X-Token", Off: true}},
				},
				Policy: scenario.PolicyChange{
					Preflight: scenario.ReplyChange{Status: 204, Headers: []scenario.Header{{Name: "Access-Control-Allow-Methods", Value: "PUT"}}},
					Response:  scenario.ReplyChange{Status: 200, Headers: []scenario.Header{{Name: "Access-Control-Allow-Origin", Value: "*"}}},
				},
				Sends: 2,
			},
			{Policy: scenario.PolicyChange{Preflight: scenario.ReplyChange{Status: 200}}, Sends: 1},
		},
		Wrong: []scenario.Change{
			{Script: scenario.Script{Mode: "same-origin"}, Sends: 1, Because: "Then nothing is sent at all."},
			{Policy: scenario.PolicyChange{Response: scenario.ReplyChange{Status: 200}}, Sends: 10, Because: "The preflight counts first."},
		},
	}
}

// glob returns the files that match, of which there has to be one.
func glob(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob(%q) = %v, %v, want files", pattern, files, err)
	}
	return files
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// origins are those of the default addresses.
func origins(t testing.TB) scenario.Origins {
	t.Helper()
	o, err := scenario.NewOrigins("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	return o
}
