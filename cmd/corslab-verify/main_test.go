package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corslab/cmd/internal/cli"
	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/play"

	"github.com/google/go-cmp/cmp"
)

// hello is a file without mistakes.
const hello = `corslab: 1
title: Hello
track: My class
story: The API answers, and the script may not read it. Why?
script: {url: "{api}/messages"}
policy: {response: {status: 200}}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response, sent: [GET]}
goal: [{page: readable}]
solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}}]
wrong: [{policy: {preflight: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}, because: It has no preflight.}]
`

func TestRun(t *testing.T) {
	dir := t.TempDir()
	good := write(t, dir, "10-hello.yaml", hello)
	twin := write(t, dir, "other/hello.yaml", hello)
	broken := write(t, dir, "broken/10-hello.yaml", strings.Replace(hello, "title", "tilte", 1))
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		args   []string
		status int
		err    string // a regular expression
	}{
		"an unknown browser": {[]string{"--browser", "lynx"}, cli.Misused, `corslab-verify: --browser lynx: want chromium, firefox or webkit\n`},
		"an unknown flag":    {[]string{"--fast"}, cli.Misused, `corslab-verify: .*--fast.*\n`},
		"no such file":       {[]string{filepath.Join(dir, "absent.yaml")}, cli.Misused, `corslab-verify: .*absent.yaml.*\n`},
		"an empty folder":    {[]string{empty}, cli.Misused, `corslab-verify: .*: found no scenario file; want .*\n`},
		"one id twice":       {[]string{good, twin}, cli.Misused, `corslab-verify: .*the id "hello" is taken by .*\n`},
		"a file with a mistake": {
			[]string{good, broken},
			cli.Failed,
			regexp.QuoteMeta(filepath.ToSlash(broken)) + `:2:1: .*unknown key "tilte"; did you mean "title"\?\n(.*\n)*`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errs := call(t, test.args...)
			if status != test.status || out != "" {
				t.Errorf("run() = %d and prints %q, want %d and nothing", status, out, test.status)
			}
			if !regexp.MustCompile(`^` + test.err + `$`).MatchString(errs) {
				t.Errorf("stderr = %q, want %s", errs, test.err)
			}
		})
	}
}

// TestMissing checks the message if no browser is installed.
func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if path, err := driver.FindFirefox(); err == nil {
		t.Skipf("Firefox is at %s all the same", path)
	}
	status, out, errs := call(t, "--browser", "firefox")
	if status != cli.Failed || out != "" || !strings.HasPrefix(errs, "corslab-verify: firefox: Firefox is not installed") || strings.Count(errs, "\n") != 1 {
		t.Errorf("run() = %d, prints %q and says %q, want %d, nothing, and how to install Firefox", status, out, errs, cli.Failed)
	}
}

// TestVerify plays three files in Chromium: one that is right, one with many mistakes,
// and one that needs no change.
func TestVerify(t *testing.T) {
	needChromium(t)
	dir := t.TempDir()
	write(t, dir, "10-hello.yaml", hello)
	faulty := strings.NewReplacer(
		"sent: [GET]", "sent: [OPTIONS, GET], errors: {chromium: PreflightMissingAllowOriginHeader}",
		"cause: allow-origin-missing, stage: response", "cause: header-not-allowed, stage: preflight",
		`solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}}]`, `solutions: [{policy: {response: {status: 201}}}]`,
		`wrong: [{policy: {preflight:`, `wrong: [{policy: {response:`,
	).Replace(hello)
	write(t, dir, "20-faulty.yaml", faulty)
	idle := strings.NewReplacer("{page: readable}", "{page: blocked}", `solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}}]`, "solutions: [{}]").Replace(hello)
	idle, _, _ = strings.Cut(idle, "wrong:")
	write(t, dir, "30-idle.yaml", idle)
	junit := filepath.Join(dir, "junit.xml")

	status, out, errs := call(t, "--browser", "chromium", "--junit", junit, dir)
	if status != cli.Failed || errs != "" {
		t.Fatalf("run() = %d and says %q, want %d and nothing", status, errs, cli.Failed)
	}
	const faults = `
start: the cause was allow-origin-missing; the file says header-not-allowed (expect.cause)
start: the stage was response; the file says preflight (expect.stage)
start: the API received [GET]; the file says [OPTIONS, GET] (expect.sent)
start: the browser named the error MissingAllowOriginHeader; the file says PreflightMissingAllowOriginHeader (expect.errors.chromium)
solution 1: it was blocked and does not solve: goal[0] “The script can read the answer” does not hold; the file says that it solves (solutions[0])
wrong answer 1: it solves; the file says that it does not, because: It has no preflight. (wrong[0])`
	want := "ok   DIR/10-hello.yaml  chromium\nFAIL DIR/20-faulty.yaml  chromium: 6 problems" +
		regexp.MustCompile(`\n(.*?): `).ReplaceAllString(faults, "\n     $1 in chromium: ") +
		"\nok   DIR/30-idle.yaml  chromium\n3 scenarios, played 3 times in 0.0 s: 1 otherwise than the files say\n"
	got := regexp.MustCompile(`\d+\.\d s`).ReplaceAllString(strings.ReplaceAll(out, filepath.ToSlash(dir), "DIR"), "0.0 s")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the report differs (-want +got):\n%s", diff)
	}
	checkJUnit(t, junit, faults)
}

