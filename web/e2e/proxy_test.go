package e2e_test

import (
	"slices"
	"testing"

	"corslab/lab/cors"
	"corslab/web/browsers/driver"
)

// throughProxies is a scenario with an API that lets no page read, and two ways around
// it.
const throughProxies = `corslab: 1
title: Not your server
track: Test
story: Test
script: {method: PUT, url: "{api}/messages/0", headers: [{X-Token: abcd}], body: {text: "Through a proxy"}}
policy: {}
change: [script.via, script.credentials]
expect: {outcome: blocked, cause: allow-origin-missing, stage: preflight, sent: [OPTIONS]}
goal: [{page: readable}]
solutions:
  - script: {via: same-origin}
  - script: {via: cors}
wrong:
  - script: {via: cors, credentials: include}
    because: The proxy lets everybody read, which does not hold with credentials.
`

// testProxies calls the API directly and through each of the two proxies.
func testProxies(t *testing.T, chromium *driver.Chromium) {
	lib := written(t, "proxy.yaml", throughProxies)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	s := lib.Find("proxy")
	for i, want := range []struct {
		outcome cors.Outcome
		sent    []string
		steps   []string
	}{
		{cors.Blocked, []string{"OPTIONS"}, []string{"call", "request", "answer", "barrier", "never", "result"}},
		{cors.Readable, []string{"PUT"}, []string{"call", "request", "answer", "result"}},
		{cors.Readable, []string{"OPTIONS", "PUT"}, []string{"call", "request", "answer", "request", "answer", "result"}},
		{cors.Blocked, []string{"OPTIONS"}, []string{"call", "request", "answer", "barrier", "never", "result"}},
	} {
		attempt := attacked(s)[i]
		l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/proxy")
		l.apply(s, attempt.change, lab.Origins)
		if got := l.send(); got != string(want.outcome) {
			t.Errorf("attempt %d: %s, want %s", i, got, want.outcome)
		}
		if got := l.sent(); !slices.Equal(got, want.sent) {
			t.Errorf("attempt %d: the log shows %q, want %q", i, got, want.sent)
		}
		l.wantSteps(want.steps...)
		l.awaitGoal(attempt.solved)
		if i == 2 {
			l.checkAccessible("with a proxy")
		}
	}
}
