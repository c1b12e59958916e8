package dryrun_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corslab/lab/dryrun"
	"corslab/lab/scenario/format"

	"github.com/google/go-cmp/cmp"
)

// Check notices one thing made wrong in a shipped file.
func TestCheck_contradicts(t *testing.T) {
	tests := map[string]struct {
		file     string
		old, new string
		want     []string
	}{
		"a cause": {
			"101-no-allow-origin", "cause: allow-origin-missing", "cause: allow-origin-mismatch",
			[]string{`expect.cause: found "allow-origin-mismatch"; the judge says blocked, allow-origin-missing at response in every browser`},
		},
		"a stage": {
			"101-no-allow-origin", "stage: response", "stage: redirect",
			[]string{`expect.stage: found "redirect"; the judge says blocked, allow-origin-missing at response in every browser`},
		},
		"an outcome": {
			"801-preflight-cache", "outcome: readable", "outcome: opaque",
			[]string{`expect.outcome: found "opaque"; the judge says readable in every browser`},
		},
		"the methods sent": {
			"801-preflight-cache", "sent: [OPTIONS, PUT]\ngoal", "sent: [PUT]\ngoal",
			[]string{`expect.sent: found [PUT]; the judge says [OPTIONS, PUT] in every browser`},
		},
		"an engine's name": {
			"101-no-allow-origin", "chromium: MissingAllowOriginHeader", "chromium: WildcardOriginNotAllowed",
			[]string{`expect.errors.chromium: found "WildcardOriginNotAllowed"; the judge says that the engine calls it "MissingAllowOriginHeader", in chromium`},
		},
		"one engine's ending": {
			"408-client-hints", "chromium: {outcome: blocked, cause: allow-origin-missing", "chromium: {outcome: blocked, cause: allow-origin-invalid",
			[]string{`expect.chromium.cause: found "allow-origin-invalid"; the judge says blocked, allow-origin-missing at response in chromium`},
		},
		"an ending that one engine does not have": {
			"408-client-hints", "  chromium: {outcome: blocked, cause: allow-origin-missing, stage: response}\n", "",
			[]string{`expect.cause: found "header-not-allowed"; the judge says blocked, allow-origin-missing at response in chromium`},
		},
		"a solution that does not solve": {
			"801-preflight-cache", "Access-Control-Max-Age: \"600\"}]}}\n    sends: 2\nwrong:", "Access-Control-Max-Age: \"-1\"}]}}\n    sends: 2\nwrong:",
			[]string{"solutions[0]: it does not solve the scenario: {sent: [PUT]} does not hold and the judge says that [OPTIONS, PUT] is sent, in every browser"},
		},
		"a solution with too few Sends": {
			"801-preflight-cache", "sends: 2\nwrong:", "sends: 1\nwrong:",
			[]string{"solutions[0]: it does not solve the scenario: {sent: [PUT]} does not hold and the judge says that [OPTIONS, PUT] is sent, in every browser"},
		},
		"a solution that lets the attacker in": {
			"931-reflected", `{allowlist: ["{page}"]}}, {Vary`, `{allowlist: ["{page}", "{evil}"]}}, {Vary`,
			[]string{"solutions[0]: it does not solve the scenario: {evil: blocked} does not hold and the judge says readable, in every browser"},
		},
		"a solution that the learner may not set": {
			"101-no-allow-origin", "title:", "change: [script.headers]\ntitle:",
			[]string{
				"solutions[0]: no learner can set this: policy: this scenario does not let it be changed",
				"solutions[1]: no learner can set this: policy: this scenario does not let it be changed",
				"wrong[0]: no learner can set this: policy: this scenario does not let it be changed",
				"wrong[1]: no learner can set this: policy: this scenario does not let it be changed",
			},
		},
		"a wrong answer that solves": {
			"938-open-and-private", `because: That closed the wrong door.`, "because: That closed the wrong door.\n  - policy: {routes: [{url: \"{api}/private/messages\", response: {headers: [{Access-Control-Allow-Origin: \"{page}\"}]}}]}\n    because: No.",
			[]string{"wrong[2]: it solves the scenario, in every browser; want an answer that does not"},
		},
		"a start that is solved": {
			"801-preflight-cache", "{sent: [PUT]}]\nhints", "{sent: [OPTIONS, PUT]}]\nhints",
			[]string{
				"goal: the start solves it already in every browser; want something to do, or the solution {}",
				"solutions[0]: it does not solve the scenario: {sent: [OPTIONS, PUT]} does not hold and the judge says that [PUT] is sent, in every browser",
				"wrong[0]: it solves the scenario, in every browser; want an answer that does not",
				"wrong[1]: it solves the scenario, in every browser; want an answer that does not",
			},
		},
		"a header that cannot be read": {
			"601-hidden-header", "shows: [X-Custom]", "shows: [X-Custom, X-Nowhere]",
			[]string{
				"solutions[0]: it does not solve the scenario: {shows: [X-Custom, X-Nowhere]} does not hold and of the headers the script can read [content-type, x-custom], in every browser",
				"solutions[1]: it does not solve the scenario: {shows: [X-Custom, X-Nowhere]} does not hold and of the headers the script can read [access-control-allow-origin, access-control-expose-headers, content-type, x-custom], in every browser",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile("../../scenarios/" + test.file + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			changed := strings.Replace(string(src), test.old, test.new, 1)
			if changed == string(src) {
				t.Fatalf("%s does not hold %q", test.file, test.old)
			}
			got := check(t, test.file+".yaml", changed)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Check() remarks otherwise (-want +got):\n%s", diff)
			}
		})
	}
}

