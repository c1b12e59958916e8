package e2e_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"corslab/lab/library"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/play"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// testSessionsApart has two learners on one scenario. Neither may see the other's policy
// or log.
func testSessionsApart(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	url := lab.Origins.Page.String() + "/scenarios/no-allow-origin"
	one, other := visit(t, newTab(t, chromium), url), visit(t, newTab(t, chromium), url)

	one.set("response", policy.Header{Name: "Access-Control-Allow-Origin", Value: "*"}, 0)
	if got := one.send(); got != "readable" {
		t.Errorf("outcome of the one who changed the policy = %q, want readable", got)
	}
	if got := other.send(); got != "blocked" {
		t.Errorf("outcome of the other = %q, want blocked", got)
	}
	for name, l := range map[string]*learner{"one": one, "other": other} {
		if got := get[int](l, `document.querySelectorAll("[data-entry]").length`); got != 1 {
			t.Errorf("the log of %s has %d requests, want its own 1", name, got)
		}
	}
}

// testRestart stops the lab under an open page and starts it again. The page must
// reconnect by itself, with the learner's settings in force.
func testRestart(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, stop := startLab(t, lib, anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.send()
	l.set("response", policy.Header{Name: "Access-Control-Allow-Origin", Value: lab.Origins.Page.String()}, 0)
	l.await(`location.hash !== ""`)

	stop()
	l.await(`document.getElementById("connection").dataset.state === "lost"`)
	startLab(t, lib, address(lab.Origins.Page.String()), address(lab.Origins.API.String()))
	l.await(`document.getElementById("connection").dataset.state === "live"`)

	if got := l.send(); got != "readable" {
		t.Errorf("outcome after the restart = %q, want readable", got)
	}
	if got := get[int](l, `document.querySelectorAll("[data-entry]").length`); got != 2 {
		t.Errorf("the log has %d requests, want the one before the restart and the one after", got)
	}
	ids := get[[]string](l, `[...document.querySelectorAll("[id]")].map((e) => e.id)`)
	slices.Sort(ids)
	if unique := slices.Compact(slices.Clone(ids)); len(unique) != len(ids) {
		t.Errorf("ids stand twice in the page: %v", ids)
	}
}

func address(origin string) string { return strings.TrimPrefix(origin, "http://") }

// testReload reloads the page. Log, outcome and policy must still be there.
func testReload(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.set("response", policy.Header{Name: "Access-Control-Allow-Origin", Value: "*"}, 0)
	l.send()
	l.do(chromedp.Reload())
	l.await(`document.getElementById("outcome").dataset.outcome === "readable"`)
	if got := get[string](l, value(l.row("response", "Access-Control-Allow-Origin", 0))); got != "*" {
		t.Errorf("value after the reload = %q, want %q", got, "*")
	}
	if got := l.send(); got != "readable" {
		t.Errorf("outcome after the reload = %q, want readable", got)
	}
}

// testLink opens the page's address in another browser profile.
func testLink(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	l.set("preflight", policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT"}, 0)
	l.set("preflight", policy.Header{Name: "X-Ünïcode", Value: ""}, 0)
	l.await(`document.querySelector('[data-group="preflight"] .row__fault') !== null`)
	l.click(`[data-group="preflight"] [data-action="remove"]`)
	l.await(`document.querySelector('.row__fault') === null && location.hash !== ""`)
	link := l.copyLink()

	friend := visit(t, newTab(t, chromium), link)
	if got := friend.send(); got != "readable" {
		t.Errorf("outcome on the link %s = %q, want readable", link, got)
	}
	l.click(`[data-action="reset"]`)
	l.await(`location.hash === ""`)
	if got := l.send(); got != "blocked" {
		t.Errorf("outcome after Reset = %q, want blocked as at the start", got)
	}

	foreign := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/custom-header"+link[strings.Index(link, "#"):])
	if got := foreign.send(); got != "blocked" {
		t.Errorf("outcome with another scenario's link = %q, want blocked: X-Token is not allowed there", got)
	}
}

// copyLink presses the button that copies the page's address.
func (l *learner) copyLink() string {
	l.t.Helper()
	get[any](l, `void (navigator.clipboard.writeText = async (text) => { window.copied = text })`)
	l.click(`[data-action="copy-link"]`)
	l.await(`document.getElementById("status").textContent.startsWith("The link is copied")`)
	return get[string](l, `copied`)
}

// testShownCode runs the code that the page shows, and checks that the server receives
// the same requests as with Send.
func testShownCode(t *testing.T, chromium *driver.Chromium) {
	runShownCode(t, chromium, shipped(t))
	runShownCode(t, chromium, kinds(t))
}

func runShownCode(t *testing.T, chromium *driver.Chromium, lib *library.Library) {
	t.Helper()
	lab, _ := startLab(t, lib, anyPort, anyPort)
	pairs := make(chan [2]*driver.Tab, runtime.GOMAXPROCS(0))
	for range cap(pairs) {
		pairs <- [2]*driver.Tab{newTab(t, chromium), newTab(t, chromium)}
	}
	for _, s := range lib.All() {
		prepared := slices.ContainsFunc(s.Others, func(p scenario.Sender) bool { return p.Role == scenario.Before })
		if s.Script.From != "page" || s.Script.In != "frame" || prepared {
			continue // by hand from elsewhere, or without the other callers' requests, the request differs
		}
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			pair := <-pairs
			defer func() { pairs <- pair }()
			checkShownCode(t, pair[0], pair[1], lab, s)
		})
	}
}

