package e2e_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"corslab/lab/library"
	"corslab/lab/scenario"
	"corslab/web"
	"corslab/web/browsers/play"
)

// testOtherTasks does those tasks of README.md that solve no scenario: look up an error,
// undo, compare two runs, switch the theme, and return after the lab was restarted.
func testOtherTasks(t *testing.T, page *play.Page, lib *library.Library, lab *web.Lab, stop func()) {
	p, s := drivenPage{page, t}, lib.Find("custom-header")
	p.navigate(lab.Origins.Page.String() + "/")
	p.await(`document.readyState === "complete"`) // WebKit returns while the page still loads
	p.follow(`.hero__start a[href="/errors"]`, `document.getElementById("text") !== null`)
	p.set("#text", "input", "Request header field x-token is not allowed by Access-Control-Allow-Headers in preflight response.")
	p.follow(`.lookup__form button`, `document.querySelector('.finding[data-sure][data-cause="header-not-allowed"]') !== null`)
	p.follow(`.finding a[href="/scenarios/custom-header"]`, `document.getElementById("connection")?.dataset.state === "live"`)

	const row = `[data-row="preflight:Access-Control-Allow-Headers"]`
	p.wantOutcome(s, "blocked")
	p.set(row+" .row__value", "input", "X-Token")
	p.wantOutcome(s, "readable")
	p.press(row + " .row__on")
	p.wantOutcome(s, "blocked")
	p.press(`#run-2 [data-action="back"]`)
	p.await(`document.activeElement?.id === "policy"`)
	p.wantOutcome(s, "readable")

	p.press("#run-1-pick")
	p.press("#run-2-pick")
	p.await(`document.querySelectorAll("#comparison [data-facts-of] .run__facts").length === 2`)

	p.set("#theme", "change", "dark")
	p.await(`getComputedStyle(document.documentElement).colorScheme === "dark"`)

	stop()
	p.await(`document.getElementById("connection").dataset.state === "lost"`)
	startLab(t, lib, address(lab.Origins.Page.String()), address(lab.Origins.API.String()))
	p.await(`document.getElementById("connection").dataset.state === "live"`)
	p.wantOutcome(s, "readable")
	var runs string
	p.evaluate(`[...document.querySelectorAll(".run__title")].map((e) => e.textContent).join()`, &runs)
	if want := "Run 5,Run 4,Run 3,Run 2,Run 1"; strings.TrimSpace(runs) != want {
		t.Errorf("runs after the restart: %s, want %s", runs, want)
	}
}

// wantOutcome sends and expects an outcome.
func (p drivenPage) wantOutcome(s *scenario.Scenario, want string) {
	p.t.Helper()
	if run := p.send(s); run.Outcome != want {
		p.t.Errorf("run %d: %s, want %s", run.Number, run.Outcome, want)
	}
}

// set changes the value of an input or select.
func (p drivenPage) set(selector, event, value string) {
	p.t.Helper()
	p.evaluate(fmt.Sprintf(`Object.assign(document.querySelector(%q), { value: %q }).dispatchEvent(new Event(%q, { bubbles: true }))`, selector, value, event), nil)
}

// follow presses something that opens another page, and waits for an element that only
// that page has.
func (p drivenPage) follow(selector, there string) {
	p.t.Helper()
	p.press(selector)
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for ; ctx.Err() == nil; <-again.C {
		var arrived bool
		// An error means that the old page is gone, or that the new one isn't loaded
		// yet.
		if err := p.Evaluate(ctx, there, &arrived); err == nil && arrived {
			return
		}
	}
	p.t.Fatalf("%s does not lead to where %s", selector, there)
}

func (p drivenPage) press(selector string) {
	p.t.Helper()
	p.evaluate(fmt.Sprintf(`document.querySelector(%q).click()`, selector), nil)
}
