package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"corslab/cmd/internal/cli"
	"corslab/scenarios"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
)

const (
	patience = time.Minute     // for things that are quick unless the machine is busy
	stopTime = 2 * time.Second // within which the lab must end
)

func TestRun(t *testing.T) {
	tests := map[string]struct {
		args   []string
		status int
		out    string // a regular expression, like err
		err    string
	}{
		"version":                      {[]string{"version"}, cli.Done, `corslab \S+\n`, ``},
		"help":                         {[]string{"--help"}, cli.Done, `(?s)Usage: corslab .*serve .*list .*validate .*version .*`, ``},
		"help about a command":         {[]string{"list", "--help"}, cli.Done, `(?s)Usage: corslab list .*--scenarios=DIR.*--only.*--json.*`, ``},
		"an unknown command":           {[]string{"frobnicate"}, cli.Misused, ``, `corslab: [^\n]*frobnicate[^\n]*\n`},
		"an unknown flag":              {[]string{"--nope"}, cli.Misused, ``, `corslab: [^\n]*--nope[^\n]*\n`},
		"an unknown flag of a command": {[]string{"list", "--page-addr", "localhost:0"}, cli.Misused, ``, `corslab: [^\n]*--page-addr[^\n]*\n`},
		"an argument too many":         {[]string{"version", "2"}, cli.Misused, ``, `corslab: [^\n]*2[^\n]*\n`},
		"validate without a path":      {[]string{"validate"}, cli.Misused, ``, `corslab: [^\n]*path[^\n]*\n`},
		"only nothing":                 {[]string{"serve", "--only"}, cli.Misused, ``, `corslab: --only leaves the shipped scenarios out, and there are no others; name a folder of yours with --scenarios DIR\n`},
		"list only nothing":            {[]string{"list", "--only"}, cli.Misused, ``, `corslab: --only [^\n]*\n`},
		"a flag without its value":     {[]string{"serve", "--page-addr"}, cli.Misused, ``, `corslab: [^\n]*--page-addr[^\n]*\n`},
		"not a number":                 {[]string{"serve", "--sessions-per-client", "many"}, cli.Misused, ``, `corslab: --sessions-per-client: found "many"; want a number from 1 [^\n]*\n`},
		"zero":                         {[]string{"serve", "--sockets-per-client", "0"}, cli.Misused, ``, `corslab: --sockets-per-client: found "0"; want a number from 1 [^\n]*\n`},
		"a negative number":            {[]string{"serve", "--new-sessions-per-minute=-1"}, cli.Misused, ``, `corslab: --new-sessions-per-minute: found "-1"; want a number from 1 [^\n]*\n`},
		"a fraction":                   {[]string{"serve", "--connections", "1.5"}, cli.Misused, ``, `corslab: --connections: found "1.5"; want a number from 1 [^\n]*\n`},
		"a number that is too large":   {[]string{"serve", "--connections-per-client", "99999999999"}, cli.Misused, ``, `corslab: --connections-per-client: found "99999999999"; want a number from 1 to [^\n]*\n`},
		"a size without its unit":      {[]string{"serve", "--journal-budget", "100"}, cli.Misused, ``, `corslab: --journal-budget: found "100"; want a whole number of MiB or GiB, such as 256MiB[^\n]*\n`},
		"an unknown unit":              {[]string{"serve", "--memory-limit", "1TB"}, cli.Misused, ``, `corslab: --memory-limit: found "1TB"; want a whole number of MiB or GiB, such as 256MiB[^\n]*\n`},
		"more logs than memory":        {[]string{"serve", "--journal-budget", "1GiB"}, cli.Misused, ``, `corslab: [^\n]*--journal-budget 1024MiB: want at most half of --memory-limit, which is 400MiB[^\n]*\n`},
		"a proxy without an address":   {[]string{"serve", "--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "proxy.local"}, cli.Misused, ``, `corslab: --trusted-proxy: found "proxy.local"; want a network such as 10.0.0.0/8, or an address[^\n]*\n`},
		"an address without a port":    {[]string{"serve", "--page-addr", "localhost"}, cli.Misused, ``, `corslab: --page-addr localhost: [^\n]*host:port[^\n]*\n`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, out, errs := call(t, test.args...)
			if status != test.status {
				t.Errorf("run() = %d, want %d", status, test.status)
			}
			if !regexp.MustCompile(`^` + test.out + `$`).MatchString(out) {
				t.Errorf("stdout = %q, want %s", out, test.out)
			}
			if !regexp.MustCompile(`^` + test.err + `$`).MatchString(errs) {
				t.Errorf("stderr = %q, want %s", errs, test.err)
			}
		})
	}
}

// listedJSON is a scenario in the format that other programs rely on.
type listedJSON struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Track   string   `json:"track"`
	Needs   []string `json:"needs"`
	Minutes int      `json:"minutes"`
	Covers  []string `json:"covers"`
	Expect  struct {
		Outcome string            `json:"outcome"`
		Cause   string            `json:"cause"`
		Stage   string            `json:"stage"`
		Errors  map[string]string `json:"errors"`
	} `json:"expect"`
	File string `json:"file"`
}