// checkShownCode sends a scenario's request with Send, and once more by running the
// shown code in another tab. With a form, the request also reveals that a user started
// it.
func checkShownCode(t *testing.T, tab, other *driver.Tab, lab *web.Lab, s *scenario.Scenario) {
	t.Helper()
	p := openDriven(t, play.OfTab(tab), lab.Origins.Page.String()+"/scenarios/"+s.ID)
	p.send(s)
	var code string
	p.evaluate(`document.getElementById("code").textContent`, &code)
	console := drivenPage{play.OfTab(other), t}
	console.navigate(s.Script.Runner().URL(lab.Origins))
	console.evaluate("(async () => {"+code+"\n})().catch(() => 0)", nil)
	var byHand, sent []string
	p.evaluate(fmt.Sprintf(ownEntries, 1), &sent)
	p.await(fmt.Sprintf(`document.querySelectorAll('[data-entry][data-run="0"]').length >= %d`, len(sent)))
	p.evaluate(fmt.Sprintf(ownEntries, 0), &byHand)
	if len(sent) == 0 && len(s.Expect.Sent) > 0 || !slices.Equal(byHand, sent) {
		t.Errorf("the shown code sent\n%s\nSend sent\n%s", byHand, sent)
	}
}

// ownEntries lists the requests of run %d that came from the learner's own script. Other
// callers may send before and after it.
const ownEntries = `(() => {
	const own = []
	let role = "main"
	for (const e of document.querySelectorAll('#log [data-run="%d"]')) {
		if (e.matches(".entry--call")) role = e.dataset.role
		if (!e.matches("[data-entry]") || role !== "main") continue
		const headers = e.querySelector(".entry__sides div").textContent.replace("Sec-Fetch-User: ?1", "")
		own.push(e.querySelector(".entry__method").textContent + e.querySelector(".entry__path").textContent + headers + (e.querySelector(".entry__body")?.textContent ?? ""))
	}
	return own
})()`

