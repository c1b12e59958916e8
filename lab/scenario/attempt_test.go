package scenario_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
)

func TestScenario_Start(t *testing.T) {
	tests := map[string]struct {
		scenario  *scenario.Scenario
		script    []string
		preflight []string
		response  []string
	}{
		"a file that sets nothing is offered every usual row": {
			scenariotest.Minimal(),
			nil,
			[]string{
				"off Access-Control-Allow-Origin: http://localhost:8080",
				"off Access-Control-Allow-Methods: GET, HEAD, POST",
				"off Access-Control-Allow-Headers: Content-Type",
				"off Access-Control-Allow-Credentials: true",
				"off Access-Control-Max-Age: 600",
			},
			[]string{
				"off Access-Control-Allow-Origin: http://localhost:8080",
				"off Access-Control-Allow-Credentials: true",
				"off Access-Control-Expose-Headers: ETag",
				"off Vary: Origin",
				"Content-Type: application/json",
			},
		},
		"the offered origin is the caller's": {
			scenariotest.JSONBody(),
			nil,
			[]string{
				"off Access-Control-Allow-Origin: http://127.0.0.1:8080",
				"off Access-Control-Allow-Methods: GET, HEAD, POST",
				"off Access-Control-Allow-Headers: Content-Type",
				"off Access-Control-Allow-Credentials: true",
				"off Access-Control-Max-Age: 600",
			},
			[]string{
				"off Access-Control-Allow-Origin: http://127.0.0.1:8080",
				"off Access-Control-Allow-Credentials: true",
				"off Access-Control-Expose-Headers: ETag",
				"off Vary: Origin",
				"Content-Type: application/json",
			},
		},
		"the offered origin may be null": {
			scenariotest.NullOrigin(),
			nil,
			[]string{
				"off Access-Control-Allow-Origin: null",
				"off Access-Control-Allow-Methods: GET, HEAD, POST",
				"off Access-Control-Allow-Headers: Content-Type",
				"off Access-Control-Allow-Credentials: true",
				"off Access-Control-Max-Age: 600",
			},
			[]string{
				"Access-Control-Allow-Origin: null",
				"off Access-Control-Allow-Credentials: true",
				"off Access-Control-Expose-Headers: ETag",
				"off Vary: Origin",
				"Content-Type: application/json",
			},
		},
		"the file's rows keep their values and repetitions, in the usual order": {
			scenariotest.EveryKey(),
			[]string{"X-Token: abcd1234", "X-Page: http://localhost:8080", "off X-Token: efgh5678"},
			[]string{
				"Access-Control-Allow-Origin: http://evil.app.localhost:8080",
				"off Access-Control-Allow-Methods: GET, HEAD, POST",
				"off Access-Control-Allow-Headers: Content-Type",
				"off Access-Control-Allow-Credentials: true",
				"off Access-Control-Max-Age: 600",
			},
			[]string{
				"off Access-Control-Allow-Origin: null",
				"Access-Control-Allow-Credentials: true",
				"off Access-Control-Expose-Headers: ETag",
				"Vary: Origin",
				"Content-Type: application/json",
				"Set-Cookie: a=1",
				"set-cookie: b=2",
				"X-Empty: ",
				"X-Bytes: \u00FF\t",
			},
		},
		"a usual name in another case counts": {
			withRows("x-a: 1", "content-type: text/plain", "VARY: Accept", "vary: Origin"),
			nil,
			nil,
			[]string{
				"off Access-Control-Allow-Origin: http://localhost:8080",
				"off Access-Control-Allow-Credentials: true",
				"off Access-Control-Expose-Headers: ETag",
				"VARY: Accept",
				"vary: Origin",
				"content-type: text/plain",
				"x-a: 1",
			},
		},
		"offered rows stay within the bound": {
			withRows(slices.Repeat([]string{"X-A: 1"}, policy.MaxHeaders-1)...),
			nil,
			nil,
			append([]string{"off Access-Control-Allow-Origin: http://localhost:8080"}, slices.Repeat([]string{"X-A: 1"}, policy.MaxHeaders-1)...),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			start := test.scenario.Start(scenariotest.Origins(t))
			sameRows(t, "script", test.script, start.Script.Headers)
			if test.preflight != nil {
				sameRows(t, "preflight", test.preflight, start.Policy.Preflight.Headers)
			}
			sameRows(t, "response", test.response, start.Policy.Response.Headers)

			script := start.Script
			script.Headers = test.scenario.Script.Headers
			if diff := cmp.Diff(test.scenario.Script, script); diff != "" {
				t.Errorf("Start() changes the script beside its headers (-want +got):\n%s", diff)
			}
			if got, want := statuses(start.Policy), statuses(test.scenario.Policy); got != want {
				t.Errorf("Start() statuses = %v, want %v", got, want)
			}
		})
	}
}