func TestList(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "90-own.yaml", scenarioFile)
	status, out, errs := call(t, "list", "--scenarios", dir)
	if status != cli.Done || errs != "" {
		t.Fatalf("run() = %d, stderr %q, want %d and nothing", status, errs, cli.Done)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if got, want := len(lines), len(shippedFiles(t))+1; got != want {
		t.Errorf("%d lines, want %d", got, want)
	}
	columns := regexp.MustCompile(`  +`)
	if diff := cmp.Diff([]string{"no-allow-origin", "Origins", "The answer that the script may not read"}, columns.Split(lines[0], -1)); diff != "" {
		t.Errorf("the first line differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"own", "Mine", "My own"}, columns.Split(lines[len(lines)-1], -1)); diff != "" {
		t.Errorf("the last line differs (-want +got):\n%s", diff)
	}
}

func TestList_json(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "90-own.yaml", scenarioFile)
	status, out, errs := call(t, "list", "--json", "--scenarios", dir)
	if status != cli.Done || errs != "" {
		t.Fatalf("run() = %d, stderr %q, want %d and nothing", status, errs, cli.Done)
	}
	var list []listedJSON
	decode(t, out, &list)
	if got, want := len(list), len(shippedFiles(t))+1; got != want {
		t.Fatalf("%d scenarios, want %d", got, want)
	}
	first := listedJSON{
		ID: "no-allow-origin", Title: "The answer that the script may not read", Track: "Origins",
		Needs: []string{}, Minutes: 5, Covers: []string{"S01", "P1"}, File: "scenarios/101-no-allow-origin.yaml",
	}
	first.Expect.Outcome, first.Expect.Cause, first.Expect.Stage = "blocked", "allow-origin-missing", "response"
	first.Expect.Errors = map[string]string{"chromium": "MissingAllowOriginHeader", "firefox": "CORSMissingAllowOrigin2"}
	if diff := cmp.Diff(first, list[0]); diff != "" {
		t.Errorf("the first scenario differs (-want +got):\n%s", diff)
	}
	// What the file doesn't say is empty, never null.
	own := listedJSON{ID: "own", Title: "My own", Track: "Mine", Needs: []string{}, Covers: []string{}, File: filepath.ToSlash(dir) + "/90-own.yaml"}
	own.Expect.Outcome, own.Expect.Errors = "readable", map[string]string{}
	if diff := cmp.Diff(own, list[len(list)-1]); diff != "" {
		t.Errorf("the last scenario differs (-want +got):\n%s", diff)
	}
}

