package scenario_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/scenariotest"

	"github.com/google/go-cmp/cmp"
)

// everyKey is the code of a link with every key that a link can have. People keep links,
// so the keys stay as they are.
const everyKey = `{
"shape": {
	"from": "evil", "in": "window", "kind": "xhr", "url": {"api": "api2", "path": "/a"}, "pinned": true,
	"redirect": "error", "body": "text", "text": "b", "places": [{"api": "bank", "path": "/c"}]
},
"script": {
	"method": "PUT", "mode": "no-cors", "credentials": "include", "via": "cors", "referrer_policy": "no-referrer",
	"crossorigin": "anonymous", "upload_listener": "true", "stream": "false",
	"headers": [{"name": "X-D", "value": "{page}", "rule": "prefix", "off": true, "own": true}]
},
"policy": {
	"preflight": {"status": 201, "headers": [{"name": "E", "value": "1"}], "only_ok": true, "close": true, "delay": 1},
	"response": {"status": 202, "headers": [{"name": "F", "value": "2"}], "only_ok": true, "close": true, "delay": 2},
	"routes": [{
		"preflight": {"status": 203, "headers": [{"name": "G", "value": "3"}], "only_ok": true, "close": true, "delay": 3},
		"response": {"status": 205, "headers": [{"name": "H", "value": "4"}], "only_ok": true, "close": true, "delay": 4}
	}],
	"front": {"headers": [{"name": "I", "value": "5"}]},
	"account": {"same_site": "lax", "token": true},
	"cache": "vary"
}}`

// withEveryKey is the attempt to which such a link leads.
func withEveryKey() scenario.Attempt {
	reply := func(status, delay int, name, value string) policy.Reply {
		return policy.Reply{Status: status, Headers: []policy.Header{{Name: name, Value: value}}, OnlyOK: true, Close: true, Delay: delay}
	}
	return scenario.Attempt{
		Shape: &scenario.Shape{
			From: "evil", In: "window", Kind: "xhr", URL: scenario.Address{API: "api2", Path: "/a"}, Pinned: true,
			Redirect: "error", Body: "text", Text: "b", Routes: []scenario.Address{{API: "bank", Path: "/c"}},
		},
		Script: scenario.Script{
			Method: "PUT", Mode: "no-cors", Credentials: "include", Via: "cors", ReferrerPolicy: "no-referrer",
			CrossOrigin: "anonymous", UploadListener: "true", Stream: "false",
			Headers: []policy.Header{{Name: "X-D", Value: "http://localhost:8080", Rule: "prefix", Off: true, Own: true}},
		},
		Policy: policy.Policy{
			Preflight: reply(201, 1, "E", "1"), Response: reply(202, 2, "F", "2"),
			Routes:  []policy.Route{{Preflight: reply(203, 3, "G", "3"), Response: reply(205, 4, "H", "4")}},
			Front:   &policy.Front{Headers: []policy.Header{{Name: "I", Value: "5"}}},
			Account: &policy.Account{SameSite: "lax", Token: true},
			Cache:   "vary",
		},
	}
}

// TestReadLink_everyKey opens a link of each version with every key: a round trip can't
// tell that a key was renamed.
func TestReadLink_everyKey(t *testing.T) {
	older := withEveryKey()
	older.Script.ReferrerPolicy = "" // version 2 brought it
	for name, test := range map[string]struct {
		link string
		want scenario.Attempt
	}{
		"version 1": {oldLink(strings.Replace(everyKey, `"referrer_policy": "no-referrer",`, "", 1)), older},
		"version 2": {linkTo(everyKey), withEveryKey()},
	} {
		got, err := scenario.ReadLink(test.link, scenariotest.Origins(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("ReadLink() of %s gives another attempt (-want +got):\n%s", name, diff)
		}
	}
}

// TestEveryKey: the attempt has a value for every key, so that no new one is forgotten.
func TestEveryKey(t *testing.T) {
	for _, path := range missing("attempt", reflect.ValueOf(withEveryKey()), nil) {
		t.Errorf("%s is empty; want everyKey to have each key, with a value", path)
	}
}

// missing lists the keys without a value. Of a list it looks at the first element.
func missing(path string, v reflect.Value, paths []string) []string {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return missing(path, v.Elem(), paths)
		}
	case reflect.Slice:
		if v.Len() > 0 && v.Type() == reflect.TypeFor[[]policy.Header]() && path != "attempt.Script.Headers" {
			return paths // the script's rows have every key
		}
		if v.Len() > 0 {
			return missing(path, v.Index(0), paths)
		}
	case reflect.Struct:
		for field, value := range v.Fields() {
			if field.Tag.Get("json") != "-" {
				paths = missing(path+"."+field.Name, value, paths)
			}
		}
		return paths
	}
	if v.IsZero() {
		return append(paths, path)
	}
	return paths
}