// testKeyboard solves a scenario without the mouse.
func testKeyboard(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	if got := l.outcome(); got != "blocked" {
		t.Errorf("outcome = %q, want blocked", got)
	}
	row := l.row("response", "Access-Control-Allow-Origin", 0)
	for range 100 {
		l.do(chromedp.KeyEvent(kb.Tab))
		if get[bool](l, fmt.Sprintf(`document.activeElement?.matches("%s .row__on")`, row)) {
			break
		}
	}
	l.do(chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	if got := l.outcome(); got != "readable" || !l.solved() {
		t.Errorf("outcome = %q, solved = %t; want readable and solved", got, l.solved())
	}
	if !get[bool](l, fmt.Sprintf(`document.activeElement?.matches("%s .row__on")`, row)) {
		t.Error("the focus has moved away from the row that was edited")
	}
}

// testRetry toggles a permission and sends at once, several times. No cache of the
// browser may hide the effect.
func testRetry(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	methods := policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT"}
	for i, want := range []string{"readable", "blocked", "readable", "blocked"} {
		methods.Off = i%2 == 1
		l.set("preflight", methods, 0)
		if got := l.send(); got != want {
			t.Errorf("outcome %d = %q, want %q", i+1, got, want)
		}
	}
}

// testWidths checks that no page scrolls sideways, on a phone, a tablet and a large
// screen.
func testWidths(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	paths := []string{"/scenarios/sandbox", "/scenarios/put-not-allowed/sandbox"}
	for _, s := range lib.All() {
		paths = append(paths, "/scenarios/"+s.ID)
	}
	for _, path := range paths {
		t.Run(strings.TrimPrefix(path, "/scenarios/"), func(t *testing.T) {
			t.Parallel()
			tab := newTab(t, chromium)
			emulate(t, tab, 390, 844, "light")
			l := visit(t, tab, lab.Origins.Page.String()+path)
			l.send()
			l.checkWidths()
		})
	}
	for name, path := range map[string]string{"first page": "/", "page that is missing": "/" + strings.Repeat("a", 90)} {
		t.Run(name, func(t *testing.T) {
			l := &learner{t: t, tab: newTab(t, chromium)}
			l.do(chromedp.Navigate(lab.Origins.Page.String() + path))
			l.checkWidths()
		})
	}
}

// checkWidths widens the window of one page step by step.
func (l *learner) checkWidths() {
	l.t.Helper()
	for _, width := range []int64{390, 768, 1920} {
		emulate(l.t, l.tab, width, 844, "light")
		l.checkWidth(int(width))
	}
}

func (l *learner) checkWidth(most int) {
	l.t.Helper()
	if got := get[int](l, `document.documentElement.scrollWidth`); got > most {
		l.t.Errorf("the page is %d px wide, want at most %d", got, most)
	}
}

// testMasthead checks at several widths that nothing moves when the page connects, and
// that the connection's state is visible.
func testMasthead(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	tab := newTab(t, chromium)
	for _, width := range []int64{360, 390, 430, 600, 768, 850, 900, 1024, 1280} {
		emulate(t, tab, width, 844, "light")
		l := visit(t, tab, lab.Origins.Page.String()+"/scenarios/put-not-allowed")
		const top = `document.getElementById("connection").dataset.state = %q, document.getElementById("main").getBoundingClientRect().top`
		connecting, live := get[float64](l, fmt.Sprintf(top, "connecting")), get[float64](l, fmt.Sprintf(top, "live"))
		if connecting != live {
			t.Errorf("on %d px the page begins at %g px while it connects, and at %g px then", width, connecting, live)
		}
		const seen = `[...document.querySelectorAll(".connection__text")].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => e.textContent).join()`
		if got := get[string](l, seen); got != "Live" {
			t.Errorf("on %d px it says %q, want Live", width, got)
		}
	}
}

// testBadValues writes values that can't be sent. The row must say so, and the policy in
// force must stay.
func testBadValues(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.set("response", policy.Header{Name: "Access-Control-Allow-Origin", Value: "*"}, 0)
	l.send()
	row := l.row("response", "Access-Control-Allow-Origin", 0)
	for name, text := range map[string]string{"a megabyte": `"x".repeat(1 << 20)`, "no byte": `"☃"`} {
		get[any](l, fmt.Sprintf(`{ const input = document.querySelector("%s .row__value")
			input.value = %s
			input.dispatchEvent(new Event("input", { bubbles: true })) } 0`, row, text))
		l.await(fmt.Sprintf(`document.querySelector("%s .row__fault") !== null`, row))
		if got := l.send(); got != "readable" {
			t.Errorf("%s: outcome = %q, want readable, as the policy before said", name, got)
		}
		l.write(row+" .row__value", "*")
		l.await(fmt.Sprintf(`document.querySelector("%s .row__fault") === null`, row))
	}
}

// testCallers sends from every origin that a scenario can name.
func testCallers(t *testing.T, chromium *driver.Chromium) {
	for _, from := range scenario.Callers() {
		t.Run(string(from), func(t *testing.T) {
			t.Parallel()
			lab, _ := startLab(t, written(t, "caller.yaml", caller(string(from))), anyPort, anyPort)
			l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/caller")
			if got := l.send(); got != "blocked" {
				t.Errorf("outcome without permission = %q, want blocked", got)
			}
			l.set("response", policy.Header{Name: "Access-Control-Allow-Origin", Value: from.Origin(lab.Origins)}, 0)
			if got := l.send(); got != "readable" {
				t.Errorf("outcome with permission for %s = %q, want readable", from.Origin(lab.Origins), got)
			}
		})
	}
}

func caller(from string) string {
	return `corslab: 1
title: A request from ` + from + `
track: Callers
story: Who asks?
script: {from: "` + from + `", url: "{api}/messages"}
policy: {}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "*"}]}}}]
`
}