func shippedFiles(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(scenarios.Files, "[0-9]*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestValidate(t *testing.T) {
	dir := t.TempDir()
	good := write(t, dir, "good/10-a.yaml", scenarioFile)
	bad := write(t, dir, "bad/10-b.yaml", strings.Replace(scenarioFile, "track:", "trakc:", 1))
	worse := write(t, dir, "bad/20-c.yaml", "corslab: 1\ntitle: Two: colons\n")
	twice := write(t, dir, "bad/30-b.yaml", scenarioFile)
	needing := write(t, dir, "needing/10-d.yaml", strings.Replace(scenarioFile, "track:", "needs: [no-cors, no-core]\ntrack:", 1))
	mapped := write(t, dir, "mapped/tracks.yaml", "corslab: 1\ntracks: [{name: Mine}]\n")
	judged := write(t, dir, "judged/10-e.yaml", strings.NewReplacer("readable}\n", "blocked, cause: no-answer, stage: response}\n", "[{}]", "[{policy: {response: {status: 500}}}]").Replace(scenarioFile))
	taken := write(t, dir, "taken/10-no-cors.yaml", scenarioFile)
	write(t, dir, "again/10-a.yaml", scenarioFile)
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Dir(bad), link); err != nil {
		link = filepath.Dir(bad) // not every system allows links
	}
	badLine := bad + `:3:1: scenario: unknown key "trakc"; did you mean "track"?
    3 | trakc: Mine
      | ^
`
	worseLine := worse + `:2:11: not YAML: mapping values are not allowed in this context; want quotes around a text that holds a colon and a space
    2 | title: Two: colons
      |           ^
`
	judgedLines := judged + `:7:19: expect.outcome: found "blocked"; the judge says readable in every browser
    7 | expect: {outcome: blocked, cause: no-answer, stage: response}
      |                   ^
` + judged + `:8:7: goal: the start solves it already in every browser; want something to do, or the solution {}
    8 | goal: [{page: readable}]
      |       ^
`
	needingLine := needing + `:3:18: needs[1]: there is no scenario "no-core"; did you mean "no-cors"?
    3 | needs: [no-cors, no-core]
      |                  ^
`
	onlyLine := needing + `:3:9: needs[0]: there is no scenario "no-cors"
    3 | needs: [no-cors, no-core]
      |         ^
` + needing + `:3:18: needs[1]: there is no scenario "no-core"
    3 | needs: [no-cors, no-core]
      |                  ^
`
	takenLine := taken + `: the id "no-cors" is taken by scenarios/201-no-cors.yaml; want another file name
`
	againLine := filepath.Join(dir, "again/10-a.yaml") + `: the id "a" is taken by ` + good + `; want another file name
`
	mappedLine := mapped + `:2:10: tracks[0]: the key "about" is missing
    2 | tracks: [{name: Mine}]
      |          ^
`

	tests := map[string]struct {
		args   []string
		status int
		out    string
	}{
		"the shipped files":                 {[]string{"../../scenarios"}, cli.Done, ""},
		"a file without problems":           {[]string{good}, cli.Done, ""},
		"several files":                     {[]string{good, twice}, cli.Done, ""},
		"a file with a problem":             {[]string{bad}, cli.Failed, badLine},
		"files in any order":                {[]string{worse, good, bad}, cli.Failed, badLine + worseLine},
		"a file and its folder":             {[]string{bad, filepath.Dir(bad), bad}, cli.Failed, badLine + worseLine},
		"a folder":                          {[]string{filepath.Dir(bad)}, cli.Failed, badLine + worseLine},
		"a folder that needs a shipped one": {[]string{filepath.Dir(needing)}, cli.Failed, needingLine},
		"a file that needs a shipped one":   {[]string{needing}, cli.Failed, needingLine},
		"the shipped ones left out":         {[]string{"--only", needing}, cli.Failed, onlyLine},
		"an id of a shipped one":            {[]string{filepath.Dir(taken)}, cli.Failed, takenLine},
		"a file with such an id":            {[]string{taken}, cli.Failed, takenLine},
		"such an id, that one left out":     {[]string{"--only", taken}, cli.Done, ""},
		"one id in two folders":             {[]string{filepath.Dir(good), filepath.Join(dir, "again")}, cli.Failed, againLine},
		"a folder by two names":             {[]string{bad, link}, cli.Failed, badLine + worseLine},
		"a map of tracks":                   {[]string{mapped}, cli.Failed, mappedLine},
		"a file that the judge contradicts": {[]string{judged}, cli.Failed, judgedLines},
		"a folder of one":                   {[]string{filepath.Dir(judged)}, cli.Failed, judgedLines},
		"a file without problems, JSON":     {[]string{"--json", good}, cli.Done, "[]\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, out, errs := call(t, append([]string{"validate"}, test.args...)...)
			if status != test.status {
				t.Errorf("run() = %d, want %d", status, test.status)
			}
			if diff := cmp.Diff(test.out, out); diff != "" {
				t.Errorf("stdout differs (-want +got):\n%s", diff)
			}
			if errs != "" {
				t.Errorf("stderr = %q, want nothing", errs)
			}
		})
	}
}

