package e2e_test

import (
	"testing"

	"corslab/lab/policy"
	"corslab/web/browsers/driver"
)

// testFailedRow checks that the reason shows up next to the row or the status that
// failed, stays there during edits, and goes away with the next run and with Reset.
func testFailedRow(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	methods := l.row("preflight", "Access-Control-Allow-Methods", 0)

	l.send()
	l.checkReason(methods, methods+" .row__value", "Run 1 found nothing, expected PUT")
	l.set("preflight", policy.Header{Name: "Access-Control-Max-Age", Value: "5"}, 0)
	l.await(`location.hash !== ""`)
	l.checkReason(methods, methods+" .row__value", "Run 1 found nothing, expected PUT")

	l.write("#status-preflight", "404")
	l.send()
	l.checkReason(`[data-group="preflight"]`, "#status-preflight", "Status: Run 2 found 404, expected 200 to 299")
	get[any](l, delayControl+` 0`)
	l.click(`[data-action="send"]`)
	l.await(`document.querySelector("[data-failed], #failed-reason") === null`)
	l.outcome()
	l.checkReason(`[data-group="preflight"]`, "#status-preflight", "Status: Run 3 found 404, expected 200 to 299")

	l.click(`[data-action="reset"]`)
	l.await(`document.querySelector("[data-failed], #failed-reason, [aria-describedby]") === null`)
}

// testFailedWithoutRow removes the row that failed. The reason must move to the head of
// its group and name the header.
func testFailedWithoutRow(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-cors")
	row := l.add("response", "Cross-Origin-Resource-Policy")
	l.write(row+" .row__value", "same-origin")
	l.send()
	l.checkReason(row, row+" .row__value", "Run 1 found same-origin, expected cross-origin")

	l.click(row + " [data-action=remove]")
	l.await(`document.querySelector("` + row + `") === null`)
	l.await(`document.querySelector('[data-group="response"] .rows__head + #failed-reason') !== null`)
	l.checkReason(`[data-group="response"]`, "", "Cross-Origin-Resource-Policy: Run 1 found same-origin, expected cross-origin")
}

// checkReason expects the reason inside an element and, if an input is named, as its
// description.
func (l *learner) checkReason(inside, input, want string) {
	l.t.Helper()
	if got := get[string](l, `document.querySelector('`+inside+` #failed-reason')?.innerText.trim() ?? ""`); got != want {
		l.t.Errorf("the reason in %s is %q, want %q", inside, got, want)
	}
	described := `[...document.querySelectorAll('[aria-describedby~="failed-reason"]')]`
	if input == "" {
		if got := get[int](l, described+`.length`); got != 0 {
			l.t.Errorf("the reason describes %d inputs, want none", got)
		}
		return
	}
	if !get[bool](l, described+`.some((e) => e.matches('`+input+`'))`) {
		l.t.Errorf("%s is not described by the reason", input)
	}
}