func TestScenario_Start_isACopy(t *testing.T) {
	s := scenariotest.EveryKey()
	start := s.Start(scenariotest.Origins(t))
	start.Script.Headers[0].Value, start.Policy.Preflight.Headers[0].Value, start.Policy.Response.Headers[5].Value = "x", "x", "x"
	if diff := cmp.Diff(scenariotest.EveryKey(), s); diff != "" {
		t.Errorf("the scenario changed with what Start() returned (-want +got):\n%s", diff)
	}
}

func TestScenario_With(t *testing.T) {
	base := withRows("X-A: 1", "X-B: b", "off x-a: 2", "X-A: 3")
	base.Script.Headers = []policy.Header{{Name: "X-Token", Value: "abcd1234"}}
	script := []string{"X-Token: abcd1234"}
	usual := []string{
		"off Access-Control-Allow-Origin: http://localhost:8080",
		"off Access-Control-Allow-Credentials: true",
		"off Access-Control-Expose-Headers: ETag",
		"off Vary: Origin",
		"Content-Type: application/json",
	}
	tests := map[string]struct {
		change   scenario.Change
		script   []string
		response []string
	}{
		"nothing": {scenario.Change{}, script, append(usual[:5:5], "X-A: 1", "X-B: b", "off x-a: 2", "X-A: 3")},
		"a row is set in place": {
			respond("x-b: new"), script, append(usual[:5:5], "X-A: 1", "X-B: new", "off x-a: 2", "X-A: 3"),
		},
		"an offered row is switched on": {
			respond("Vary: Accept"), script, append(usual[:3:3], "Vary: Accept", usual[4], "X-A: 1", "X-B: b", "off x-a: 2", "X-A: 3"),
		},
		"a row is switched off": {
			respond("off X-B: b"), script, append(usual[:5:5], "X-A: 1", "off X-B: b", "off x-a: 2", "X-A: 3"),
		},
		"what the scenario lacks is appended as the learner's own": {
			respond("X-New: {api}", "off X-Other: ", "x-new: 2"), script,
			append(usual[:5:5], "X-A: 1", "X-B: b", "off x-a: 2", "X-A: 3", "own X-New: http://localhost:8000", "off own X-Other: ", "own x-new: 2"),
		},
		"one value for a repeated name leaves one row on": {
			respond("X-A: new"), script, append(usual[:5:5], "X-A: new", "X-B: b", "off x-a: 2", "off X-A: 3"),
		},
		"two values for a name with three rows": {
			respond("X-A: new", "X-A: newer"), script, append(usual[:5:5], "X-A: new", "X-B: b", "x-a: newer", "off X-A: 3"),
		},
		"four values for a name with three rows": {
			respond("X-A: new", "off X-A: newer", "X-A: newest", "X-A: last"), script,
			append(usual[:5:5], "X-A: new", "X-B: b", "off x-a: newer", "X-A: newest", "own X-A: last"),
		},
		"the script's headers": {
			scenario.Change{Script: scenario.Script{Headers: []policy.Header{{Name: "x-token", Off: true}, {Name: "Range", Value: "{page}"}}}},
			[]string{"off X-Token: ", "own Range: http://localhost:8080"},
			append(usual[:5:5], "X-A: 1", "X-B: b", "off x-a: 2", "X-A: 3"),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := base.With(test.change, scenariotest.Origins(t))
			sameRows(t, "script", test.script, got.Script.Headers)
			sameRows(t, "response", test.response, got.Policy.Response.Headers)
			if diff := cmp.Diff(base.Start(scenariotest.Origins(t)).Policy.Preflight, got.Policy.Preflight); diff != "" {
				t.Errorf("With() changes the preflight (-want +got):\n%s", diff)
			}
		})
	}
}