func TestValidate_json(t *testing.T) {
	bad := write(t, t.TempDir(), "b.yaml", strings.NewReplacer("track:", "trakc:", "readable", "<b>").Replace(scenarioFile))
	status, out, errs := call(t, "validate", "--json", bad)
	if status != cli.Failed || errs != "" {
		t.Errorf("run() = %d, stderr %q, want %d and nothing", status, errs, cli.Failed)
	}
	type problemJSON struct {
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Message string `json:"message"`
		Excerpt string `json:"excerpt"`
	}
	var got []problemJSON
	decode(t, out, &got)
	want := []problemJSON{
		{bad, 3, 1, `scenario: unknown key "trakc"; did you mean "track"?`, "trakc: Mine\n^"},
		{bad, 7, 19, `expect.outcome: unknown value "<b>"; want readable, opaque, opaqueredirect, blocked or unknown`, "expect: {outcome: <b>}\n                  ^"},
		{bad, 8, 15, `goal[0].page: unknown value "<b>"; want readable, opaque, opaqueredirect, blocked or unknown`, "goal: [{page: <b>}]\n              ^"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the problems differ (-want +got):\n%s", diff)
	}
}

// A file that can't be checked is named, and the rest is checked anyway.
func TestValidate_unread(t *testing.T) {
	dir := t.TempDir()
	bad := write(t, dir, "course/10-b.yaml", strings.Replace(scenarioFile, "track:", "trakc:", 1))
	other := write(t, dir, "empty/10-a.txt", scenarioFile)
	for name, test := range map[string]struct{ path, want string }{
		"no such path":        {filepath.Join(dir, "missing.yaml"), ": no such file or directory"},
		"a folder of nothing": {filepath.Dir(other), ": found no scenario file; want files in it whose names end in .yaml"},
		"another ending":      {other, ": found another name than those of scenario files; want one that ends in .yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errs := call(t, "validate", test.path, bad)
			if status != cli.Misused {
				t.Errorf("run() = %d, want %d", status, cli.Misused)
			}
			if !strings.HasPrefix(out, bad+":3:1: ") {
				t.Errorf("stdout = %q, want the problem of %s", out, bad)
			}
			if !strings.HasSuffix(errs, test.path+test.want+"\n") || strings.Count(errs, "\n") != 1 {
				t.Errorf("stderr = %q, want one line that ends %q", errs, test.path+test.want)
			}
		})
	}
}

// Things that aren't readable files are named, and the command doesn't wait for them.
func TestValidate_hostile(t *testing.T) {
	dir := t.TempDir()
	loop := filepath.Join(dir, "10-loop.yaml")
	if err := os.Symlink("10-loop.yaml", loop); err != nil {
		t.Skip("can't create links here:", err)
	}
	if status, out, errs := call(t, "validate", loop); status != cli.Misused || out != "" || !strings.Contains(errs, loop) {
		t.Errorf("validate %s = %d, %q, %q, want %d and its name", loop, status, out, errs, cli.Misused)
	}
	if status, out, _ := call(t, "validate", dir); status != cli.Failed || !strings.HasPrefix(out, loop+": ") {
		t.Errorf("validate %s = %d, %q, want %d and the file's name", dir, status, out, cli.Failed)
	}
	if status, out, errs := call(t, "validate", os.DevNull); status != cli.Misused || out != "" || !strings.Contains(errs, "is not a regular file") {
		t.Errorf("validate %s = %d, %q, %q, want %d and why", os.DevNull, status, out, errs, cli.Misused)
	}
	large := write(t, t.TempDir(), "10-large.yaml", strings.Repeat("#", 10<<20))
	want := large + ": the file is larger than 262144 bytes, the most that is read\n"
	for _, path := range []string{large, filepath.Dir(large)} {
		if status, out, errs := call(t, "validate", path); status != cli.Failed || out != want || errs != "" {
			t.Errorf("validate %s = %d, %.300q, %q, want %d and %q", path, status, out, errs, cli.Failed, want)
		}
	}
}

