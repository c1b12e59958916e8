package e2e_test

import (
	"testing"

	"corslab/lab/policy"
	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// testUndo undoes changes one by one, without the mouse: even a Reset, and even changes
// that the server never got.
func testUndo(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.wantUndo(false)
	l.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	l.await(`location.hash !== ""`)
	link := get[string](l, `location.href`)
	row := l.row("response", allowOrigin, 0)
	const never = "http://never.example"
	get[any](l, `{ const input = document.querySelector("`+row+` .row__value")
		input.value = "`+never+`"
		input.dispatchEvent(new Event("input", { bubbles: true }))
		const reset = document.querySelector("[data-action=reset]")
		reset.focus()
		reset.click() } 0`)
	l.await(`location.hash === "" && !document.querySelector("` + row + ` .row__on").checked`)
	l.await(`document.getElementById("status").textContent.includes("Undo brings back")`)

	l.tabTo("#undo")
	l.checkAccessible("with something to undo")
	l.do(chromedp.KeyEvent(kb.Enter))
	l.await(value(row) + ` === "` + never + `" && location.hash !== ""`)
	if !get[bool](l, `document.activeElement?.id === "undo"`) {
		t.Error("Undo has lost the focus")
	}
	l.do(chromedp.KeyEvent(kb.Enter))
	l.await(value(row) + ` === "*" && location.href === "` + link + `"`)
	if got := l.send(); got != "readable" || !l.solved() {
		t.Errorf("outcome after Undo = %q, solved: %t; want what was set before to be in force", got, l.solved())
	}
	l.undoAll()
	if got := l.send(); got != "blocked" || get[string](l, `location.hash`) != "" {
		t.Errorf("outcome after all is undone = %q, want that of the scenario's start", got)
	}
	l.checkConsole()
}

// testUndoRefused undoes a refused change, a removed row, and the solution.
func testUndoRefused(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	row := l.row("preflight", allowOrigin, 0)
	before := get[string](l, value(row))
	l.write(row+" .row__value", "☃")
	l.await(`document.querySelector("` + row + ` .row__fault") !== null`)
	l.click("#undo")
	l.await(value(row) + ` === "` + before + `" && document.querySelector(".row__fault") === null`)
	l.wantUndo(false)

	own := l.add("response", "X-Mine")
	l.write(own+" .row__value", "1")
	l.await(`document.querySelector("#policy[aria-busy=true]") === null`)
	l.click(own + " .row__remove")
	l.await(`document.querySelector("` + own + `") === null`)
	l.click("#undo")
	l.await(`document.querySelector("` + own + ` .row__value")?.value === "1"`)

	l.openHints()
	l.click(`[data-action="solve"]`)
	l.await(`document.activeElement?.id === "policy"`)
	l.click("#undo")
	l.await(`document.querySelector("` + own + ` .row__value")?.value === "1"`)
	l.undoAll()
	l.await(`location.hash === "" && document.querySelector("` + own + `") === null`)
}

// undoAll presses Undo until there is nothing to undo.
func (l *learner) undoAll() {
	l.t.Helper()
	for range 20 {
		l.await(`document.querySelector("#policy[aria-busy=true]") === null`)
		if get[bool](l, `document.getElementById("undo").getAttribute("aria-disabled") === "true"`) {
			return
		}
		steps := get[string](l, `JSON.stringify([...document.querySelectorAll("#policy input, #policy select")].map((e) => e.value + e.checked))`)
		l.click("#undo")
		l.await(`JSON.stringify([...document.querySelectorAll("#policy input, #policy select")].map((e) => e.value + e.checked)) !== ` + "`" + steps + "`")
	}
	l.t.Fatal("there is no end of what can be undone")
}

func (l *learner) wantUndo(can bool) {
	l.t.Helper()
	want := map[bool]string{true: "false", false: "true"}[can]
	l.await(`document.getElementById("undo").getAttribute("aria-disabled") === "` + want + `"`)
}
