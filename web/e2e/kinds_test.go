package e2e_test

import (
	"os"
	"strings"
	"testing"

	"corslab/lab/library"
	"corslab/lab/scenario"
	"corslab/web"
	"corslab/web/browsers/driver"
)

// kinds returns the library of testdata/kinds, which has each kind of request twice:
// once when it fails or is opaque, and once when it works.
func kinds(t *testing.T) *library.Library {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "kinds", FS: os.DirFS("testdata/kinds")})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// testKinds plays each kind's start, and its solution through the page's own controls.
// The page must say what a script of that kind sees.
func testKinds(t *testing.T, chromium *driver.Chromium) {
	lib := kinds(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	for _, s := range lib.All() {
		t.Run(s.ID, func(t *testing.T) {
			l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/"+s.ID)
			checkStart(l, s)
			l.wantSeen(outcomesAtStart()[s.ID])
			l.apply(s, s.Solutions[0], lab.Origins)
			l.send()
			if !l.solved() {
				t.Errorf("not solved; the page says:\n%s", get[string](l, `document.getElementById("main").innerText`))
			}
			l.wantSeen(outcomesWhenSolved()[s.ID])
			l.checkAccessible("with a request of this kind")
			checkOnPhone(t, newTab(t, chromium), lab, s)
		})
	}
}

// checkOnPhone solves a scenario on a narrow screen.
func checkOnPhone(t *testing.T, tab *driver.Tab, lab *web.Lab, s *scenario.Scenario) {
	t.Helper()
	emulate(t, tab, 390, 844, "light")
	l := visit(t, tab, lab.Origins.Page.String()+"/scenarios/"+s.ID)
	l.apply(s, s.Solutions[0], lab.Origins)
	l.send()
	if !l.solved() {
		t.Error("not solved on a phone")
	}
	l.checkWidth(390)
}

// outcomesAtStart is the text of each outcome at the start.
func outcomesAtStart() map[string]string {
	return map[string]string{
		"xhr":             "the XMLHttpRequest fired error; nothing says why",
		"upload-listener": "The request itself was never sent.",
		"stream":          "TypeError: Failed to fetch",
		"img":             "the image fired error; nothing says why",
		"img-opaque":      "the image fired error; nothing says why",
		"script":          "the script fired error; nothing says why",
		"script-opaque":   "window.onerror was told: Script error.",
		"module":          "the script fired error; nothing says why",
		"canvas":          "SecurityError: ",
		"font":            "NetworkError: ",
		"form":            "The form was sent",
		"beacon":          "The request itself was never sent.",
		"eventsource":     "the EventSource fired error; nothing says why",
	}
}

// outcomesWhenSolved is the text of each outcome after the solution.
func outcomesWhenSolved() map[string]string {
	return map[string]string{
		"xhr":             `"text":"a b&c"`,
		"upload-listener": `"text":"hello"`,
		"stream":          `"text":"hello"`,
		"img":             "24 × 24 pixels",
		"img-opaque":      "no pixel of it",
		"script":          "script.js ran",
		"script-opaque":   "broken.js fails on purpose",
		"module":          "module.js ran",
		"canvas":          "the first pixel is rgba(29, 78, 216, 255)",
		"font":            "the font is loaded",
		"form":            "The form was sent",
		"beacon":          "A page is never told what came of one.",
		"eventsource":     "Hello",
	}
}

// wantSeen expects a text in the outcome.
func (l *learner) wantSeen(want string) {
	l.t.Helper()
	if got := get[string](l, `document.getElementById("outcome").innerText`); !strings.Contains(got, want) {
		l.t.Errorf("the outcome says\n%s\nwant in it %q", got, want)
	}
}
