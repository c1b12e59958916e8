// Package scenariotest has scenarios and files for the tests of several packages. The
// program doesn't link it.
package scenariotest

import (
	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
)

func Minimal() *scenario.Scenario {
	return &scenario.Scenario{
		ID: "minimal", File: "minimal.yaml", Title: "The shortest file", Track: "Tests",
		Story: "A page asks an API of another origin for its messages.",
		Script: scenario.Script{
			From: "page", In: "frame", Kind: "fetch", URL: "{api}/messages",
			Method: "GET", Mode: "cors", Credentials: "same-origin", Redirect: "follow", Via: "direct",
		},
		Policy: policy.Policy{Preflight: policy.Reply{Status: 204}, Response: policy.Reply{Status: 200}},
		Change: []scenario.Changeable{"policy"},
		Expect: scenario.Expect{End: scenario.End{Outcome: cors.Blocked, Cause: cors.AllowOriginMissing, Stage: cors.StageResponse}},
		Goal:   []scenario.Fact{{Outcome: cors.Readable}},
		Solutions: []scenario.Change{{
			Policy: policy.Change{Response: policy.ReplyChange{Headers: []policy.Header{{Name: "Access-Control-Allow-Origin", Value: "{page}"}}}},
			Sends:  1,
		}},
	}
}

func NullOrigin() *scenario.Scenario {
	s := Minimal()
	s.ID, s.File, s.Title = "null-origin", "2-null-origin.yaml", "The origin of a sandboxed frame"
	s.Story = "Null may stand without quotes, also where YAML takes it for nothing."
	s.Script.From, s.Script.URL = "null", "{api2}/messages?text={page}"
	s.Script.Body = scenario.Body{Kind: "text", Text: "{page} stays as it is"}
	s.Policy.Response.Headers = []policy.Header{{Name: "Access-Control-Allow-Origin", Value: "null"}}
	s.Change = []scenario.Changeable{}
	s.Expect = scenario.Expect{End: scenario.End{Outcome: cors.Readable}, Sent: []string{}}
	s.Goal = []scenario.Fact{{Outcome: cors.Opaque}, {Sent: []string{}}}
	s.Solutions = []scenario.Change{{Sends: 1}}
	return s
}

func RoutesAndParts() *scenario.Scenario {
	s := Minimal()
	s.ID, s.File, s.Title = "places-and-parts", "places-and-parts.yaml", "Places and parts"
	s.Story = "Everything that is not about one request and one answer."
	s.Script.In, s.Script.URL = "window", "{api}/v1/messages"
	before, attack := Minimal().Script, Minimal().Script
	before.From, before.URL, before.Credentials = "shop", "{bank}/messages", "include"
	attack.From = "null"
	s.Others = []scenario.Sender{{Role: scenario.Before, Script: before}, {Role: scenario.Attack, Script: attack}}
	allow := func(rule policy.Rule, value string) policy.Header {
		return policy.Header{Name: "Access-Control-Allow-Origin", Value: value, Rule: rule}
	}
	s.Policy = policy.Policy{
		Preflight: policy.Reply{Status: 204, Delay: 500},
		Response:  policy.Reply{Status: 200, OnlyOK: true, Close: true},
		Routes: []policy.Route{{
			URL: "{api2}/v2/messages", Preflight: policy.Reply{Status: 200},
			Response: policy.Reply{Status: 200, Headers: []policy.Header{
				allow(policy.Allowlist, "{page} {shop}"), allow(policy.Reflect, ""),
				allow(policy.Regex, "^"+origin.HTTPPattern+"a$"), allow(policy.Null, ""),
				{Name: "Access-Control-Allow-Origin", Rule: policy.Contains, Value: "{page.host}", Off: true},
				{Name: "X-Braces", Value: "{brace}id} {}"},
			}},
		}},
		Front: &policy.Front{Headers: []policy.Header{{Name: "Via", Value: "1.1 proxy"}}},
	}
	s.Expect = scenario.Expect{End: scenario.End{Outcome: cors.Blocked, Cause: cors.NoResponse, Stage: cors.StageResponse}}
	s.Goal = []scenario.Fact{
		{Outcome: cors.Readable},
		{Caller: "shop", Outcome: cors.Opaque},
		{Caller: "null", Outcome: cors.Blocked, Because: "Files and frames are everybody."},
		{Cookies: []string{}},
	}
	s.Solutions = []scenario.Change{{Sends: 1, Policy: policy.Change{
		Response: policy.ReplyChange{Close: new(false), OnlyOK: new(false), Delay: new(0)},
		Routes: []policy.RouteChange{{
			URL:      "{api2}/v2/messages",
			Response: policy.ReplyChange{Status: 204, Headers: []policy.Header{allow(policy.Suffix, ".app.localhost")}},
		}},
		Front: []policy.Header{{Name: "Via", Value: "1.1 other"}},
	}}}
	return s
}