func TestScenario_With_wordsAndStatuses(t *testing.T) {
	s := scenariotest.EveryKey()
	start := s.Start(scenariotest.Origins(t))
	tests := map[string]struct {
		change scenario.Change
		want   func(*scenario.Attempt)
	}{
		"nothing":     {scenario.Change{Sends: 3, Because: "of nothing"}, func(*scenario.Attempt) {}},
		"method":      {scenario.Change{Script: scenario.Script{Method: "POST"}}, func(a *scenario.Attempt) { a.Script.Method = "POST" }},
		"mode":        {scenario.Change{Script: scenario.Script{Mode: "no-cors"}}, func(a *scenario.Attempt) { a.Script.Mode = "no-cors" }},
		"credentials": {scenario.Change{Script: scenario.Script{Credentials: "omit"}}, func(a *scenario.Attempt) { a.Script.Credentials = "omit" }},
		"one status": {
			scenario.Change{Policy: policy.Change{Preflight: policy.ReplyChange{Status: 204}}},
			func(a *scenario.Attempt) { a.Policy.Preflight.Status = 204 },
		},
		"the other status": {
			scenario.Change{Policy: policy.Change{Response: policy.ReplyChange{Status: 200}}},
			func(a *scenario.Attempt) { a.Policy.Response.Status = 200 },
		},
		"a preflight's row": {
			scenario.Change{Policy: policy.Change{Preflight: policy.ReplyChange{Headers: []policy.Header{{Name: "Access-Control-Max-Age", Value: "5"}}}}},
			func(a *scenario.Attempt) {
				a.Policy.Preflight.Headers = slices.Clone(a.Policy.Preflight.Headers)
				a.Policy.Preflight.Headers[4] = policy.Header{Name: "Access-Control-Max-Age", Value: "5"}
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			want := start
			test.want(&want)
			if diff := cmp.Diff(want, s.With(test.change, scenariotest.Origins(t))); diff != "" {
				t.Errorf("With() gives another attempt (-want +got):\n%s", diff)
			}
		})
	}
}

func TestScenario_Take(t *testing.T) {
	s := scenariotest.EveryKey() // its learner may change everything that can be changed
	response := func(rows ...string) func(*scenario.Attempt) {
		return func(a *scenario.Attempt) { a.Policy.Response.Headers = headers(rows...) }
	}
	tests := map[string]func(*scenario.Attempt){
		"nothing is changed":                   func(*scenario.Attempt) {},
		"all rows are gone":                    response(),
		"rows in another order":                response("own X-B: 2", "off X-A: 1", "own X-B: 2"),
		"a row without a name is a draft":      response("own : value"),
		"the longest name and value":           response(strings.Repeat("n", policy.MaxHeaderName)+": ", "X-A: "+strings.Repeat("ÿ", policy.MaxHeaderValue)),
		"as many rows as are allowed":          response(slices.Repeat([]string{"X-A: 1"}, policy.MaxHeaders)...),
		"a value of any bytes except controls": response("X-A: \t \"~\u0080\u00FF"),
		"every character of a name":            response("!#$%&'*+-.^_`|~09azAZ: "),
		"the lowest and the highest":           func(a *scenario.Attempt) { a.Policy.Preflight.Status, a.Policy.Response.Status = 200, 599 },
		"another method":                       func(a *scenario.Attempt) { a.Script.Method = "patch" },
		"another mode":                         func(a *scenario.Attempt) { a.Script.Mode = "no-cors" },
		"another credentials mode":             func(a *scenario.Attempt) { a.Script.Credentials = "omit" },
		"other headers of the script":          func(a *scenario.Attempt) { a.Script.Headers = headers("own Content-Length: 5", "own : ") },
		"no headers of the script":             func(a *scenario.Attempt) { a.Script.Headers = []policy.Header{} },
		"a preflight's rows":                   func(a *scenario.Attempt) { a.Policy.Preflight.Headers = headers("Access-Control-Allow-Origin: *") },
		"braces around unknown words":          response("X-A: {null} {Page} {"),
		"braces around a longer word":          response("X-A: {pages}"),
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			submitted := s.Start(scenariotest.Origins(t))
			change(&submitted)
			got, faults := s.Take(submitted, scenariotest.Origins(t))
			if len(faults) > 0 {
				t.Errorf("Take() faults = %v, want none", faults)
			}
			if diff := cmp.Diff(submitted, got); diff != "" {
				t.Errorf("Take() gives another attempt (-want +got):\n%s", diff)
			}
		})
	}
}

