package attack_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
)

// TestHeaders sets each header in the three ways that there are. By hand and by
// a link, the page hands it over; a file holds it. Where it must not be sent it
// is refused in both, and where a file came by all that, the API leaves it out.
func TestHeaders(t *testing.T) {
	l := startLab(t, "localhost:0")
	each(t, "header", func(t *testing.T, a attack) {
		a.Header = strings.NewReplacer("{program}", "http://localhost:9").Replace(a.Header)
		t.Run("by hand", func(t *testing.T) { a.setByHand(t, l) })
		t.Run("by file", func(t *testing.T) { a.setByFile(t) })
	})
}

// line takes a header line apart.
func line(text string) (name, value string) {
	name, value, _ = strings.Cut(text, ":")
	return name, strings.TrimPrefix(value, " ")
}

func (a attack) setByHand(t *testing.T, l lab) {
	t.Helper()
	name, value := line(l.Origins.Expand(a.Header))
	_, answer := l.control(t, "PUT", "/sessions/"+sid, map[string]any{"scenario": "sandbox", "attempt": sandbox(policy.Header{Name: name, Value: value, Rule: policy.Rule(a.Rule), Own: true})})
	told, _ := answer["error"].(string)
	a.checkTold(t, told)
	if len(a.Sent) == 0 {
		return
	}
	got := l.raw(t, l.Origins.API.String(), "GET /"+sid+"/0/messages", []string{"Origin: " + l.Origins.Page.String()}, "")
	want := make([]string, len(a.Sent))
	for i, sent := range a.Sent {
		_, value := line(l.expand(sent, ""))
		want[i] = string(cors.IsomorphicEncode(value))
	}
	if found := got.header.Values(name); !slices.Equal(found, want) {
		t.Errorf("the API sends %s: %q, want %q", name, found, want)
	}
}

// checkTold compares the refusal with what the row says.
func (a attack) checkTold(t *testing.T, told string) {
	t.Helper()
	switch {
	case len(a.Sent) > 0 && told != "":
		t.Errorf("it is refused: %s", told)
	case len(a.Sent) == 0 && (told == "" || !strings.Contains(told, a.Says)):
		t.Errorf("the refusal says %q, want %q in it", told, a.Says)
	}
}

func (a attack) setByFile(t *testing.T) {
	t.Helper()
	name, value := line(a.Header)
	written := fmt.Sprintf("%q", value)
	if a.Rule != "" {
		written = fmt.Sprintf("{%s: %s}", a.Rule, orAny(written, value))
	}
	src := fmt.Sprintf(hostile, name, written)
	_, err := format.Parse("hostile.yaml", []byte(src))
	told := ""
	if err != nil {
		told = err.Error()
	}
	a.checkTold(t, told)
}

func orAny(written, value string) string {
	if value == "" {
		return "any"
	}
	return written
}

// hostile is a file that sets a header.
const hostile = `corslab: 1
title: Hostile
track: Test
story: Test
script: {url: "{api}/messages"}
policy: {response: {headers: [{%q: %s}]}}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}}]
`

// sandbox is an attempt in the sandbox whose response has the headers.
func sandbox(headers ...policy.Header) scenario.Attempt {
	return scenario.Attempt{
		Shape: &scenario.Shape{
			From: "page", In: "frame", Kind: "fetch", Redirect: "follow", URL: scenario.Address{API: "api", Path: "/messages"},
		},
		Script: scenario.Script{Method: http.MethodGet, Mode: "cors", Credentials: "same-origin"},
		Policy: policy.Policy{
			Preflight: policy.Reply{Status: http.StatusNoContent, Headers: []policy.Header{}},
			Response:  policy.Reply{Status: http.StatusOK, Headers: headers},
		},
	}
}
