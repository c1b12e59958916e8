package scenario_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"
)

var update = flag.Bool("update", false, "rewrite testdata/export.yaml")

// elsewhere are the origins of a lab at other addresses.
func elsewhere(t testing.TB) origin.Set {
	t.Helper()
	o, err := origin.New("lab.example:9000", "127.0.0.1:9001")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// An exported scenario starts with the same attempt, when it is read from its file here
// and in a lab at other addresses.
func TestScenario_Export(t *testing.T) {
	here, there := scenariotest.Origins(t), elsewhere(t)
	for _, s := range scenariotest.Every(t, "../..") {
		for i, change := range slices.Concat([]scenario.Change{{}}, s.Solutions, s.Wrong) {
			t.Run(fmt.Sprintf("%s %d", s.ID, i), func(t *testing.T) {
				draft := s.Export(s.With(change, here), s.Expect, here)
				draft.File = "draft.yaml"
				file, err := format.Write(draft)
				if err != nil {
					t.Fatalf("Write() = %v, want a file", err)
				}
				read, err := format.Parse("draft.yaml", file)
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range []origin.Set{here, there} {
					edits := slices.DeleteFunc(s.With(change, o).Difference(read.Start(o)), func(e scenario.Edit) bool {
						return e.Field.Input == "stream" && *e.Is == "false" // what is no stream is a text
					})
					if len(edits) > 0 {
						t.Errorf("the export sends otherwise: %s\n%s", lines(edits), file)
					}
				}
				if _, faults := read.Take(read.With(read.Solutions[0], here), here); len(faults) > 0 {
					t.Errorf("Take() of the solution has the faults %v, want none\n%s", faults, file)
				}
			})
		}
	}
}

func lines(edits []scenario.Edit) string {
	var all []string
	for _, e := range edits {
		line := e.Field.String() + " " + e.Header
		for _, text := range []*string{e.Was, e.Is} {
			if text != nil {
				line += fmt.Sprintf(" %q", *text)
			} else {
				line += " nothing"
			}
		}
		all = append(all, line)
	}
	return strings.Join(all, "; ")
}

// A draft has what the learner set, and nothing that a reader would fill in anyway.
func TestScenario_Export_file(t *testing.T) {
	o := scenariotest.Origins(t)
	s := scenariotest.RoutesAndParts()
	s.Hints, s.Needs, s.Covers, s.Minutes = []string{"A hint"}, []string{"minimal"}, []string{"S01"}, 5
	s.Script.Headers = headers("Authorization: Bearer {key}")
	s.Change = []scenario.Changeable{"script", "script.via"}
	attempt := s.Start(o)
	attempt.Script.Method, attempt.Script.Credentials, attempt.Script.Via = "PUT", "include", "cors"
	attempt.Script.Headers = append(attempt.Script.Headers, headers("own X-Page: http://localhost:8080/x", "own : ")...)
	attempt.Policy.Response.Close, attempt.Policy.Response.Status = false, 500
	attempt.Policy.Response.Headers = headers(
		"Access-Control-Allow-Origin: https://localhost:8080", "off own X-Off: http://evil.app.localhost:8080",
		"own X-Braces: {id} {\"a\": {}}", "Content-Type: application/json", "off Vary: Origin")
	attempt.Policy.Routes[0].Response.Headers = []policy.Header{
		{Name: "Access-Control-Allow-Origin", Rule: policy.Suffix, Value: ".localhost:8080", Off: true},
		{Name: "Access-Control-Allow-Origin", Rule: policy.Reflect, Value: "left over"},
	}
	expect := scenario.Expect{
		End: scenario.End{Outcome: cors.Blocked, Cause: cors.AllowOriginMissing, Stage: cors.StagePreflight}, Sent: []string{"OPTIONS"},
		Others: map[cors.Engine]scenario.End{"webkit": {Outcome: cors.Opaque}},
	}
	draft := s.Export(attempt, expect, o)
	draft.File = "draft.yaml"
	got, err := format.Write(draft)
	if err != nil {
		t.Fatal(err)
	}
	scenariotest.SameFile(t, "testdata/export.yaml", got, *update)
}

// The solution is what the start lacks. It is empty if the response is already
// readable.
func TestScenario_Export_solution(t *testing.T) {
	readable := scenario.Expect{End: scenario.End{Outcome: cors.Readable}}
	blocked := scenario.Expect{End: scenario.End{Outcome: cors.Blocked, Cause: cors.AllowOriginMissing, Stage: cors.StageResponse}}
	inOne := scenario.Expect{End: scenario.End{Outcome: cors.Readable}, Others: map[cors.Engine]scenario.End{"firefox": blocked.End}}
	tests := map[string]struct {
		change func(*scenario.Scenario)
		expect scenario.Expect
		want   string
	}{
		"nothing":               {func(*scenario.Scenario) {}, readable, "{}"},
		"the origin":            {func(*scenario.Scenario) {}, blocked, `policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}`},
		"in one of the engines": {func(*scenario.Scenario) {}, inOne, `policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}`},
		"null":                  {func(s *scenario.Scenario) { s.Script.From = "null" }, blocked, `policy: {response: {headers: [{Access-Control-Allow-Origin: null}]}}`},
		"the mode": {func(s *scenario.Scenario) {
			s.Script.Mode = "no-cors"
			s.Policy.Response.Headers = headers("Access-Control-Allow-Origin: {page}")
		}, scenario.Expect{End: scenario.End{Outcome: cors.Opaque}}, "script: {mode: cors}"},
		"the attribute": {func(s *scenario.Scenario) {
			s.Script.Kind, s.Script.CrossOrigin = "img", "none"
			s.Policy.Response.Headers = headers("Access-Control-Allow-Origin: {page}")
		}, scenario.Expect{End: scenario.End{Outcome: cors.Opaque}}, "script: {crossorigin: anonymous}"},
		"an answer at all": {func(s *scenario.Scenario) {
			s.Policy.Response = policy.Reply{Status: 500, OnlyOK: true, Close: true, Headers: headers("Access-Control-Allow-Origin: {page}")}
		}, blocked, "policy: {response: {only_ok: false, close: false}}"},
		"the front's rows off": {func(s *scenario.Scenario) {
			s.Policy.Response.Headers = headers("Access-Control-Allow-Origin: {page}")
			s.Policy.Front = &policy.Front{Headers: headers("Access-Control-Allow-Origin: *", "Via: 1.1 a")}
		}, blocked, `policy: {front: [{Access-Control-Allow-Origin: {off: "*"}}]}`},
		"what a form could never get": {func(s *scenario.Scenario) { s.Script.Kind = "form" }, scenario.Expect{End: scenario.End{Outcome: cors.Opaque}}, "{}"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := scenariotest.Minimal()
			test.change(s)
			draft := s.Export(s.Start(scenariotest.Origins(t)), test.expect, scenariotest.Origins(t))
			draft.File = "draft.yaml"
			file, err := format.Write(draft)
			if err != nil {
				t.Fatal(err)
			}
			if _, got, _ := strings.Cut(string(file), "solutions:\n  - "); got != test.want+"\n" {
				t.Errorf("the solution is %q, want %q", got, test.want+"\n")
			}
		})
	}
}