func JSONBody() *scenario.Scenario {
	s := Minimal()
	s.ID, s.File, s.Title, s.Story = "json-body", "json-body.yml", "JSON is YAML", "A file may also be JSON."
	s.Script.From, s.Script.Method = "other", "post"
	s.Script.Body = scenario.Body{Kind: "text", Text: `{"text":"hello"}`}
	s.Change, s.Hints = []scenario.Changeable{"script"}, []string{}
	s.Expect, s.Goal = scenario.Expect{End: scenario.End{Outcome: cors.OpaqueRedirect}}, []scenario.Fact{{Outcome: cors.Blocked}}
	s.Solutions = []scenario.Change{{Sends: 1}}
	return s
}

func EveryKey() *scenario.Scenario {
	return &scenario.Scenario{
		ID: "every-key", File: "10-every-key.yaml", Title: "Every key", Track: "Tests",
		Needs: []string{"minimal", "json-body"}, Minutes: 12,
		Covers: []string{"S10", "P4", "P102"},
		Story:  "A page of `{page}` writes to `{bank}`.\n\nIt may not read the answer.\n",
		Script: scenario.Script{
			From: "evil", In: "frame", Kind: "fetch", URL: "{bank}/messages/0?draft=yes", Pinned: true,
			Method: "PUT", Mode: "cors", Credentials: "include", Redirect: "error", Via: "direct",
			Headers: []policy.Header{
				{Name: "X-Token", Value: "abcd1234"},
				{Name: "X-Page", Value: "{page}"},
				{Name: "X-Token", Value: "efgh5678", Off: true},
			},
			Body: scenario.Body{Kind: "form", Form: [][]string{{"text", "hello"}, {"tag", "a"}, {"tag ", ""}, {"tag", "b"}}},
		},
		Policy: policy.Policy{
			Preflight: policy.Reply{Status: 404, Headers: []policy.Header{{Name: "Access-Control-Allow-Origin", Value: "{evil}"}}},
			Response: policy.Reply{Status: 599, Headers: []policy.Header{
				{Name: "Vary", Value: "Origin"},
				{Name: "Set-Cookie", Value: "a=1"},
				{Name: "set-cookie", Value: "b=2"},
				{Name: "Access-Control-Allow-Credentials", Value: "true"},
				{Name: "Access-Control-Allow-Origin", Value: "null", Off: true},
				{Name: "X-Empty"},
				{Name: "X-Bytes", Value: "\u00FF\t"},
			}},
		},
		Change: []scenario.Changeable{"policy", "script.method", "script.mode", "script.credentials", "script.headers"},
		Expect: scenario.Expect{
			End:    scenario.End{Outcome: cors.Blocked, Cause: cors.PreflightStatus, Stage: cors.StagePreflight},
			Errors: map[cors.Engine]string{"chromium": "PreflightInvalidStatus", "firefox": "CORSPreflightDidNotSucceed3", "webkit": ""},
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
					Headers: []policy.Header{{Name: "X-Token", Off: true}},
				},
				Policy: policy.Change{
					Preflight: policy.ReplyChange{Status: 204, Headers: []policy.Header{{Name: "Access-Control-Allow-Methods", Value: "PUT"}}},
					Response:  policy.ReplyChange{Status: 200, Headers: []policy.Header{{Name: "Access-Control-Allow-Origin", Value: "*"}}},
				},
				Sends: 2,
			},
			{Policy: policy.Change{Preflight: policy.ReplyChange{Status: 200}}, Sends: 1},
		},
		Wrong: []scenario.Change{
			{Script: scenario.Script{Mode: "same-origin"}, Sends: 1, Because: "Then nothing is sent at all."},
			{Policy: policy.Change{Response: policy.ReplyChange{Status: 200}}, Sends: 10, Because: "The preflight counts first."},
		},
	}
}
