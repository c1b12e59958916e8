package e2e_test

import (
	"fmt"
	"testing"

	"corslab/lab/origin"
	"corslab/web/browsers/driver"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	toPreflight = "To the preflight (OPTIONS)"
	toRequest   = "To the request itself"
)

// testTasks does the ten tasks of README.md by keyboard, guided only by the
// accessibility tree and the announcements.
func testTasks(t *testing.T, chromium *driver.Chromium) {
	for name, width := range map[string]int64{"laptop": 1440, "phone": 390} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lib := shipped(t)
			lab, stop := startLab(t, lib, anyPort, anyPort)
			l := startTasks(t, chromium, lab.Origins, width)
			l.solveFirst()
			l.findByError()
			l.solveHeader()
			l.solveCredentials()
			l.undo()
			l.share(chromium)
			l.compareByKeys()
			l.switchTheme()

			stop()
			l.wantSaid("Connection lost, trying again …")
			startLab(t, lib, address(lab.Origins.Page.String()), address(lab.Origins.API.String()))
			l.wantSaid("Live")
			l.sendByKeys("Run 5: the script can read the answer. 2 requests reached the server. The scenario is solved.")
		})
	}
}

// startTasks opens the home page and starts the first scenario.
func startTasks(t *testing.T, chromium *driver.Chromium, origins origin.Set, width int64) *learner {
	l := &learner{t: t, tab: newTab(t, chromium)}
	emulate(t, l.tab, width, 844, "light")
	if _, err := chromedp.Call(l.tab.Context(), page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: listen}); err != nil {
		t.Fatal(err)
	}
	l.do(chromedp.Navigate(origins.Page.String() + "/"))
	l.tabToNamed("", "link", "Start with the first one")
	l.followTo("lab", "The answer that the script may not read")
	l.awaitLive()
	return l
}

func (l *learner) solveFirst() {
	l.t.Helper()
	l.sendByKeys("Run 1 was blocked. The answer has no Access-Control-Allow-Origin, so no foreign origin may read it. 1 request reached the server.")
	l.tabToNamed(toRequest, "checkbox", "Send Access-Control-Allow-Origin")
	l.wantDescribed("Run 1 found nothing, expected")
	l.press(" ")
	l.sendByKeys("Run 2: the script can read the answer. 1 request reached the server. The scenario is solved.")
	l.tabToNamed("", "link", "Next: Another origin is allowed")
}

// findByError looks up a console message and opens the scenario that shows it.
func (l *learner) findByError() {
	l.t.Helper()
	l.tabToNamed("", "link", "Look up an error")
	l.followTo("lookup", "What does this error mean?")
	l.tabToNamed("", "textbox", "The error")
	l.do(chromedp.KeyEvent("Request header field x-token is not allowed by Access-Control-Allow-Headers in preflight response."))
	l.tabToNamed("", "button", "Look it up")
	l.press(kb.Enter)
	l.do(chromedp.WaitVisible(chromedp.CSS(`.finding[data-sure][data-cause="header-not-allowed"]`)))
	l.checkWidth(get[int](l, `innerWidth`))
	l.tabToNamed("", "link", "A custom request header")
	l.followTo("lab", "A custom request header")
	l.awaitLive()
}

func (l *learner) solveHeader() {
	l.t.Helper()
	l.sendByKeys("Run 1 was blocked. Access-Control-Allow-Headers does not list a header of the request, so the request itself was never sent. 1 request reached the server.")
	l.tabToNamed(toPreflight, "textbox", "Value of Access-Control-Allow-Headers")
	l.wantDescribed("Run 1 found nothing, expected x-token")
	l.do(chromedp.KeyEvent("X-Token")) // Tab has selected the old text
	l.sendByKeys("Run 2: the script can read the answer. 2 requests reached the server. The scenario is solved.")
}

// solveCredentials opens its scenario from the list of all and solves it.
func (l *learner) solveCredentials() {
	l.t.Helper()
	l.tabToNamed("", "link", "corslab")
	l.followTo("index", "See a request blocked by CORS. Find out why. Fix it.")
	l.tabToNamed("", "link", "The write was done, the answer is withheld")
	l.followTo("lab", "The write was done, the answer is withheld")
	l.awaitLive()
	l.sendByKeys("Run 1 was blocked. The answer does not say exactly true in Access-Control-Allow-Credentials, and the request goes with credentials. 2 requests reached the server.")
	l.tabToNamed(toRequest, "checkbox", "Send Access-Control-Allow-Credentials")
	l.wantDescribed("Run 1 found nothing, expected true")
	l.press(" ")
	l.sendByKeys("Run 2: the script can read the answer. 2 requests reached the server. The scenario is solved.")
}

// undo spoils the solution and undoes that.
func (l *learner) undo() {
	l.t.Helper()
	l.tabToNamed(toRequest, "checkbox", "Send Access-Control-Allow-Origin")
	l.press(" ")
	l.sendByKeys("Run 3 was blocked. The answer has no Access-Control-Allow-Origin, so no foreign origin may read it. 2 requests reached the server.")
	l.tabToNamed("", "button", "Undo")
	l.press(kb.Enter)
	l.wantSaid("Undone: what was set before stands here again.")
	l.sendByKeys("Run 4: the script can read the answer. 2 requests reached the server. The scenario is solved.")
}

// share opens the page's address as another learner.
func (l *learner) share(chromium *driver.Chromium) {
	l.t.Helper()
	friend := visit(l.t, newTab(l.t, chromium), get[string](l, `location.href`))
	friend.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	if got := friend.outcome(); got != "readable" || !friend.solved() {
		l.t.Errorf("on the link: outcome = %q, solved = %t; want readable and solved", got, friend.solved())
	}
}

func (l *learner) compareByKeys() {
	l.t.Helper()
	l.tabToNamed("", "checkbox", "Compare Run 3")
	l.press(" ")
	l.wantSaid("Run 3 is ticked. Tick another one to compare it with.")
	l.tabToNamed("", "checkbox", "Compare Run 2")
	l.press(" ")
	l.wantSaid("Runs 2 and 3 stand side by side.")
	l.wantCompared(2, 3)
	l.checkWidth(get[int](l, `innerWidth`))
}

func (l *learner) switchTheme() {
	l.t.Helper()
	l.tabToNamed("", "combobox", "Theme")
	l.do(chromedp.KeyEvent("Dark"))
	l.await(`getComputedStyle(document.documentElement).colorScheme === "dark"`)
}

// sendByKeys sends wherever the focus is. The focus must stay, and the result must be
// announced.
func (l *learner) sendByKeys(said string) {
	l.t.Helper()
	const focus = `document.activeElement.id`
	before := get[string](l, focus)
	l.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	l.outcome()
	l.wantSaid(said)
	if after := get[string](l, focus); after != before {
		l.t.Errorf("%s: the focus went from #%s to #%s", said, before, after)
	}
	l.checkWidth(get[int](l, `innerWidth`))
}

// followTo follows the focused link to a page with that title.
func (l *learner) followTo(class, title string) {
	l.t.Helper()
	l.press(kb.Enter)
	l.do(chromedp.WaitVisible(chromedp.CSS("main." + class)))
	if got := get[string](l, `document.querySelector("h1").textContent`); got != title {
		l.t.Fatalf("the way led to %q, want %q", got, title)
	}
	l.runs = 0
}

// wantSaid waits until a sentence is announced, and forgets all announcements.
func (l *learner) wantSaid(want string) {
	l.t.Helper()
	l.await(fmt.Sprintf(`spoken.includes(%q)`, want))
	get[any](l, `spoken.length = 0`)
}
