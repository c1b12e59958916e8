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

// TestHeaders sets each header in all three ways. Settings made by hand and by a link
// both arrive from the page; a file arrives from disk. If the header must not be sent,
// both must be refused. If a file gets past that check, the API must leave the header
// out.
func TestHeaders(t *testing.T) {
	l := startLab(t, "localhost:0")
	each(t, "header", func(t *testing.T, a attack) {
		a.Header = strings.NewReplacer("{program}", "http://localhost:9").Replace(a.Header)
		t.Run("by hand", func(t *testing.T) { a.setByHand(t, l) })
		t.Run("by file", func(t *testing.T) { a.setByFile(t) })
	})
}

// line splits a header line.
func line(text string) (name, value string) {
	name, value, _ = strings.Cut(text, ":")
	return name, strings.TrimPrefix(value, " ")
}

func (a attack) setByHand(t *testing.T, l lab) {
	t.Helper()
	name, value := line(l.Origins.Expand(a.Header))
	_, result := l.control(t, "PUT", "/sessions/"+sid, map[string]any{"scenario": "sandbox", "attempt": sandbox(policy.Header{Name: name, Value: value, Rule: policy.Rule(a.Rule), Own: true})})
	refusal, _ := result["error"].(string)
	a.checkRefusal(t, refusal)
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

// checkRefusal compares the refusal with the row.
func (a attack) checkRefusal(t *testing.T, refusal string) {
	t.Helper()
	switch {
	case len(a.Sent) > 0 && refusal != "":
		t.Errorf("it is refused: %s", refusal)
	case len(a.Sent) == 0 && (refusal == "" || !strings.Contains(refusal, a.Says)):
		t.Errorf("the refusal says %q, want %q in it", refusal, a.Says)
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
	refusal := ""
	if err != nil {
		refusal = err.Error()
	}
	a.checkRefusal(t, refusal)
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

// sandbox returns an attempt in the sandbox whose response has the headers.
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