func TestScenario_Take_completes(t *testing.T) {
	s := scenariotest.EveryKey()
	// A page submits only what its learner can change. An empty setting keeps the
	// scenario's value.
	submitted := scenario.Attempt{
		Script: scenario.Script{From: "page", Kind: "xhr", URL: "{api}/", Redirect: "follow", Body: scenario.Body{Kind: "text"}},
		Policy: policy.Policy{
			Preflight: policy.Reply{Status: 200, Headers: headers("X-A: {page}{api2}")},
			Response:  policy.Reply{Status: 200, Headers: headers("off X-B: {evil}", "own X-C: {nobody}")},
		},
	}
	got, faults := s.Take(submitted, scenariotest.Origins(t))
	if len(faults) > 0 {
		t.Errorf("Take() faults = %v, want none", faults)
	}
	if diff := cmp.Diff(s.Start(scenariotest.Origins(t)).Script, got.Script); diff != "" {
		t.Errorf("Take() changes the script (-want +got):\n%s", diff)
	}
	sameRows(t, "preflight", []string{"X-A: http://localhost:8080http://127.0.0.1:8000"}, got.Policy.Preflight.Headers)
	sameRows(t, "response", []string{"off X-B: http://evil.app.localhost:8080", "own X-C: {nobody}"}, got.Policy.Response.Headers)

	submitted.Script = scenario.Script{Headers: headers("own X-Token: {bank}")}
	got, _ = s.Take(submitted, scenariotest.Origins(t))
	sameRows(t, "script", []string{"own X-Token: http://bank.app.localhost:8000"}, got.Script.Headers)
}

