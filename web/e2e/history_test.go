package e2e_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// threeRuns makes runs with three policies: blocked at the preflight, readable, blocked
// at the response.
func threeRuns(t *testing.T, tab *driver.Tab, page string) *learner {
	t.Helper()
	l := visit(t, tab, page+"/scenarios/put-not-allowed")
	l.send()
	l.set("preflight", policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT"}, 0)
	l.send()
	l.set("preflight", policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT, PATCH"}, 0)
	l.set("response", policy.Header{Name: allowOrigin, Value: page, Off: true}, 0)
	l.send()
	return l
}

// testHistory makes three runs, looks at the changes before each, compares two of them,
// and goes back to one.
func testHistory(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := threeRuns(t, newTab(t, chromium), lab.Origins.Page.String())
	l.wantRuns("3 Blocked allow-origin-missing", "2 Readable", "1 Blocked method-not-allowed")
	l.wantEdits(1)
	l.wantEdits(2, "+Access-Control-Allow-Methods: PUT")
	l.wantEdits(3, "−Access-Control-Allow-Methods: PUT", "+Access-Control-Allow-Methods: PUT, PATCH", "−"+allowOrigin+": "+lab.Origins.Page.String())

	l.click("#run-3-pick")
	l.click("#run-1-pick")
	l.wantCompared(1, 3)
	l.wantSettings("Access-Control-Allow-Methods | Run 1: not sent | Run 3: PUT, PATCH", allowOrigin+" | Run 1: "+lab.Origins.Page.String()+" | Run 3: not sent")
	for run, words := range map[int][]string{
		1: {"Blocked", "TypeError: Failed to fetch", "does not list the method", "OPTIONS, answered with 204", "PUT was never sent"},
		3: {"Blocked", "has no Access-Control-Allow-Origin", "PUT, answered with 200"},
	} {
		text := get[string](l, fmt.Sprintf(`document.querySelector('#comparison [data-facts-of="run-%d"]').innerText`, run))
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("the comparison of run %d lacks %q:\n%s", run, word, text)
			}
		}
	}
	l.click("#run-2-pick")
	l.wantCompared(1, 2)
	if get[bool](l, `document.getElementById("run-3-pick").checked`) {
		t.Error("three runs are ticked")
	}
	l.click("#run-1-pick")
	l.await(`document.getElementById("comparison").childElementCount === 0`)

	l.click(`#run-2 [data-action="back"]`)
	l.await(`document.activeElement?.id === "policy" && document.getElementById("status").textContent.includes("run 2")`)
	if got := l.send(); got != "readable" {
		t.Errorf("outcome after going back to run 2 = %q, want readable", got)
	}
	l.wantEdits(4, "−Access-Control-Allow-Methods: PUT, PATCH", "+Access-Control-Allow-Methods: PUT", "+"+allowOrigin+": "+lab.Origins.Page.String())
	friend := visit(t, newTab(t, chromium), get[string](l, `location.href`))
	friend.wantRuns()
	if got := friend.send(); got != "readable" {
		t.Errorf("outcome on the link after going back = %q, want readable", got)
	}
	friend.wantEdits(1, "+Access-Control-Allow-Methods: PUT")

	l.click(`[data-action="reset"]`)
	l.await(`location.hash === ""`)
	l.send()
	l.wantEdits(5, "−Access-Control-Allow-Methods: PUT")
	l.checkConsole()
}

// testHistoryKeys compares two runs and goes back to one without the mouse.
func testHistoryKeys(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := threeRuns(t, newTab(t, chromium), lab.Origins.Page.String())
	l.tabTo("#run-3-pick")
	l.do(chromedp.KeyEvent(" "))
	l.await(`document.getElementById("history-picked").textContent.includes("Run 3 is ticked")`)
	l.tabTo("#run-2-pick")
	l.do(chromedp.KeyEvent(" "))
	l.wantCompared(2, 3)
	l.tabTo(`#run-1 [data-action="back"]`)
	l.do(chromedp.KeyEvent(kb.Enter))
	l.await(`document.activeElement?.id === "policy"`)
	l.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	if got := l.outcome(); got != "blocked" {
		t.Errorf("outcome after going back to run 1 = %q, want blocked", got)
	}
	l.wantRuns("4 Blocked method-not-allowed", "3 Blocked allow-origin-missing", "2 Readable", "1 Blocked method-not-allowed")
}

