package e2e_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/web"
	"corslab/web/browsers/driver"
)

// testScenarios plays every shipped scenario, driven by scripts.
func testScenarios(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	playAll(t, tabsOf(t, chromium), lab, lib, nil)
}

// testByHand plays one scenario of each track with real clicks and keys. The first Send
// must show what the file declares, each solution must solve it through the page's own
// controls, and no wrong answer may.
func testByHand(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	for _, s := range firstOfEachTrack(lib) {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t, chromium)
			for i, solution := range s.Solutions {
				t.Run(fmt.Sprintf("solution %d", i+1), func(t *testing.T) {
					checkSolution(t, tab, lab, s, solution)
				})
			}
			for i, wrong := range s.Wrong {
				t.Run(fmt.Sprintf("wrong answer %d", i+1), func(t *testing.T) {
					checkWrong(t, tab, lab, s, wrong)
				})
			}
		})
	}
}

func checkSolution(t *testing.T, tab *driver.Tab, lab *web.Lab, s *scenario.Scenario, solution scenario.Change) {
	tab.Forget()
	l := visit(t, tab, lab.Origins.Page.String()+"/scenarios/"+s.ID)
	checkStart(l, s)
	l.apply(s, solution, lab.Origins)
	for range solution.Sends {
		l.send()
	}
	if !l.solved() {
		t.Errorf("not solved; the page says:\n%s", get[string](l, `document.getElementById("main").innerText`))
	}
	l.checkConsole()
}

// checkStart sends with the scenario's own policy, and compares the result with the
// file.
func checkStart(l *learner, s *scenario.Scenario) {
	l.t.Helper()
	expect := s.Expect.For(cors.Chromium)
	if got, want := l.send(), string(expect.Outcome); got != want {
		l.t.Errorf("first outcome = %q, want %q", got, want)
	}
	if got := l.sent(); !slices.Equal(got, s.Expect.Sent) {
		l.t.Errorf("the log shows %v, want %v", got, s.Expect.Sent)
	}
	l.checkVerdict(expect, seesConsole(s))
	if l.solved() {
		l.t.Error("solved before anything was changed")
	}
	if expect.Stage == cors.StagePreflight && !slices.Equal(l.neverSent(), []string{s.Script.Method}) {
		l.t.Errorf("the log shows as never sent %v, want %s", l.neverSent(), s.Script.Method)
	}
	if want := s.Expect.Errors["chromium"]; want != "" && seesConsole(s) {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		named := func(f driver.Failure) bool { return f.CORSError == want || f.NetError == want }
		if got, err := l.tab.WaitFailure(ctx, named); err != nil {
			l.t.Errorf("no failure is called %s, the last one %+v (%v)", want, got, err)
		}
	}
}

// seesConsole reports whether the tab sees what the script's frame logs. A frame of
// another site has a process of its own.
func seesConsole(s *scenario.Scenario) bool { return s.Script.From == "page" }

func checkWrong(t *testing.T, tab *driver.Tab, lab *web.Lab, s *scenario.Scenario, wrong scenario.Change) {
	tab.Forget()
	l := visit(t, tab, lab.Origins.Page.String()+"/scenarios/"+s.ID)
	l.apply(s, wrong, lab.Origins)
	for range wrong.Sends {
		l.send()
		if l.solved() {
			t.Errorf("solved, although: %s", wrong.Because)
		}
	}
	l.checkConsole()
}