func TestServe(t *testing.T) {
	lab := start(t, "serve", "--page-addr", "localhost:0", "--api-addr", "localhost:0")
	if status, body := get(t, lab.page); status != http.StatusOK || !strings.Contains(body, "/scenarios/no-allow-origin") {
		t.Errorf("GET %s = %d %s, want a page that links to the scenarios", lab.page, status, body)
	}
	if status, body := get(t, lab.api); status != http.StatusNotFound || !strings.Contains(body, "no session here") {
		t.Errorf("GET %s = %d %s, want 404 and why", lab.api, status, body)
	}
	if lab.page == lab.api {
		t.Errorf("both origins are %s, want two", lab.page)
	}

	errs := lab.stop(t, cli.Done)
	if want := fmt.Sprint(len(shippedFiles(t))) + " scenarios, the shipped ones\nOpen " + lab.page + " in your browser."; !strings.Contains(errs, want) {
		t.Errorf("stderr = %q, want %q in it", errs, want)
	}
	for _, url := range []string{lab.page, lab.api} {
		conn, err := net.DialTimeout("tcp", strings.Trim(strings.TrimPrefix(url, "http://"), "/"), patience)
		if err == nil {
			conn.Close()
			t.Errorf("%s is still open after the lab stopped", url)
		}
	}
}

func TestServe_isTheDefault(t *testing.T) {
	dir, more := t.TempDir(), t.TempDir()
	write(t, dir, "90-own.yaml", scenarioFile)
	lab := start(t, "--page-addr", "127.0.0.1:0", "--api-addr=localhost:0", "--scenarios", dir, "--scenarios", more)
	if !strings.HasPrefix(lab.page, "http://127.0.0.1:") {
		t.Errorf("the page's URL is %s, want it on 127.0.0.1", lab.page)
	}
	if status, body := get(t, lab.page+"scenarios/own"); status != http.StatusOK || !strings.Contains(body, "My own") {
		t.Errorf("GET /scenarios/own = %d %s, want the page of the user's scenario", status, body)
	}
	errs := lab.stop(t, cli.Done)
	if want := fmt.Sprint(len(shippedFiles(t))+1) + " scenarios, the shipped ones and those in " + dir + ", " + more + "\n"; !strings.Contains(errs, want) {
		t.Errorf("stderr = %q, want %q in it", errs, want)
	}
}

// TestServe_only checks that --only leaves out the shipped scenarios, but not the sandbox.
func TestServe_only(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "90-own.yaml", scenarioFile)
	lab := start(t, "--page-addr", "localhost:0", "--api-addr", "localhost:0", "--scenarios", dir, "--only")
	for path, want := range map[string]int{"": 200, "errors": 200, "scenarios/own": 200, "scenarios/sandbox": 200, "scenarios/no-allow-origin": 404} {
		if status, body := get(t, lab.page+path); status != want || strings.Contains(body, "/scenarios/no-allow-origin\"") {
			t.Errorf("GET /%s = %d %s, want %d and no link to a shipped scenario", path, status, body, want)
		}
	}
	errs := lab.stop(t, cli.Done)
	if want := ": 1 scenario, those in " + dir + "\n"; !strings.Contains(errs, want) {
		t.Errorf("stderr = %q, want %q in it", errs, want)
	}
}