var update = flag.Bool("update", false, "rewrite testdata/bad/*.want")

// Each file has one mistake that the format can't catch, with the messages in a file
// next to it.
func TestCheck_bad(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob() = %v, %v, want files", files, err)
	}
	said := make(map[string]string)
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := format.Parse(name, src)
			if err != nil {
				t.Fatalf("Parse() gives problems:\n%v", err)
			}
			var problems format.Problems
			for _, remark := range dryrun.Check(s, origins(t)) {
				problems = append(problems, format.NewLocator(name, src).Problem(remark.Path, remark.Message))
			}
			problems.Sort()
			got, wanted := problems.Error()+"\n", strings.TrimSuffix(file, ".yaml")+".want"
			if *update {
				if err := os.WriteFile(wanted, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(wanted)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("Check() remarks otherwise than %s (-want +got):\n%s", wanted, diff)
			}
			message := strings.TrimPrefix(got, name)
			if said[message] != "" {
				t.Errorf("%s has the same messages", said[message])
			}
			said[message] = name
		})
	}
}

// These look like mistakes, but may be the point of a scenario.
func TestCheck_meant(t *testing.T) {
	const src = `corslab: 1
title: A test
track: Tests
story: A page asks an API.
script: {url: "{api}/messages"}
policy: {}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "*"}]}}}]
`
	tests := map[string][]string{ // pairs of an old text and a new one
		"a wrong port":                                  {"policy: {}", `policy: {response: {headers: [{Access-Control-Allow-Origin: "http://localhost:808"}]}}`, "allow-origin-missing", "allow-origin-mismatch"},
		"a picture that is an attack":                   {"policy:", "attack: [{from: evil, kind: img, url: \"{api}/login\"}]\npolicy:"},
		"a picture before the request that it prepares": {"policy:", "also: [{from: shop, kind: img, url: \"{api}/login\"}, {from: shop, url: \"{api}/messages\"}]\npolicy:", "{page: readable}", "{page: readable}, {shop: readable}"},
		"a picture that has moved": {
			`{url: "{api}/messages"}`, `{kind: img, url: "{api}/old", crossorigin: anonymous}`,
			"policy: {}", `policy: {routes: [{url: "{api}/old", response: {status: 302, headers: [{Location: /image.png}, {Access-Control-Allow-Origin: "*"}]}}]}`,
		},
		"JSON that is run as a script":       {`{url: "{api}/messages"}`, `{kind: script, url: "{api}/messages", crossorigin: anonymous}`},
		"a header that no script can set":    {"an API.", "an API. Its `Cookie` is left out.", `/messages"}`, `/messages", headers: [{Cookie: a=1}]}`},
		"such a header that is switched off": {`/messages"}`, `/messages", headers: [{Cookie: {off: a=1}}]}`},
	}
	for name, changes := range tests {
		t.Run(name, func(t *testing.T) {
			file := src
			for pair := range slices.Chunk(changes, 2) {
				changed := strings.Replace(file, pair[0], pair[1], 1)
				if changed == file {
					t.Fatalf("the file does not hold %q", pair[0])
				}
				file = changed
			}
			if remarks := check(t, "a.yaml", file); len(remarks) > 0 {
				t.Errorf("Check() remarks %q, want nothing of\n%s", remarks, file)
			}
		})
	}
}

// check returns the remarks on a file.
func check(t testing.TB, name, src string) (messages []string) {
	t.Helper()
	s, err := format.Parse(name, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	for _, remark := range dryrun.Check(s, origins(t)) {
		messages = append(messages, remark.Message)
	}
	return messages
}
