package view_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/session"
	"corslab/lab/wire"
	"corslab/web/view"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestComponents compares each component with testdata/NAME.html, one element a line.
func TestComponents(t *testing.T) {
	origins, err := origin.New("localhost:8080", "localhost:8000")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	put := parse(t)
	preflight := &session.Received{
		Request: wire.Request{Method: "OPTIONS", URL: origins.API.String() + "/session/1/messages/0", Headers: wire.Lines(
			"Origin: "+origins.Page.String(), "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-token", "Accept: */*",
		)},
		Response: wire.Response{Status: 204, Headers: wire.Lines("Access-Control-Allow-Origin: *", "X-Latin: \xe9")},
		Asked:    &wire.Asked{Method: "PUT", Headers: "x-token"},
	}
	lanes := view.LanesOf(put, origins)
	panels := view.AttemptPanels{Scenario: put, Attempt: put.Start(origins), Code: "await fetch(\"<url>\")\n", Origins: origins}
	faulty := panels
	faulty.Attempt.Policy.Response.Status = 0
	faulty.Attempt.Policy.Response.Headers = append(faulty.Attempt.Policy.Response.Headers, policy.Header{Name: `X-"<b>`, Value: "<i>", Own: true})
	faulty.Faults = scenario.Faults{
		{Field: scenario.InReply(policy.Group{Kind: policy.Response}, "").AtRow(5), Message: "no name of a header"},
		{Field: scenario.InReply(policy.Group{Kind: policy.Response}, "status"), Message: "0: want a number"},
		{Field: scenario.Field{Section: scenario.SectionPolicy}, Message: "all wrong"},
	}

	for name, component := range map[string]templ.Component{
		"script":    view.Script(panels),
		"policy":    view.Policy(panels),
		"faults":    view.Policy(faulty),
		"preflight": view.Received(lanes, session.Entry{Seq: 2, Time: at, Run: 1, Received: preflight}),
		"gap":       view.Gap(7),
		"cut": view.Received(lanes, session.Entry{Seq: 2, Time: at, Run: 1, Received: &session.Received{
			Request:  wire.Request{Method: "PUT", URL: origins.API.String() + "/session/1/messages/0", Size: 4000, Headers: wire.Lines("X-Large: xxx [cut]")},
			Response: wire.Response{Status: 200},
			Cut:      session.Cut{Bodies: true, Texts: true},
		}}),
		"cut-run": view.Settled(lanes, session.Entry{Seq: 3, Time: at, Run: 1, Settled: &session.Settled{
			Role: scenario.Main, Script: put.Script, Report: session.Report{Type: "cors", Status: 200}, Outcome: cors.Readable,
			Judged: session.Judged{Verdict: cors.Verdict{Engine: cors.Chromium, Outcome: cors.Readable}, Compared: true},
			Cut:    session.Cut{Bodies: true, Texts: true},
		}}),
		"started": view.Started(lanes, session.Entry{Seq: 1, Time: at, Run: 1, Started: &session.Started{First: true, Role: scenario.Main}}),
		"blocked": view.Settled(lanes, session.Entry{Seq: 3, Time: at, Run: 1, Settled: &session.Settled{
			Role: scenario.Main, Last: true, Script: put.Script,
			Report: session.Report{Type: "error", Error: "TypeError: Failed to fetch", Elapsed: 12.3}, Outcome: cors.Blocked,
			Sent:      []session.Sent{{Method: "OPTIONS", Preflight: true, Status: 204}},
			NeverSent: []session.NeverSent{{Method: "PUT", Preflight: 2}},
			Goal:      []session.Met{{Fact: put.Goal[0], Text: put.Goal[0].Text(origins)}},
			Judged: session.Judged{
				Verdict: cors.Verdict{
					Engine: cors.Chromium, Outcome: cors.Blocked, Cause: cors.MethodNotAllowed, Stage: cors.StagePreflight,
					Console: "Access to <fetch>", Steps: []cors.Step{
						{Section: "CORS check", Step: "3", Passed: true, Found: "*", Expected: "* or <origin>", Text: "Any origin."},
						{Section: "CORS-preflight fetch", Step: "7.5", Found: "GET", Expected: "PUT", Text: "Not listed."},
					},
				},
				Others: []cors.Verdict{
					{Engine: cors.Firefox, Outcome: cors.Blocked, Cause: cors.MethodNotAllowed, Stage: cors.StagePreflight, Error: "CORSMethodNotFound", Console: "Blocked."},
					{Engine: cors.WebKit, Outcome: cors.Readable},
				},
				Compared: true,
				Differs:  []string{"outcome: expected <readable>, found blocked"},
			},
		}}),
		"readable": view.Settled(lanes, session.Entry{Seq: 3, Time: at, Run: 1, Settled: &session.Settled{
			Role: scenario.Main, Last: true, Script: put.Script,
			Report:  session.Report{Type: "cors", Status: 200, Headers: [][]string{{"x-custom", "<1>"}}, Body: "<body>", Elapsed: 12.3},
			Outcome: cors.Readable, Sent: []session.Sent{{Method: "PUT", Status: 200}},
			Goal: []session.Met{{Fact: put.Goal[0], Text: put.Goal[0].Text(origins), Held: true}}, Solved: true,
			Change: session.Change{Attempt: faulty.Attempt, Since: 2, Edits: faulty.Attempt.Difference(panels.Attempt)},
			Judged: session.Judged{
				Verdict: cors.Verdict{Engine: cors.Standard, Outcome: cors.Readable, Type: "cors"},
				Others:  []cors.Verdict{{Engine: cors.Chromium, Outcome: cors.Unknown, Missing: "hops[0].preflight"}},
			},
		}}),
		"no-answer": view.Verdict(1, 1, session.Settled{Judged: session.Judged{
			Verdict: cors.Verdict{
				Engine: cors.WebKit, Outcome: cors.Blocked, Cause: cors.NoResponse, Stage: cors.StageResponse,
				Steps: []cors.Step{{Section: "HTTP fetch", Step: "4.3", Found: "no answer", Expected: "an answer", Text: "No answer."}},
			},
			Others: []cors.Verdict{{Engine: cors.Standard, Outcome: cors.Blocked, Cause: cors.NoResponse, Stage: cors.StageResponse}},
		}}),
		"comparison":    view.Comparison(view.Compared{Run: 1, Attempt: panels.Attempt}, view.Compared{Run: 12, Attempt: faulty.Attempt}),
		"compared-same": view.Comparison(view.Compared{Run: 2, Attempt: panels.Attempt}, view.Compared{Run: 3, Attempt: panels.Attempt}),
		"status": view.Verdict(2, 1, session.Settled{Judged: session.Judged{
			Compared: true,
			Verdict: cors.Verdict{
				Engine: cors.Firefox, Outcome: cors.Blocked, Cause: cors.PreflightStatus, Stage: cors.StagePreflight,
				Steps: []cors.Step{{Section: "CORS-preflight fetch", Step: "7", Found: "404", Expected: "200 to 299", Text: "Not ok."}},
			},
		}}),
		"header": view.Verdict(2, 1, session.Settled{Judged: session.Judged{
			Compared: true,
			Verdict: cors.Verdict{
				Engine: cors.Firefox, Outcome: cors.Blocked, Cause: cors.MethodNotAllowed, Stage: cors.StagePreflight,
				Steps: []cors.Step{{Section: "CORS-preflight fetch", Step: "7.5", Found: "no Access-Control-Allow-Methods", Expected: "PUT", Text: "Not listed."}},
			},
		}}),
		"caches": view.Caches(session.Caches{
			Now: at, Engine: cors.Chromium, Lasts: true,
			Preflights: []cors.Remembered{
				{Origin: origins.Page.String(), URL: "http://localhost:8000/messages/0", Methods: []string{"PUT", "DELETE"}, Names: []string{"x-<b>"}, Age: 2 * time.Hour, Named: true, Capped: true, Expires: at.Add(90 * time.Minute)},
				{Origin: "null", URL: "http://localhost:8000/messages", Credentials: true, Methods: []string{"PUT"}, Age: 5 * time.Second, Expires: at.Add(4200 * time.Millisecond)},
			},
			Browser: []session.CachedResponse{{URL: "http://localhost:8000/messages", Until: at.Add(time.Minute)}},
			Shared:  []session.CachedResponse{{URL: "http://localhost:8000/messages", Seq: 2, Varied: [][2]string{{"Origin", origins.Page.String()}, {"X-Token", ""}}}},
		}),
		"not-found": view.Failure("Page not found", "No page at </p>", 0),
		"runner":    view.Runner(origins.Page.String(), []string{"js/a.js", "js/b.js"}),
	} {
		t.Run(name, func(t *testing.T) { checkGolden(t, name, component) })
	}
}

func parse(t *testing.T) *scenario.Scenario {
	t.Helper()
	parsed, err := format.Parse("put.yaml", []byte(`corslab: 1
title: Put
track: Test
story: Test
script: {method: PUT, url: "{api}/messages/0", headers: [{X-Token: "<t>"}]}
policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}
change: [policy, script.mode, script.headers]
expect: {outcome: blocked, cause: method-not-allowed, stage: preflight}
goal: [{page: readable}]
solutions: [{}]
`))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func checkGolden(t *testing.T, name string, component templ.Component) {
	t.Helper()
	var html strings.Builder
	if err := component.Render(t.Context(), &html); err != nil {
		t.Fatal(err)
	}
	got := strings.ReplaceAll(html.String(), "><", ">\n<") + "\n"
	golden := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("markup (-want +got):\n%s", diff)
	}
}
