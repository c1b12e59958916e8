package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/web/browsers/play"
)

// toNowhere is a scenario whose redirect leads where nothing can respond.
const toNowhere = `corslab: 1
title: Nowhere
track: Test
story: Test
script: {kind: %s, url: "{api}/old/messages"}
policy:
  response: {headers: [{Access-Control-Allow-Origin: "*"}]}
  routes:
    - url: "{api}/old/messages"
      response: {status: %d, headers: [{Access-Control-Allow-Origin: "*"}, {Location: "%s"}]}
change: [policy]
expect: {outcome: blocked, cause: no-answer, stage: response, sent: [GET]}
goal: [{page: readable}]
solutions:
  - policy: {routes: [{url: "{api}/old/messages", response: {headers: [{Location: /messages}]}}]}
`

// TestNowhere redirects to the closed port and to names that don't exist. The page must
// predict what the browser does, and the runner's security policy must not be what
// blocks the request.
func TestNowhere(t *testing.T) {
	t.Parallel()
	for _, engine := range []cors.Engine{cors.Chromium, cors.Firefox} {
		t.Run(string(engine), func(t *testing.T) {
			browser := startBrowser(t, engine)
			for i, to := range []string{"{closed}/", "http://api.invalid/", "https://api.invalid:8443/messages"} {
				for _, kind := range []string{"fetch", "xhr"} {
					t.Run(kind+" to "+to, func(t *testing.T) {
						src := fmt.Sprintf(toNowhere, kind, []int{302, 307, 301}[i], to)
						lib := written(t, "nowhere.yaml", src)
						lab, _ := startLab(t, lib, anyPort, anyPort)
						use(t, browser, func(p *play.Page) { playOne(t, p, lab, lib.Find("nowhere")) })
						checkNoPolicy(t, browser)
					})
				}
			}
		})
	}
}

// checkNoPolicy fails the test if the console mentions a Content-Security-Policy.
func checkNoPolicy(t *testing.T, b *play.Browser) {
	t.Helper()
	use(t, b, func(p *play.Page) {
		for _, line := range p.Console.Lines() {
			if strings.Contains(line.Text, "Content Security Policy") || strings.Contains(line.Text, "Content-Security-Policy") {
				t.Errorf("the console says %s", line.Text)
			}
		}
	})
}