func checkJUnit(t *testing.T, path, faults string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got suites
	if err := xml.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Suites) != 1 || got.Suites[0].Name != "chromium" || got.Suites[0].Tests != 3 || got.Suites[0].Failures != 1 {
		t.Fatalf("the JUnit report has %+v, want three cases in Chromium of which one failed", got.Suites)
	}
	cases := got.Suites[0].Cases
	if cases[0].Failure != nil || cases[1].Failure == nil || "\n"+cases[1].Failure.Text != faults {
		t.Errorf("the JUnit report has %+v, want the second case to fail for\n%s", cases, faults)
	}
}

// TestVerify_interrupted: what was not played to the end is no success, in any form of
// the report.
func TestVerify_interrupted(t *testing.T) {
	all := []*scenario.Scenario{{ID: "a", File: "a.yaml"}, {ID: "b", File: "b.yaml"}}
	browsers := []*play.Browser{{Engine: cors.Chromium}, {Engine: cors.WebKit}}
	results := []play.Result{
		{Scenario: all[0], Engine: cors.Chromium}, {Scenario: all[0], Engine: cors.WebKit}, {Scenario: all[1], Engine: cors.Chromium}, {Scenario: all[1], Engine: cors.WebKit},
	}
	bad := slices.Clone(results)
	bad[1].Problems = []play.Problem{{Where: "start", Found: "the cause was none"}}
	for name, test := range map[string]struct {
		results  []play.Result
		says     string // on standard error
		out      string
		failures int
		errors   int
	}{
		"all is played":    {results, "", "ok   a.yaml  chromium  webkit\nok   b.yaml  chromium  webkit\n2 scenarios, played 4 times in 0.0 s: all as the files say\n", 0, 0},
		"one has problems": {bad, "", "FAIL a.yaml  chromium  webkit: 1 problem\n     start in webkit: the cause was none\nok   b.yaml  chromium  webkit\n2 scenarios, played 4 times in 0.0 s: 1 otherwise than the files say\n", 1, 0},
		"one is not played": {
			results[:3], "corslab-verify: interrupted\n",
			"ok   a.yaml  chromium  webkit\n---- b.yaml  chromium  webkit: not played\n2 scenarios, played 3 times in 0.0 s: interrupted; so far all as the files say\n", 0, 1,
		},
		"one has problems, two are not played": {
			bad[:2], "corslab-verify: interrupted\n",
			"FAIL a.yaml  chromium  webkit: 1 problem\n     start in webkit: the cause was none\n---- b.yaml  chromium: not played  webkit: not played\n" +
				"2 scenarios, played 2 times in 0.0 s: interrupted; so far 1 otherwise than the files say\n", 1, 2,
		},
		"nothing is played": {
			nil, "corslab-verify: interrupted\n",
			"---- a.yaml  chromium: not played  webkit: not played\n---- b.yaml  chromium: not played  webkit: not played\n2 scenarios, played 0 times in 0.0 s: interrupted; so far all as the files say\n", 0, 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			made := newReport(all, browsers, test.results, 0)
			if whole := test.failures+test.errors == 0; made.OK != whole || made.Interrupted != (test.errors > 0) {
				t.Errorf("ok: %t, interrupted: %t, want %t, %t", made.OK, made.Interrupted, whole, test.errors > 0)
			}
			junit := filepath.Join(t.TempDir(), "junit.xml")
			status, out, says := publish(&verifyCommand{JUnit: junit}, made)
			if (status == cli.Done) != made.OK || out != test.out || says != test.says {
				t.Errorf("status %d, prints\n%s\nand says %q, want\n%s\nand %q", status, out, says, test.out, test.says)
			}
			var got suites
			if err := xml.Unmarshal([]byte(readFile(t, junit)), &got); err != nil {
				t.Fatal(err)
			}
			failures, unplayed := 0, 0
			for _, suite := range got.Suites {
				failures, unplayed = failures+suite.Failures, unplayed+suite.Errors
				if suite.Tests != 2 || len(suite.Cases) != 2 {
					t.Errorf("the suite %s has %d tests and %d cases, want 2", suite.Name, suite.Tests, len(suite.Cases))
				}
			}
			if failures != test.failures || unplayed != test.errors || strings.Count(readFile(t, junit), "<error ") != test.errors {
				t.Errorf("the JUnit report has %d failures and %d errors, want %d and %d:\n%s", failures, unplayed, test.failures, test.errors, readFile(t, junit))
			}
		})
	}
}