func TestServe_portInUse(t *testing.T) {
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for flag, other := range map[string]string{"--page-addr": "--api-addr", "--api-addr": "--page-addr"} {
		for _, host := range []string{"localhost", "127.0.0.1"} {
			t.Run(flag+" "+host, func(t *testing.T) {
				addr := net.JoinHostPort(host, port)
				status, out, errs := call(t, "serve", flag, addr, other, "localhost:0")
				if status != cli.Failed {
					t.Errorf("run() = %d, want %d", status, cli.Failed)
				}
				if out != "" {
					t.Errorf("stdout = %q, want nothing", out)
				}
				want := fmt.Sprintf("corslab: %s is already in use; choose another address with %s, such as %s localhost:0 for any free port\n", addr, flag, flag)
				if errs != want {
					t.Errorf("stderr = %q, want %q", errs, want)
				}
			})
		}
	}
}

func TestScenarios_bad(t *testing.T) {
	dir := t.TempDir()
	broken := write(t, dir, "broken/10-own.yaml", strings.Replace(scenarioFile, "track:", "trakc:", 1))
	taken := write(t, dir, "taken/10-no-allow-origin.yaml", scenarioFile)
	missing := filepath.Join(dir, "missing")
	tests := map[string]struct {
		scenarios string
		status    int
		err       string // the whole error message
	}{
		"a file with a problem": {filepath.Dir(broken), cli.Failed, broken + `:3:1: scenario: unknown key "trakc"; did you mean "track"?
    3 | trakc: Mine
      | ^
`},
		"an id that a shipped one has": {
			filepath.Dir(taken), cli.Failed, taken + `: the id "no-allow-origin" is taken by scenarios/101-no-allow-origin.yaml; want another file name` + "\n",
		},
		"a missing folder":        {missing, cli.Misused, "corslab: --scenarios " + missing + ": no such folder\n"},
		"a file and not a folder": {broken, cli.Misused, "corslab: --scenarios " + broken + ": not a directory\n"},
	}
	for name, test := range tests {
		for _, args := range [][]string{{"serve", "--page-addr", "localhost:0", "--api-addr", "localhost:0"}, {"list"}, {"list", "--json"}} {
			t.Run(name+", "+strings.Join(args[:min(2, len(args))], " "), func(t *testing.T) {
				status, out, errs := call(t, append(args, "--scenarios", test.scenarios)...)
				if status != test.status {
					t.Errorf("run() = %d, want %d", status, test.status)
				}
				if out != "" {
					t.Errorf("stdout = %q, want nothing", out)
				}
				if errs != test.err {
					t.Errorf("stderr = %q, want %q", errs, test.err)
				}
			})
		}
	}
}

// The program ends on a signal and closes the pages' sockets with a reason.
func TestSignals(t *testing.T) {
	program := build(t)
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			reader, writer := io.Pipe()
			var errs bytes.Buffer
			cmd := exec.Command(program, "--page-addr", "localhost:0", "--api-addr", "localhost:0")
			cmd.Stdout, cmd.Stderr = writer, &errs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait(); writer.Close() }()
			t.Cleanup(func() {
				cmd.Process.Kill() // an error means that it has ended already
				io.Copy(io.Discard, reader)
			})
			out := lines(reader)
			page := strings.TrimSuffix(next(t, out), "/")
			next(t, out)
			conn := openJournal(t, page, "testofthesignals")

			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			deadline := time.After(stopTime)
			closed := readClose(t, conn)
			if closed.Code != websocket.CloseGoingAway || closed.Text == "" {
				t.Errorf("the socket was closed with %d %q, want %d and a reason", closed.Code, closed.Text, websocket.CloseGoingAway)
			}
			select {
			case err := <-ended:
				if err != nil {
					t.Errorf("the program ended with %v, want exit status 0; stderr:\n%s", err, &errs)
				}
			case <-deadline:
				t.Fatalf("the program didn't end within %v", stopTime)
			}
		})
	}
}

const scenarioFile = `corslab: 1
title: My own
track: Mine
story: A page asks an API.
script: {url: "{api}/messages"}
policy: {response: {headers: [{Access-Control-Allow-Origin: "*"}]}}
expect: {outcome: readable}
goal: [{page: readable}]
solutions: [{}]
`

