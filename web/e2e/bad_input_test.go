package e2e_test

import (
	"fmt"
	"testing"

	"corslab/lab/library"
	"corslab/web"
	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// slow is a scenario whose response is delayed, so that the test can act during a run.
const slow = `corslab: 1
title: Slow
track: Test
story: Test
script: {url: "{api}/messages"}
policy: {response: {delay: 700}}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "{page}"}]}}}]
`

// careless is a learner who has solved a scenario and can stop the lab.
type careless struct {
	*learner
	lab  *web.Lab
	lib  *library.Library
	stop func()
}

// testBadInput does things to a page that it wasn't made for, after the scenario is
// solved. Nothing may get stuck: Send must still send the settings and show the result.
// And nothing may get lost: the scenario stays solved.
func testBadInput(t *testing.T, chromium *driver.Chromium) {
	for name, misuse := range map[string]func(c careless){
		"a reload in the middle of a run": careless.reload,
		"ten tabs":                        careless.openTabs,
		"Send twenty times":               careless.sendTwentyTimes,
		"the network is gone":             careless.loseNetwork,
		"values that are nonsense":        careless.writeNonsense,
	} {
		t.Run(name, func(t *testing.T) {
			lib := written(t, "slow.yaml", slow)
			lab, stop := startLab(t, lib, anyPort, anyPort)
			l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/slow")
			l.solve(lib.Find("slow"), lab.Origins)
			misuse(careless{l, lab, lib, stop})
			l.checkSendWorks()
		})
	}
}

// checkSendWorks checks that Send works, whatever state the page is in.
func (l *learner) checkSendWorks() {
	l.t.Helper()
	l.await(`document.getElementById("connection").dataset.state === "live"`)
	l.await(`!document.querySelector("[data-action=send]").matches("[aria-disabled=true]")`)
	l.wantStanding("solved")
	l.runs = get[int](l, `Math.max(...[...document.querySelectorAll("[data-run]")].map((e) => e.dataset.run))`)
	if got := l.send(); got != "readable" || !l.solved() {
		l.t.Errorf("afterwards the outcome is %q, solved: %t; want readable and solved", got, l.solved())
	}
	if said := get[string](l, `document.getElementById("notice").textContent`); said != "" {
		l.t.Errorf("the page still says %q", said)
	}
	l.wantStanding("solved")
	l.do(chromedp.Reload())
	l.awaitLive()
	l.wantStanding("solved")
	l.checkConsole()
}

// startSending presses Send and waits until the request is at the API.
func (c careless) startSending() {
	c.t.Helper()
	c.runs++
	c.click(`[data-action="send"]`)
	c.await(fmt.Sprintf(`document.querySelector('[data-entry][data-run="%d"]') !== null`, c.runs))
}

func (c careless) reload() {
	c.startSending()
	c.do(chromedp.Reload())
	c.awaitLive()
	c.await(`document.querySelector('[data-entry][data-run="2"]') !== null`)
	c.await(`document.getElementById("outcome").dataset.run === "1" && document.getElementById("goal").hasAttribute("data-solved")`)
}

// openTabs sends from ten tabs at once. Half of the new tabs have the history of the
// first one, as when a browser duplicates a tab.
func (c careless) openTabs() {
	url, state := get[string](c.learner, `location.href`), get[string](c.learner, `JSON.stringify(history.state)`)
	tabs := []*learner{c.learner}
	for i := range 9 {
		l := visit(c.t, newTab(c.t, c.tab), url)
		if i%2 == 0 {
			get[any](l, fmt.Sprintf(`history.replaceState(%s, ""), 0`, state))
			l.do(chromedp.Reload())
			l.awaitLive()
		}
		tabs = append(tabs, l)
	}
	for _, l := range tabs {
		get[any](l, `document.querySelector("[data-action=send]").click()`)
	}
	for i, l := range tabs {
		if got := l.outcome(); got != "readable" {
			c.t.Errorf("outcome in tab %d = %q, want readable", i+1, got)
		}
		l.wantStanding("solved")
	}
}

// sendTwentyTimes presses Send faster than runs end, with mouse and keys. Each run that
// begins must end.
func (c careless) sendTwentyTimes() {
	for i := range 20 {
		if i%2 == 0 {
			get[any](c.learner, `document.querySelector("[data-action=send]").click()`)
		} else {
			c.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
		}
	}
	c.await(`!document.querySelector("[data-action=send]").matches("[aria-disabled=true]")`)
	c.await(`history.state.run > 1 && [...document.querySelectorAll("#history-runs > li")].map((run) => run.dataset.run).join() ===
		Array.from({ length: history.state.run }, (_, i) => history.state.run - i).join()`)
}

// loseNetwork stops the lab in the middle of a run, sends and edits meanwhile, and
// starts it again.
func (c careless) loseNetwork() {
	c.startSending()
	c.stop()
	c.await(`document.getElementById("connection").dataset.state === "lost"`)
	c.await(`!document.querySelector("[data-action=send]").matches("[aria-disabled=true]")`)
	c.click(`[data-action="send"]`)
	const gone = "The lab does not answer. Is it still running?"
	c.await(fmt.Sprintf(`document.getElementById("notice").textContent === %q`, gone))
	c.await(`document.getElementById("outcome").dataset.outcome === "readable" && document.getElementById("goal").hasAttribute("data-solved")`)
	c.checkAccessible("without the lab")
	c.write(c.row("response", allowOrigin, 0)+" .row__value", "*")
	startLab(c.t, c.lib, address(c.lab.Origins.Page.String()), address(c.lab.Origins.API.String()))
	c.await(`document.getElementById("connection").dataset.state === "live" && location.hash !== ""`)
	c.wantValue("*")
}

func (c careless) wantValue(want string) {
	c.t.Helper()
	if got := get[string](c.learner, value(c.row("response", allowOrigin, 0))); got != want {
		c.t.Errorf("the row holds %q, want %q", got, want)
	}
}

// writeNonsense makes every value invalid. The page must show each fault next to its
// input, the settings in force must stay, and Undo must restore them.
func (c careless) writeNonsense() {
	for selector, text := range map[string]string{
		c.row("response", allowOrigin, 0) + " .row__value": "☃",
		"#status-response":  "99999",
		"#status-preflight": "1",
		"#delay-response":   "-1",
	} {
		c.write(selector, text)
		c.await(fmt.Sprintf(`document.querySelector(%q).closest(".rows").querySelector(".row__fault") !== null`, selector))
		if got := c.send(); got != "readable" {
			c.t.Errorf("outcome with %q = %q, want readable, as before", text, got)
		}
		c.checkAccessible("with nonsense")
		c.click(`[data-action="undo"]`)
		c.await(`document.querySelector(".row__fault") === null`)
	}
	name := c.add("response", "no name") + " .row__name"
	c.await(fmt.Sprintf(`document.querySelector(%q).closest(".row").querySelector(".row__fault") !== null`, name))
}
