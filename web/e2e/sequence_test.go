package e2e_test

import (
	"slices"
	"testing"

	"corslab/lab/policy"
	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
)

// testSequence checks the drawing of a run: each step in order, where the browser
// stopped, what it never sent, and what it had cached.
func testSequence(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	refused := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/custom-header")
	refused.send()
	refused.wantSteps("call", "request", "answer", "barrier", "never", "result")

	cached := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/preflight-cache")
	cached.send()
	cached.wantSteps("call", "request", "answer", "request", "answer", "result")
	cached.set("preflight", policy.Header{Name: "Access-Control-Max-Age", Value: "600"}, 0)
	cached.send()
	cached.send()
	cached.wantSteps("call", "cached", "request", "answer", "result")
}

// testHops follows a redirect. Each API must have a lane, and the judge must know where
// the redirect leads.
func testHops(t *testing.T, chromium *driver.Chromium) {
	lib := written(t, "redirected.yaml", `corslab: 1
title: Redirected
track: Test
story: Test
script: {url: "{api}/messages"}
policy:
  response: {status: 302, headers: [{Location: "{api2}/moved/messages"}, {Access-Control-Allow-Origin: "{page}"}]}
  routes:
    - url: "{api2}/moved/messages"
      response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}
expect: {outcome: blocked, cause: allow-origin-mismatch, stage: response, sent: [GET, GET]}
goal: [{page: readable}]
solutions: [{policy: {routes: [{url: "{api2}/moved/messages", response: {headers: [{Access-Control-Allow-Origin: {reflect: any}}]}}]}}]
`)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	s := lib.Find("redirected")
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/redirected")
	checkStart(l, s)
	l.wantSteps("call", "request", "answer", "request", "answer", "barrier", "result")
	const to = `[...document.querySelectorAll("#sequence-steps > [data-step=request]")].map((e) => e.dataset.api).join()`
	if got := get[string](l, to); got != "1,2" {
		t.Errorf("the requests are drawn to the lanes %s, want 1,2", got)
	}
	l.apply(s, s.Solutions[0], lab.Origins)
	l.send()
	if !l.solved() {
		t.Error("not solved by an answer that echoes the origin null")
	}
	l.checkAccessible("with two lanes")
}

// testPairs points at a step of the drawing, at its log entry and at its trace step,
// with keyboard and mouse. Each must highlight the others.
func testPairs(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/custom-header")
	l.send()
	l.unfoldTrace()
	l.do(chromedp.MouseEvent(chromedp.MouseMoved, 1, 1)) // the pointer takes precedence over the focus
	for focus, want := range map[string][]string{
		`document.querySelector("#sequence-steps a").focus()`:       {"request", "answer", "trace", "entry"},
		`document.querySelector(".entry--request summary").focus()`: {"request", "answer", "trace", "entry"},
		`document.querySelector("#failing-step summary").focus()`:   {"request", "answer", "barrier", "trace", "entry"},
		`document.querySelector("#step-barrier a").focus()`:         {"barrier", "trace"},
	} {
		get[any](l, `document.activeElement.blur()`)
		get[any](l, focus)
		l.wantPaired("after "+focus, want...)
	}
	for selector, want := range map[string][]string{
		"#step-barrier .step__label": {"barrier", "trace"},
		"#step-never-0 .step__label": {"never", "entry"},
		".entry--never .entry__line": {"never", "entry"},
	} {
		l.hover(selector)
		l.wantPaired("with the pointer on "+selector, want...)
	}
	l.click("#step-barrier a")
	if !get[bool](l, `document.activeElement.matches("#failing-step") && document.activeElement.checkVisibility()`) {
		t.Error("the link at the barrier does not lead to the step of the trace that failed")
	}
}

// testPairsCached points at a preflight that the browser didn't send.
func testPairsCached(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/preflight-cache")
	l.set("preflight", policy.Header{Name: "Access-Control-Max-Age", Value: "600"}, 0)
	l.send()
	l.send()
	l.unfoldTrace()
	l.hover("#step-cached .step__label")
	l.wantPaired("with the pointer on the preflight that is remembered", "cached", "trace")
	l.hover(`.trace__step[data-pair~="step-cached"] summary`)
	l.wantPaired("with the pointer on the step that finds it", "call", "cached", "trace")
}

func (l *learner) unfoldTrace() {
	l.t.Helper()
	get[any](l, `document.querySelector(".trace").closest(".verdict__more").open = true`)
}

// hover scrolls an element into view and moves the pointer to its middle.
func (l *learner) hover(selector string) {
	l.t.Helper()
	middle := get[position](l, `(({ x, y, width, height }) => ({ X: x + width / 2, Y: y + height / 2 }))((() => {
		const element = document.querySelector('`+selector+`')
		element.scrollIntoView({ block: "center", behavior: "instant" })
		return element.getBoundingClientRect()
	})())`)
	l.do(chromedp.MouseEvent(chromedp.MouseMoved, middle.X, middle.Y))
}

// wantPaired compares what is highlighted: steps by their names, an entry, a trace step.
func (l *learner) wantPaired(when string, want ...string) {
	l.t.Helper()
	const paired = `[...new Set([...document.querySelectorAll("[data-paired]")].map((e) => e.dataset.step ?? (e.matches(".entry") ? "entry" : "trace")))]`
	if got := get[[]string](l, paired); !slices.Equal(got, want) {
		l.t.Errorf("%s these are marked: %q, want %q", when, got, want)
	}
}

// wantSteps compares the drawing of the newest run.
func (l *learner) wantSteps(want ...string) {
	l.t.Helper()
	got := get[[]string](l, `[...document.querySelectorAll("#sequence-steps > li")].map((e) => e.dataset.step)`)
	if !slices.Equal(got, want) {
		l.t.Errorf("drawn: %q, want %q", got, want)
	}
}
