package e2e_test

import (
	"testing"

	"corslab/web/browsers/driver"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// testHandOut prints a run. The print must unfold the trace, list the headers that are
// on and the one that failed, and leave out everything to press.
func testHandOut(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	l.send()
	l.print()
	l.wantOnPaper(".trace__step .facts", ".verdict__others dd", "#failed-reason", `[data-row="preflight:Access-Control-Allow-Origin"] .row__value`, "#log .entry")
	l.wantOffPaper(".masthead__nav", ".hints", `[data-row="preflight:Access-Control-Max-Age"]`)
	l.wantNothingToPress()
}

// testHandOutSandbox prints a sandbox. Only the settings that are set may show up.
func testHandOutSandbox(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/put-not-allowed/sandbox")
	l.click("#close-response")
	l.send()
	l.print()
	l.wantOnPaper("#shape-kind", "#shape-path", `label:has(> #close-response)`, "#log .entry")
	l.wantOffPaper(".sandbox-file", "#delay-response", `label:has(> #close-preflight)`, "#options-title")
	l.wantNothingToPress()
}

// print shows the page as a printer would get it.
func (l *learner) print() {
	l.t.Helper()
	if _, err := chromedp.Call(l.tab.Context(), emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		l.t.Fatal(err)
	}
}

func (l *learner) wantOnPaper(selectors ...string) {
	l.t.Helper()
	for _, selector := range selectors {
		if !get[bool](l, `[...document.querySelectorAll('`+selector+`')].every((e) => e.checkVisibility()) && document.querySelector('`+selector+`') !== null`) {
			l.t.Errorf("%s is missing on paper", selector)
		}
	}
}

func (l *learner) wantOffPaper(selectors ...string) {
	l.t.Helper()
	for _, selector := range selectors {
		if get[bool](l, `[...document.querySelectorAll('`+selector+`')].some((e) => e.checkVisibility())`) {
			l.t.Errorf("%s stands on paper", selector)
		}
	}
}

// wantNothingToPress expects no buttons or boxes, and only the text of inputs and
// selects.
func (l *learner) wantNothingToPress() {
	l.t.Helper()
	l.wantOffPaper("button", `[type="checkbox"]`, ".row__presets")
	const framed = `[...document.querySelectorAll("input, select, textarea")].filter((e) => e.checkVisibility())
		.filter((e) => getComputedStyle(e).appearance !== "none" || getComputedStyle(e).borderTopWidth !== "0px").map((e) => e.id)`
	if got := get[[]string](l, framed); len(got) > 0 {
		l.t.Errorf("these stand on paper as controls: %q", got)
	}
}