// testHistoryReloaded reloads the page, then restarts the lab. The runs must still be
// there, to compare and to go back to.
func testHistoryReloaded(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, stop := startLab(t, lib, anyPort, anyPort)
	l := threeRuns(t, newTab(t, chromium), lab.Origins.Page.String())
	runs := []string{"3 Blocked allow-origin-missing", "2 Readable", "1 Blocked method-not-allowed"}
	l.do(chromedp.Reload())
	l.await(`document.getElementById("run-3") !== null`)
	l.wantRuns(runs...)
	l.wantEdits(2, "+Access-Control-Allow-Methods: PUT")

	stop()
	l.await(`document.getElementById("connection").dataset.state === "lost"`)
	startLab(t, lib, address(lab.Origins.Page.String()), address(lab.Origins.API.String()))
	l.await(`document.getElementById("connection").dataset.state === "live"`)
	l.wantRuns(runs...)
	l.click("#run-1-pick")
	l.click("#run-2-pick")
	l.wantCompared(1, 2)
	l.wantSettings("Access-Control-Allow-Methods | Run 1: not sent | Run 2: PUT")
	l.click(`#run-2 [data-action="back"]`)
	l.await(`document.activeElement?.id === "policy"`)
	if got := l.send(); got != "readable" {
		t.Errorf("outcome after the restart = %q, want readable, as in run 2", got)
	}
	l.wantRuns(slices.Insert(runs, 0, "4 Readable")...)
	// After the restart, the server knows no earlier run to compare with.
	if got := get[string](l, `document.querySelector("#run-4 .edits__since").textContent`); got != "Since the scenario's start:" {
		t.Errorf("run 4 is compared %q, want that it is since the scenario's start", got)
	}
	l.wantEdits(4, "+Access-Control-Allow-Methods: PUT")
}

// testHistoryBounded makes more runs than the page keeps. The oldest must go.
func testHistoryBounded(t *testing.T, chromium *driver.Chromium) {
	const runs = 110
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	url := lab.Origins.Page.String() + "/sessions/" + get[string](l, `history.state.session`) + "/runs"
	post := func(url, body string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Origin", lab.Origins.Page.String())
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode >= 400 {
			t.Fatalf("POST %s: status %d", url, response.StatusCode)
		}
	}
	for run := 1; run <= runs; run++ {
		post(url, "")
		post(fmt.Sprintf("%s/%d/outcome", url, run), `{"type":"error","failed":"time"}`)
	}
	l.await(fmt.Sprintf(`document.getElementById("history-runs").firstElementChild?.id === "run-%d"`, runs))
	if got := get[int](l, `document.getElementById("history-runs").children.length`); got != 100 {
		t.Errorf("the page keeps %d runs, want 100", got)
	}
}

// testHistoryNarrow compares runs with long values on a phone.
func testHistoryNarrow(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	tab := newTab(t, chromium)
	emulate(t, tab, 390, 844, "light")
	l := visit(t, tab, lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	l.send()
	l.set("preflight", policy.Header{Name: "X-" + strings.Repeat("Long", 20), Value: strings.Repeat("x", 300)}, 0)
	l.send()
	l.checkWidth(390)
	l.compare(1, 2)
	l.checkWidth(390)
}

// compare ticks two runs.
func (l *learner) compare(before, after int) {
	l.t.Helper()
	l.tick(fmt.Sprintf("#run-%d-pick", before))
	l.tick(fmt.Sprintf("#run-%d-pick", after))
	l.wantCompared(before, after)
}

// tick clicks a box until it is ticked. On a busy machine, runs that scroll into view
// can change their height while the click is on its way.
func (l *learner) tick(selector string) {
	l.t.Helper()
	for range 3 {
		l.click(selector)
		if get[bool](l, fmt.Sprintf(`document.querySelector(%q).checked`, selector)) {
			return
		}
	}
	l.t.Fatalf("%s is not ticked after three clicks", selector)
}

// wantRuns compares the history: each run's number and result.
func (l *learner) wantRuns(want ...string) {
	l.t.Helper()
	got := get[[]string](l, `[...document.querySelectorAll("#history-runs > li")].map((e) =>
		e.dataset.run + " " + e.querySelector(".run__result").textContent.trim().replace(/\s+/g, " "))`)
	if !slices.Equal(got, want) {
		l.t.Errorf("runs: %q, want %q", got, want)
	}
}

// wantEdits compares the changes that are listed before a run.
func (l *learner) wantEdits(run int, want ...string) {
	l.t.Helper()
	got := get[[]string](l, fmt.Sprintf(`[...document.querySelectorAll("#run-%d .edits__line")].map((e) =>
		(e.dataset.sign === "minus" ? "−" : "+") + e.querySelector("code").textContent)`, run))
	if !slices.Equal(got, want) {
		l.t.Errorf("changed before run %d: %q, want %q", run, got, want)
	}
}

// wantCompared waits until exactly these two runs are side by side.
func (l *learner) wantCompared(before, after int) {
	l.t.Helper()
	l.await(fmt.Sprintf(`[...document.querySelectorAll("#comparison [data-facts-of]")].map((e) =>
		e.dataset.factsOf + " " + e.querySelectorAll(".run__facts").length).join() === "run-%d 1,run-%d 1"`, before, after))
}

// wantSettings compares the settings that the comparison lists.
func (l *learner) wantSettings(want ...string) {
	l.t.Helper()
	got := get[[]string](l, `[...document.querySelectorAll(".comparison__edit")].map((e) =>
		[...e.children].map((part) => part.textContent.trim().replace(/\s+/g, " ")).join(" | "))`)
	if !slices.Equal(got, want) {
		l.t.Errorf("set otherwise: %q, want %q", got, want)
	}
}

// tabTo presses Tab until the focus is on the element that the selector matches.
func (l *learner) tabTo(selector string) {
	l.t.Helper()
	for range 200 {
		if get[bool](l, fmt.Sprintf(`document.activeElement?.matches(%q)`, selector)) {
			return
		}
		l.do(chromedp.KeyEvent(kb.Tab))
	}
	l.t.Fatalf("no Tab leads to %s", selector)
}
