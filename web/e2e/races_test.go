package e2e_test

import (
	"net/http"
	"strconv"
	"testing"

	"corslab/lab/policy"
	"corslab/web/browsers/driver"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const allowOrigin = "Access-Control-Allow-Origin"

// delayControl makes every control request of the page slow, so that the test can act
// meanwhile.
const delayControl = `{
	const fetchNow = window.fetch
	window.fetch = (...request) => new Promise((resolve) => setTimeout(resolve, 400)).then(() => fetchNow(...request))
}`

// testStatusCleared empties the status and writes another one.
func testStatusCleared(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	l.click("#status-response")
	l.do(chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent(kb.Backspace))
	l.await(`document.getElementById("status-response-fault") !== null`)
	l.do(chromedp.KeyEvent("418"))
	l.await(`document.getElementById("status-response-fault") === null`)
	l.send()
	if got := get[string](l, `document.querySelector(".facts").innerText`); got == "" || !get[bool](l, `document.querySelector(".facts").innerText.includes("418")`) {
		t.Errorf("the outcome does not show status 418:\n%s", got)
	}
}

// testLinksWithin follows a link of the log and the skip link, and reloads. None of the
// learner's work may be lost.
func testLinksWithin(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	l.set("preflight", policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT"}, 0)
	l.send()
	before := get[string](l, `location.href`)
	l.click(".entry__tie a")
	l.await(`document.activeElement?.dataset.entry === "OPTIONS" && document.activeElement.hasAttribute("data-marked")`)
	get[any](l, `document.querySelector(".skip").click()`)
	l.await(`document.activeElement?.id === "main"`)
	if after := get[string](l, `location.href`); after != before {
		t.Errorf("the address is %s, want it unchanged: %s", after, before)
	}
	l.do(chromedp.Reload())
	l.await(`document.querySelectorAll("[data-entry]").length === 2`)
	if got := l.send(); got != "readable" {
		t.Errorf("outcome after the reload = %q, want readable", got)
	}
}

// testResetAfterEdit presses Reset before an edit was sent.
func testResetAfterEdit(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	if got := l.send(); got != "readable" || !l.solved() {
		t.Fatalf("outcome = %q, want readable and solved", got)
	}
	row := l.row("response", allowOrigin, 0)
	get[any](l, `{ const box = document.querySelector("`+row+` .row__on")
		box.click(); box.click()
		document.querySelector("[data-action=reset]").click() } 0`)
	l.await(`!document.querySelector("` + row + ` .row__on").checked && location.hash === ""`)
	if l.solved() || get[bool](l, `document.getElementById("outcome").hasAttribute("data-outcome")`) {
		t.Error("goal or outcome of the last run are still shown after Reset")
	}
	if got := l.send(); got != "blocked" {
		t.Errorf("outcome after Reset = %q, want blocked", got)
	}

	// The start is in force already, so the server has nothing new to show.
	get[any](l, `{ document.querySelector("`+row+` .row__on").click()
		document.querySelector("[data-action=reset]").click() } 0`)
	l.await(`!document.querySelector("` + row + ` .row__on").checked && document.querySelector("#policy[aria-busy=true]") === null`)
	if got := l.send(); got != "blocked" {
		t.Errorf("outcome after Reset at the start = %q, want blocked", got)
	}
}

// testEditWhileAdding edits a row while a new one is being added. Both must be there in
// the end, and two new rows must stay two.
func testEditWhileAdding(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	rows := get[int](l, `document.querySelectorAll('[data-group="response"] .row').length`)
	get[any](l, delayControl+` 0`)
	l.click("#add-response")
	l.click("#add-response")
	l.click(l.row("response", allowOrigin, 0) + " .row__on")
	l.await(`document.querySelectorAll('[data-group="response"] .row').length === ` + strconv.Itoa(rows+2))
	if got := l.send(); got != "readable" {
		t.Errorf("outcome = %q, want readable: the edit is in force", got)
	}
	if got := get[int](l, `document.querySelectorAll('[data-group="response"] .row').length`); got != rows+2 {
		t.Errorf("%d rows, want %d", got, rows+2)
	}
}

// testLinkOpenedSlowly presses Send while the page still sends its link. The link must
// take effect before the run.
func testLinkOpenedSlowly(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	url := lab.Origins.Page.String() + "/scenarios/no-allow-origin"
	author := visit(t, newTab(t, chromium), url)
	author.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	author.await(`location.hash !== ""`)
	link := get[string](author, `location.href`)

	reader := &learner{t: t, tab: newTab(t, chromium)}
	script := page.AddScriptToEvaluateOnNewDocumentParams{Source: delayControl}
	if _, err := chromedp.Call(reader.tab.Context(), page.AddScriptToEvaluateOnNewDocument, script); err != nil {
		t.Fatal(err)
	}
	reader.do(chromedp.Navigate(link))
	reader.click(reader.row("preflight", allowOrigin, 0) + " .row__on")
	if got := reader.send(); got != "readable" {
		t.Errorf("outcome on the link = %q, want readable", got)
	}

	other := visit(t, newTab(t, chromium), url)
	get[any](other, `location.href = `+strconv.Quote(link))
	other.await(`document.querySelector("` + other.row("response", allowOrigin, 0) + ` .row__on").checked`)
	if got := other.send(); got != "readable" {
		t.Errorf("outcome on the link in an open page = %q, want readable", got)
	}
}

// testRestartWithFault restarts the lab while a row has a fault. The page must reconnect
// with the settings that were in force before.
func testRestartWithFault(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, stop := startLab(t, lib, anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	l.send()
	row := l.row("response", allowOrigin, 0)
	l.write(row+" .row__value", "☃")
	l.await(`document.querySelector("` + row + ` .row__fault") !== null`)

	stop()
	l.await(`document.getElementById("connection").dataset.state === "lost"`)
	startLab(t, lib, address(lab.Origins.Page.String()), address(lab.Origins.API.String()))
	l.await(`document.getElementById("connection").dataset.state === "live"`)
	if got := l.send(); got != "readable" {
		t.Errorf("outcome after the restart = %q, want readable, as before the fault", got)
	}
	if got := get[string](l, value(row)); got != "☃" {
		t.Errorf("the row holds %q, want what was written", got)
	}
}

// testFlood sends far more requests than the log keeps. The page must follow to the
// newest entry and stay small.
func testFlood(t *testing.T, chromium *driver.Chromium) {
	const requests = 700
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	url := lab.Origins.API.String() + "/" + get[string](l, `history.state.session`) + "/0/messages"
	for range requests {
		response, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	l.await(`document.getElementById("entry-` + strconv.Itoa(requests) + `") !== null`)
	if got := get[int](l, `document.getElementById("log").children.length`); got > 100 {
		t.Errorf("the log shows %d entries, want at most 100", got)
	}
	if got := l.send(); got != "blocked" {
		t.Errorf("outcome after the flood = %q, want blocked", got)
	}
}