// TestReadLink_words opens links with every word that a link can have for a value. The
// usual referrer policy is not among them, because a script holds it as none.
func TestReadLink_words(t *testing.T) {
	const policyStart = `"policy":{"preflight":{"status":204,"headers":[]},"response":{"status":200,"headers":[`
	shape := func(kind, more string) string {
		return `{"shape":{"from":"page","in":"frame","kind":"` + kind + `","url":{"api":"api","path":"/messages"},"redirect":"follow"` + more + `},`
	}
	script := func(kind, more, setting string) string {
		return shape(kind, more) + `"script":{"` + setting + `":"%s"},` + policyStart + `]}}}`
	}
	shaped := func(key, usual, kind string) string {
		return strings.Replace(shape(kind, ""), `"`+key+`":"`+usual+`"`, `"`+key+`":"%s"`, 1) + `"script":{},` + policyStart + `]}}}`
	}
	surrounded := func(more string) string {
		return shape("fetch", "") + `"script":{},` + policyStart + `]},` + more + `}}`
	}
	for name, test := range map[string]struct {
		words string
		code  string
		found func(scenario.Attempt) string
	}{
		"from":      {"page other shop evil twin null", shaped("from", "page", "fetch"), func(a scenario.Attempt) string { return string(a.Shape.From) }},
		"in":        {"frame window", shaped("in", "frame", "fetch"), func(a scenario.Attempt) string { return string(a.Shape.In) }},
		"kind":      {"fetch xhr img script module canvas font form beacon eventsource", shaped("kind", "fetch", "fetch"), func(a scenario.Attempt) string { return string(a.Shape.Kind) }},
		"redirect":  {"follow error manual", shaped("redirect", "follow", "fetch"), func(a scenario.Attempt) string { return string(a.Shape.Redirect) }},
		"api":       {"api api2 bank", shaped("api", "api", "fetch"), func(a scenario.Attempt) string { return a.Shape.URL.API }},
		"body":      {"text form stream", shape("fetch", `,"body":"%s","text":"a=b"`) + `"script":{"method":"POST"},` + policyStart + `]}}}`, func(a scenario.Attempt) string { return string(a.Script.Sends()) }},
		"blob":      {"json-blob", shape("beacon", `,"body":"%s","text":"{}"`) + `"script":{},` + policyStart + `]}}}`, func(a scenario.Attempt) string { return string(a.Script.Sends()) }},
		"mode":      {"cors no-cors same-origin", script("fetch", "", "mode"), func(a scenario.Attempt) string { return string(a.Script.Mode) }},
		"method":    {"GET PUT", script("fetch", "", "method"), func(a scenario.Attempt) string { return a.Script.Method }},
		"via":       {"direct same-origin cors", script("fetch", "", "via"), func(a scenario.Attempt) string { return string(a.Script.Via) }},
		"stream":    {"true false", script("fetch", `,"body":"stream","text":"a"`, "stream"), func(a scenario.Attempt) string { return string(a.Script.Stream) }},
		"listener":  {"true false", script("xhr", "", "upload_listener"), func(a scenario.Attempt) string { return string(a.Script.UploadListener) }},
		"same_site": {"unset strict lax none", surrounded(`"account":{"same_site":"%s"}`), func(a scenario.Attempt) string { return string(a.Policy.Account.SameSite) }},
		"cache":     {"off blind vary", surrounded(`"cache":"%s"`), func(a scenario.Attempt) string { return string(a.Policy.Cache) }},
		"credentials": {
			"omit same-origin include", script("fetch", "", "credentials"),
			func(a scenario.Attempt) string { return string(a.Script.Credentials) },
		},
		"crossorigin": {
			"none anonymous use-credentials", script("img", "", "crossorigin"),
			func(a scenario.Attempt) string { return string(a.Script.CrossOrigin) },
		},
		"referrer_policy": {
			"no-referrer no-referrer-when-downgrade origin origin-when-cross-origin same-origin strict-origin unsafe-url",
			script("fetch", "", "referrer_policy"), func(a scenario.Attempt) string { return string(a.Script.ReferrerPolicy) },
		},
		"rule": {
			"reflect allowlist prefix suffix contains regex null",
			shape("fetch", "") + `"script":{},` + policyStart + `{"name":"Access-Control-Allow-Origin","value":"{page}","rule":"%s"}]}}}`,
			func(a scenario.Attempt) string { return string(a.Policy.Response.Headers[0].Rule) },
		},
	} {
		for word := range strings.FieldsSeq(test.words) {
			o := scenariotest.Origins(t)
			read, err := scenario.ReadLink(linkTo(fmt.Sprintf(test.code, word)), o)
			if err != nil {
				t.Errorf("%s %s: %v", name, word, err)
				continue
			}
			_, attempt, faults := scenariotest.Minimal().Sandbox().Open(read, o)
			if got := test.found(attempt); got != word || len(faults) > 0 {
				t.Errorf("%s %s is %q in the attempt, faults %v", name, word, got, faults)
			}
		}
	}
}
