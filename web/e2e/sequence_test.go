package e2e_test

import (
	"slices"
	"testing"

	"corslab/lab/browser"
	"corslab/lab/scenario"
)

// testSequence looks at what is drawn of a run: each step in order, where the
// browser stopped it, what it never sent, and what it remembered.
func testSequence(t *testing.T, chromium *browser.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	refused := visit(t, newTab(t, chromium), lab.Origins.Page+"/scenarios/custom-header")
	refused.send()
	refused.wantSteps("call", "request", "answer", "barrier", "never", "result")

	cached := visit(t, newTab(t, chromium), lab.Origins.Page+"/scenarios/preflight-cache")
	cached.send()
	cached.wantSteps("call", "request", "answer", "request", "answer", "result")
	cached.set("preflight", scenario.Header{Name: "Access-Control-Max-Age", Value: "600"}, 0)
	cached.send()
	cached.send()
	cached.wantSteps("call", "cached", "request", "answer", "result")
}

// testPairs points at a step of the drawing and at an entry of the log: each
// marks the other.
func testPairs(t *testing.T, chromium *browser.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page+"/scenarios/custom-header")
	l.send()
	const paired = `[...document.querySelectorAll("[data-paired]")].map((e) => e.dataset.step ?? "entry")`
	for _, focus := range []string{
		`document.querySelector("#sequence-steps a").focus()`,
		`document.querySelector(".entry--request summary").focus()`,
	} {
		get[any](l, `document.activeElement.blur()`)
		get[any](l, focus)
		if got, want := get[[]string](l, paired), []string{"request", "answer", "entry"}; !slices.Equal(got, want) {
			t.Errorf("after %s these are marked: %q, want %q", focus, got, want)
		}
	}
}

// wantSteps compares what is drawn of the newest run.
func (l *learner) wantSteps(want ...string) {
	l.t.Helper()
	got := get[[]string](l, `[...document.querySelectorAll("#sequence-steps > li")].map((e) => e.dataset.step)`)
	if !slices.Equal(got, want) {
		l.t.Errorf("drawn: %q, want %q", got, want)
	}
}
