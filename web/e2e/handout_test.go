package e2e_test

import (
	"testing"

	"corslab/lab/browser"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// testHandOut prints a run: the trace is unfolded, the policy lists the headers
// that are on and the one that failed, and nothing is left to press.
func testHandOut(t *testing.T, chromium *browser.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page+"/scenarios/put-not-allowed")
	l.send()
	if _, err := chromedp.Call(l.tab.Context(), emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	for _, selector := range []string{".trace__step .facts", ".verdict__others dd", "#failed-reason", `[data-row="preflight:Access-Control-Allow-Origin"] .row__value`, "#log .entry"} {
		if !get[bool](l, `[...document.querySelectorAll('`+selector+`')].every((e) => e.checkVisibility()) && document.querySelector('`+selector+`') !== null`) {
			t.Errorf("%s is missing on paper", selector)
		}
	}
	for _, selector := range []string{"button", ".masthead__nav", ".hints", ".row__presets", `[data-row="preflight:Access-Control-Max-Age"]`} {
		if get[bool](l, `[...document.querySelectorAll('`+selector+`')].some((e) => e.checkVisibility())`) {
			t.Errorf("%s stands on paper", selector)
		}
	}
}
