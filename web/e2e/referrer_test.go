package e2e_test

import (
	"regexp"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/web/browsers/play"
)

// TestReferrerPolicy sends a POST under each referrer policy, and checks that the server
// receives the Origin header that the judge expects.
func TestReferrerPolicy(t *testing.T) {
	for _, engine := range cors.Browsers() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			lab, _ := startLab(t, shipped(t), anyPort, anyPort)
			use(t, startBrowser(t, engine), func(p *play.Page) {
				for _, mode := range []cors.Mode{cors.NoCORSMode, cors.CORSMode} {
					for _, policy := range cors.ReferrerPolicies() {
						t.Run(string(mode)+" "+string(policy), func(t *testing.T) {
							checkReferrerPolicy(t, p, lab.Origins, scenario.Script{Method: "POST", Mode: mode, ReferrerPolicy: policy})
						})
					}
				}
			})
		})
	}
}

func checkReferrerPolicy(t *testing.T, page *play.Page, o origin.Set, set scenario.Script) {
	sandbox := shipped(t).Find(scenario.SandboxID)
	attempt := sandbox.With(scenario.Change{Script: set}, o)
	p := openDriven(t, page, o.Page.String()+"/scenarios/sandbox?"+string(set.Mode)+string(set.ReferrerPolicy)+"#"+scenario.WriteLink(attempt, o)) // another fragment alone wouldn't load the page again
	p.evaluate(`document.querySelector("[data-action=send]").click()`, nil)
	p.await(`document.querySelector('[data-entry="POST"]') !== null && document.getElementById("verdict").dataset.run === "1"`)

	var sent, differs string
	p.evaluate(`document.querySelector("[data-differs]")?.textContent ?? ""`, &differs)
	if differs != "" {
		t.Errorf("the browser and the judge differ: %s", differs)
	}
	p.evaluate(`document.querySelector('[data-entry="POST"] .entry__sides div').textContent`, &sent)
	exchange := cors.Exchange{Origin: o.Page.String(), Request: attempt.Script.Request(), Hops: []cors.Hop{{URL: o.Expand(attempt.Script.URL)}}}
	want := cors.OriginHeader(exchange, page.Engine)
	found := originLine.FindStringSubmatch(sent)
	if found == nil || found[1] != want {
		t.Errorf("the server received %q, want Origin: %s", sent, want)
	}
}

var originLine = regexp.MustCompile(`Origin: (null|http://[a-z0-9.]+:\d+)`)