// TestVerify_canceled: a context that has ended leaves a report of nothing played, and
// no other sign.
func TestVerify_canceled(t *testing.T) {
	lib, err := read([]string{write(t, t.TempDir(), "hello.yaml", hello)})
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	made, err := verify(ended, lib, []*play.Browser{{Engine: cors.Chromium}}, newProgress(cli.Streams{}, 1))
	if err != nil || made.OK || !made.Interrupted || len(made.Scenarios) != 1 {
		t.Errorf("verify() = %+v, %v, want a report that is interrupted", made, err)
	}
	status, out, _ := publish(&verifyCommand{JSON: true}, made)
	if status != cli.Failed || !strings.Contains(out, `"ok": false`) || !strings.Contains(out, `"interrupted": true`) {
		t.Errorf("status %d, and prints %s", status, out)
	}
}

// publish prints a report as the program does, and returns the status that it ends with.
func publish(c *verifyCommand, r report) (status int, out, errs string) {
	var outs, said bytes.Buffer
	std := cli.Streams{Out: &outs, Err: &said}
	status = cli.Run(context.Background(), "corslab-verify", "", &publishing{c, r}, nil, std)
	return status, outs.String(), said.String()
}

// publishing is a command that only publishes.
type publishing struct {
	command *verifyCommand
	report  report
}

func (p *publishing) Run(std cli.Streams) error { return p.command.publish(std, p.report) }

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestVerify_json(t *testing.T) {
	needChromium(t)
	status, out, errs := call(t, "--browser=chromium", "--json", write(t, t.TempDir(), "hello.yaml", hello))
	if status != cli.Done || errs != "" {
		t.Fatalf("run() = %d and says %q, want %d and nothing", status, errs, cli.Done)
	}
	var got report
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if !got.OK || got.Missing == nil || len(got.Scenarios) != 1 || got.Scenarios[0].ID != "hello" || len(got.Scenarios[0].Browsers) != 1 {
		t.Fatalf("the report is %+v, want that hello is ok in one browser", got)
	}
	if one := got.Scenarios[0].Browsers[0]; one.Browser != "chromium" || !one.OK || one.Sends != 3 || one.Problems == nil {
		t.Errorf("in the browser: %+v, want three sends and no problem", one)
	}
}

// TestVerify_terminal follows the progress line, which is overwritten each time and
// removed before the report.
func TestVerify_terminal(t *testing.T) {
	needChromium(t)
	var out, errs bytes.Buffer
	file := write(t, t.TempDir(), "hello.yaml", hello)
	status := run(t.Context(), []string{"--browser=chromium", file}, cli.Streams{Out: &out, Err: &errs, Terminal: true})
	if status != cli.Done {
		t.Fatalf("run() = %d and says %q, want %d", status, errs.String(), cli.Done)
	}
	const erase = "\r\x1b[K"
	if want := erase + "0 of 1" + erase + "1 of 1: hello in chromium" + erase; errs.String() != want {
		t.Errorf("the terminal gets %q, want %q", errs.String(), want)
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Errorf("the report is %q, want it without what moves the cursor", out.String())
	}
}

func needChromium(t *testing.T) {
	t.Helper()
	if _, err := driver.FindChromium(); err != nil && os.Getenv("CORSLAB_BROWSERS") != "required" {
		t.Skip(err)
	}
}

// call runs the command until it ends.
func call(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var outs, said bytes.Buffer
	status = run(t.Context(), args, cli.Streams{Out: &outs, Err: &said})
	return status, outs.String(), said.String()
}

// write makes a file below dir and returns its path.
func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