func TestScenario_Take_faults(t *testing.T) {
	const cannotHold = ", which no header name can hold (letters, digits and !#$%&'*+-.^_`|~ only)"
	free := scenariotest.EveryKey()
	fixed := scenariotest.EveryKey()
	fixed.Change = []scenario.Changeable{}
	response := func(rows ...string) func(*scenario.Attempt) {
		return func(a *scenario.Attempt) { a.Policy.Response.Headers = headers(rows...) }
	}
	tests := map[string]struct {
		scenario *scenario.Scenario
		change   func(*scenario.Attempt)
		want     scenario.Faults
	}{
		"CR in a value": {free, response("X-A: 1", "X-B: a\rb"), scenario.Faults{{field("response:1"), "the value holds a carriage return (CR), which no header can carry"}}},
		"LF in a value": {free, response("X-A: a\nSet-Cookie: b"), scenario.Faults{{field("response:0"), "the value holds a line feed (LF), which no header can carry"}}},
		"NUL in a value of a row that is off": {
			free, func(a *scenario.Attempt) { a.Policy.Preflight.Headers = headers("X-A: 1", "X-A: 2", "off X-B: \x00") },
			scenario.Faults{{field("preflight:2"), "the value holds a NUL, which no header can carry"}},
		},
		"a character beyond U+00FF": {free, response("X-A: \u00FF\u0100"), scenario.Faults{{field("response:0"), "the value holds 'Ā', but a header carries bytes: nothing above U+00FF"}}},
		"bytes that aren't UTF-8":   {free, response("X-A: \xFF"), scenario.Faults{{field("response:0"), "the value holds '�', but a header carries bytes: nothing above U+00FF"}}},
		"a value of 1 MB":           {free, response("X-A: " + strings.Repeat("a", 1<<20)), scenario.Faults{{field("response:0"), "the value has 1048576 bytes, at most 4096 are allowed"}}},
		"a value one byte too long": {
			free, response("X-A: " + strings.Repeat("ÿ", policy.MaxHeaderValue+1)), scenario.Faults{{field("response:0"), "the value has 4097 bytes, at most 4096 are allowed"}},
		},
		"a placeholder that makes a value too long": {
			free, response("X-A: " + strings.Repeat("{page}", 200)), scenario.Faults{{field("response:0"), "the value has 4200 bytes, at most 4096 are allowed"}},
		},
		"no name in a row of the scenario":                   {free, response(": a"), scenario.Faults{{field("response:0"), "the header has no name"}}},
		"a name with a space":                                {free, response("own X A: a"), scenario.Faults{{field("response:0"), `the name "X A" holds ' '` + cannotHold}}},
		"a name with an LF":                                  {free, response("own X\nA: a"), scenario.Faults{{field("response:0"), `the name "X\nA" holds '\n'` + cannotHold}}},
		"a name beyond ASCII":                                {free, response("own Größe: a"), scenario.Faults{{field("response:0"), `the name "Größe" holds 'ö'` + cannotHold}}},
		"a name with a character whose low byte is a letter": {free, response("own XŁ: a"), scenario.Faults{{field("response:0"), `the name "XŁ" holds 'Ł'` + cannotHold}}},
		"a name that is too long":                            {free, response("own " + strings.Repeat("n", 129) + ": a"), scenario.Faults{{field("response:0"), "the name has 129 bytes, at most 128 are allowed"}}},
		"headers that the server writes": {
			free, response("own content-length: 5", "off Transfer-Encoding: chunked", "own CONNECTION: close", "own Trailer: X", "own Upgrade: h2c", "own Date: now"),
			scenario.Faults{
				{field("response:0"), "Content-Length can't be set. The HTTP server sets it itself, to the length of the body"},
				{field("response:1"), "Transfer-Encoding can't be set. It controls a single connection, and the HTTP server sets it itself"},
				{field("response:2"), "Connection can't be set. It controls a single connection, and the HTTP server sets it itself"},
				{field("response:3"), "Trailer can't be set. It controls a single connection, and the HTTP server sets it itself"},
				{field("response:4"), "Upgrade can't be set. It controls a single connection, and the HTTP server sets it itself"},
			},
		},
		"too many rows": {
			free, response(slices.Repeat([]string{"off X-A: 1"}, policy.MaxHeaders+1)...), scenario.Faults{{field("response"), "41 headers, at most 40 are allowed"}},
		},
		"a status below and one above": {
			free, func(a *scenario.Attempt) { a.Policy.Preflight.Status, a.Policy.Response.Status = 199, 600 },
			scenario.Faults{{field("preflight.status"), "199: want a number from 200 to 599"}, {field("response.status"), "600: want a number from 200 to 599"}},
		},
		"no policy at all": {
			free, func(a *scenario.Attempt) { a.Policy = policy.Policy{} },
			scenario.Faults{{field("preflight.status"), "0: want a number from 200 to 599"}, {field("response.status"), "0: want a number from 200 to 599"}},
		},
		"unknown words": {
			free, func(a *scenario.Attempt) {
				a.Script.Method, a.Script.Mode, a.Script.Credentials = "GET /", "navigate", cors.Credentials(strings.Repeat("x", 1000))
			},
			scenario.Faults{
				{field("script.method"), `"GET /" is not a method name`},
				{field("script.mode"), `"navigate" is unknown; want cors, no-cors or same-origin`},
				{field("script.credentials"), `"` + strings.Repeat("x", 60) + `"… is unknown; want omit, same-origin or include`},
			},
		},
		"bad rows of the script": {
			free, func(a *scenario.Attempt) { a.Script.Headers = headers("X-A: 1", "own X-B: \n", "X(: 1") },
			scenario.Faults{
				{field("script:1"), "the value holds a line feed (LF), which no header can carry"},
				{field("script:2"), `the name "X(" holds '('` + cannotHold},
			},
		},
		"a draft whose value is too long": {
			free, response("own : " + strings.Repeat("x", policy.MaxHeaderValue+1)),
			scenario.Faults{{field("response:0"), "the value has 4097 bytes, at most 4096 are allowed"}},
		},
		"too many rows of the script": {
			free, func(a *scenario.Attempt) {
				a.Script.Headers = headers(slices.Repeat([]string{"X-A: 1"}, policy.MaxHeaders+1)...)
			},
			scenario.Faults{{field("script"), "41 headers, at most 40 are allowed"}},
		},
		"parts that the scenario does not let change": {
			fixed, func(a *scenario.Attempt) {
				a.Script.Method, a.Script.Mode, a.Script.Credentials = "POST", "no-cors", "omit"
				a.Script.Headers = headers("X-Token: another")
				a.Policy.Response.Headers = headers("X-A: 1")
			},
			scenario.Faults{
				{field("script.method"), `"POST": this scenario does not let it be changed from "PUT"`},
				{field("script.mode"), `"no-cors": this scenario does not let it be changed from "cors"`},
				{field("script.credentials"), `"omit": this scenario does not let it be changed from "include"`},
				{field("script.headers"), "this scenario does not let them be changed"},
				{field("policy"), "this scenario does not let it be changed"},
			},
		},
		"a status that the scenario does not let change": {
			fixed, func(a *scenario.Attempt) { a.Policy.Preflight.Status = 200 }, scenario.Faults{{field("policy"), "this scenario does not let it be changed"}},
		},
		"a switch that the scenario does not let change": {
			fixed, func(a *scenario.Attempt) {
				a.Policy.Preflight.Headers = slices.Clone(a.Policy.Preflight.Headers)
				a.Policy.Preflight.Headers[1].Off = false
			},
			scenario.Faults{{field("policy"), "this scenario does not let it be changed"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			submitted := test.scenario.Start(scenariotest.Origins(t))
			test.change(&submitted)
			got, faults := test.scenario.Take(submitted, scenariotest.Origins(t))
			if diff := cmp.Diff(test.want, faults); diff != "" {
				t.Errorf("Take() finds other faults (-want +got):\n%s", diff)
			}
			want := submitted.Policy
			want.Response.Headers = slices.Clone(want.Response.Headers[:min(len(want.Response.Headers), policy.MaxHeaders)])
			for i, h := range want.Response.Headers {
				want.Response.Headers[i].Value = scenariotest.Origins(t).Expand(h.Value)
				if value := []rune(want.Response.Headers[i].Value); len(value) > policy.MaxHeaderValue {
					want.Response.Headers[i].Value = string(value[:policy.MaxHeaderValue+1]) // a refused value comes back cut
				}
				want.Response.Headers[i].Name = h.Name[:min(len(h.Name), policy.MaxHeaderName+1)]
			}
			if diff := cmp.Diff(want, got.Policy); diff != "" {
				t.Errorf("Take() gives another policy back (-want +got):\n%s", diff)
			}
		})
	}
}

func TestScenario_Take_parts(t *testing.T) {
	changes := map[scenario.Changeable]func(*scenario.Attempt){
		"policy":             func(a *scenario.Attempt) { a.Policy.Response.Status = 201 },
		"script.method":      func(a *scenario.Attempt) { a.Script.Method = "POST" },
		"script.mode":        func(a *scenario.Attempt) { a.Script.Mode = "no-cors" },
		"script.credentials": func(a *scenario.Attempt) { a.Script.Credentials = "include" },
		"script.headers":     func(a *scenario.Attempt) { a.Script.Headers = headers("own X-A: 1") },
	}
	for _, open := range scenario.Changeables() {
		t.Run(string(open), func(t *testing.T) {
			s := scenariotest.Minimal()
			s.Change = []scenario.Changeable{open}
			for part, change := range changes {
				submitted := s.Start(scenariotest.Origins(t))
				change(&submitted)
				want := part == open || open == scenario.ChangeableScript && part != scenario.ChangeablePolicy
				if _, faults := s.Take(submitted, scenariotest.Origins(t)); (len(faults) == 0) != want {
					t.Errorf("Take() of another %s has the faults %v, want it allowed: %v", part, faults, want)
				}
				if got := s.Allows(part); got != want {
					t.Errorf("Allows(%q) = %v, want %v", part, got, want)
				}
			}
		})
	}
}

// A page can submit what it shows at first.
func TestScenario_Take_start(t *testing.T) {
	for _, path := range scenariotest.Glob(t, "format/testdata/ok/*") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			s, err := format.Parse(filepath.Base(path), scenariotest.Read(t, path))
			if err != nil {
				t.Fatal(err)
			}
			start := s.Start(scenariotest.Origins(t))
			got, faults := s.Take(start, scenariotest.Origins(t))
			if len(faults) > 0 {
				t.Errorf("Take() faults = %v, want none", faults)
			}
			if diff := cmp.Diff(start, got); diff != "" {
				t.Errorf("Take() gives another attempt than the start (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPresets(t *testing.T) {
	s := scenariotest.Minimal()
	for _, group := range [][]policy.Header{s.Start(scenariotest.Origins(t)).Policy.Preflight.Headers, s.Start(scenariotest.Origins(t)).Policy.Response.Headers} {
		for _, row := range group {
			presets := policy.Presets(row.Name, scenariotest.Origins(t).Page.String(), scenariotest.Origins(t))
			if len(presets) < 2 {
				t.Errorf("Presets(%q) = %q, want some to choose from", row.Name, presets)
			}
			for _, preset := range presets {
				submitted := s.Start(scenariotest.Origins(t))
				submitted.Policy.Response.Headers = []policy.Header{{Name: row.Name, Value: preset}}
				if _, faults := s.Take(submitted, scenariotest.Origins(t)); len(faults) > 0 {
					t.Errorf("Take() of the preset %q of %s has the faults %v, want none", preset, row.Name, faults)
				}
			}
		}
	}
	if got := policy.Presets("X-Custom", scenariotest.Origins(t).Page.String(), scenariotest.Origins(t)); len(got) > 0 {
		t.Errorf("Presets(X-Custom) = %q, want none", got)
	}
}

func TestFaults(t *testing.T) {
	faults := scenario.Faults{{field("response:3"), "too long"}, {field("script.mode"), "unknown"}}
	if got, want := faults.String(), "response:3: too long; script.mode: unknown"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
	for path, want := range map[string]string{"response:3": "too long", "script.mode": "unknown", "response:4": ""} {
		if got := faults.At(field(path)); got != want {
			t.Errorf("At(%q) = %q, want %q", path, got, want)
		}
	}
}

// withRows returns a scenario whose API responds with these rows.
func withRows(rows ...string) *scenario.Scenario {
	s := scenariotest.Minimal()
	s.Policy.Response.Headers = headers(rows...)
	return s
}

func respond(rows ...string) scenario.Change {
	return scenario.Change{Policy: policy.Change{Response: policy.ReplyChange{Headers: headers(rows...)}}}
}

// headers parses rows that [row] has formatted.
func headers(rows ...string) []policy.Header {
	all := make([]policy.Header, len(rows))
	for i, text := range rows {
		text, all[i].Off = strings.CutPrefix(text, "off ")
		text, all[i].Own = strings.CutPrefix(text, "own ")
		all[i].Name, all[i].Value, _ = strings.Cut(text, ": ")
	}
	return all
}

// row formats a header as one line.
func row(h policy.Header) string {
	line := h.Name + ": " + h.Value
	if h.Own {
		line = "own " + line
	}
	if h.Off {
		line = "off " + line
	}
	return line
}

func sameRows(t testing.TB, group string, want []string, headers []policy.Header) {
	t.Helper()
	var got []string
	for _, h := range headers {
		got = append(got, row(h))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("other rows in the %s (-want +got):\n%s", group, diff)
	}
}

func statuses(p policy.Policy) [2]int { return [2]int{p.Preflight.Status, p.Response.Status} }
