package e2e_test

import (
	"testing"

	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// testHelp opens and closes the help by keyboard, at a phone's width.
func testHelp(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	tab := newTab(t, chromium)
	emulate(t, tab, 390, 844, "light")
	l := visit(t, tab, lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	row := l.row("response", allowOrigin, 0)

	l.focus(row + " .row__on")
	l.press("?")
	l.wantHelp(true)
	l.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	l.checkWidth(390)
	if get[bool](l, `document.querySelector("[data-state=running], [data-outcome]") !== null`) {
		t.Error("the page sends behind the help")
	}
	l.press(kb.Escape)
	l.wantHelp(false)
	if !get[bool](l, `document.activeElement.matches("`+row+` .row__on")`) {
		t.Error("the focus is not where it was before the help was opened")
	}

	before := get[string](l, value(row))
	l.enter(row+" .row__value", "?")
	l.wantHelp(false)
	if got := get[string](l, value(row)); got != "?"+before {
		t.Errorf("the field holds %q, want the question mark in it", got)
	}

	l.focus("[data-help=open]")
	l.press(kb.Enter)
	l.wantHelp(true)
	l.checkAccessible("with the help")
	l.focus("[data-help=close]")
	l.press(kb.Enter)
	l.wantHelp(false)
	testHelpKeyOff(l)
}

// testHelpKeyOff switches the ? key off for good.
func testHelpKeyOff(l *learner) {
	l.press("?")
	l.wantHelp(true)
	l.focus("#help-key")
	l.press(" ")
	l.press(kb.Escape)
	l.press("?")
	l.wantHelp(false)
	l.do(chromedp.Reload())
	l.awaitLive()
	l.press("?")
	l.wantHelp(false)
}

// focus goes to an element with the Tab key.
func (l *learner) focus(selector string) {
	l.t.Helper()
	for range 100 {
		if get[bool](l, `document.activeElement?.matches("`+selector+`") === true`) {
			return
		}
		l.press(kb.Tab)
	}
	l.t.Fatalf("the Tab key does not lead to %s", selector)
}

func (l *learner) press(key string) {
	l.t.Helper()
	l.do(chromedp.KeyEvent(key))
}

func (l *learner) wantHelp(open bool) {
	l.t.Helper()
	if got := get[bool](l, `document.getElementById("help").open`); got != open {
		l.t.Errorf("the help is open: %t, want %t", got, open)
	}
}