// call runs the program until it ends. If a lab starts that shouldn't, call stops it,
// and then its status and output are wrong.
func call(t testing.TB, args ...string) (status int, out, errs string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var outs, said bytes.Buffer
	status = run(ctx, args, cli.Streams{In: strings.NewReader(""), Out: &outs, Err: &said})
	return status, outs.String(), said.String()
}

// served is a running lab.
type served struct {
	page, api string // as printed
	cancel    context.CancelFunc
	out       <-chan string
	ended     <-chan int
	errs      *bytes.Buffer // read it only after the end
}

// start runs the program until it has printed its two lines.
func start(t testing.TB, args ...string) *served {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	reader, writer := io.Pipe()
	ended := make(chan int, 1)
	lab := &served{cancel: cancel, out: lines(reader), ended: ended, errs: new(bytes.Buffer)}
	go func() {
		defer writer.Close()
		ended <- run(ctx, args, cli.Streams{In: strings.NewReader(""), Out: writer, Err: lab.errs})
	}()
	lab.page, lab.api = next(t, lab.out), next(t, lab.out)
	return lab
}

// stop ends the lab and returns its standard error.
func (lab *served) stop(t testing.TB, want int) string {
	t.Helper()
	lab.cancel()
	select {
	case status := <-lab.ended:
		if status != want {
			t.Errorf("run() = %d, want %d", status, want)
		}
	case <-time.After(stopTime):
		t.Fatalf("run() didn't end within %v", stopTime)
	}
	for line := range lab.out {
		t.Errorf("stdout has a third line %q, want two", line)
	}
	return lab.errs.String()
}

// lines sends the lines of r to a channel, and closes it at the end.
func lines(r io.Reader) <-chan string {
	out := make(chan string, 10)
	go func() {
		defer close(out)
		for scanner := bufio.NewScanner(r); scanner.Scan(); {
			out <- scanner.Text()
		}
	}()
	return out
}

func next(t testing.TB, lines <-chan string) string {
	t.Helper()
	select {
	case line, ok := <-lines:
		if !ok {
			t.Fatal("stdout ended, want a line")
		}
		return line
	case <-time.After(patience):
		t.Fatalf("no line on stdout within %v", patience)
	}
	return ""
}

func get(t testing.TB, url string) (status int, body string) {
	t.Helper()
	return send(t, http.MethodGet, url, "")
}

func send(t testing.TB, method, url, body string) (status int, received string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", request.URL.Scheme+"://"+request.URL.Host) // like the lab's page
	client := http.Client{Timeout: patience}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(read)
}

// openJournal opens a session and its WebSocket, as a page does.
func openJournal(t testing.TB, page, session string) *websocket.Conn {
	t.Helper()
	if status, body := send(t, http.MethodPut, page+"/sessions/"+session, `{"scenario":"no-allow-origin","seq":0,"run":0}`); status != http.StatusOK {
		t.Fatalf("PUT /sessions/%s = %d %s, want 200", session, status, body)
	}
	url := "ws" + strings.TrimPrefix(page, "http") + "/sessions/" + session + "/journal?after=0"
	conn, response, err := websocket.DefaultDialer.DialContext(t.Context(), url, http.Header{"Origin": {page}})
	if err != nil {
		t.Fatalf("dial %s: %v (%v)", url, err, response)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// readClose reads until the server closes the socket.
func readClose(t testing.TB, conn *websocket.Conn) *websocket.CloseError {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	for {
		_, _, err := conn.ReadMessage()
		if err == nil {
			continue
		}
		var closed *websocket.CloseError
		if !errors.As(err, &closed) {
			t.Fatalf("the socket ended with %v, want a close frame", err)
		}
		return closed
	}
}

// decode reads JSON that has only the fields of into.
func decode(t testing.TB, text string, into any) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	if decoder.More() {
		t.Fatalf("more than one JSON value in %s", text)
	}
}

// write writes a file below dir and returns its path in the form that messages use.
func write(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(path)
}
