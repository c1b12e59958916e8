package e2e_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"corslab/lab/origin"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// learner is someone who works on the page of one scenario.
type learner struct {
	t    testing.TB
	tab  *driver.Tab
	runs int // how often Send was pressed here
}

// visit opens an address of the lab and waits until its log is live.
func visit(t testing.TB, tab *driver.Tab, url string) *learner {
	t.Helper()
	l := &learner{t: t, tab: tab}
	l.do(chromedp.Navigate(url))
	l.awaitLive()
	return l
}

// awaitLive waits until the page's log is live and the page is drawn. On a slow machine,
// scripts can run before the style sheets are loaded.
func (l *learner) awaitLive() {
	l.t.Helper()
	l.await(`document.getElementById("connection")?.dataset.state === "live" && document.readyState === "complete"`)
}

func (l *learner) do(steps ...chromedp.Action[chromedp.Void]) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.tab.Context(), patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		l.t.Fatal(err)
	}
}

// await waits until the JavaScript expression is true. If the document is replaced
// meanwhile, it looks at the new one.
func (l *learner) await(expression string) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.tab.Context(), patience)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Poll[bool](expression))
	for err != nil && ctx.Err() == nil && gone(err) {
		_, err = chromedp.Run(ctx, chromedp.Poll[bool](expression))
	}
	if err != nil {
		text, _ := chromedp.Run(l.tab.Context(), chromedp.Evaluate[string](`document.body.innerText`))
		l.t.Fatalf("await %s: %v; the page says:\n%s", expression, err, text)
	}
}

// gone reports whether an error means that the document was replaced during an
// evaluation.
func gone(err error) bool {
	return strings.Contains(err.Error(), "Cannot find context") || strings.Contains(err.Error(), "Inspected target navigated")
}

// get evaluates a JavaScript expression in the page.
func get[T any](l *learner, expression string) T {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.tab.Context(), patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		l.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return value
}

// click clicks the middle of an element once the page is loaded, nothing covers the
// element, and it doesn't move. chromedp.Click waits for none of these, so on a slow
// machine its target can move away, such as when a style sheet arrives.
func (l *learner) click(selector string) {
	l.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	var before position
	for end := time.Now().Add(patience); time.Now().Before(end); <-tick.C {
		now := l.look(selector)
		if now.Free && now == before {
			if l.clickAt(selector, now) {
				return
			}
		}
		before = now
	}
	l.t.Fatalf("%s cannot be clicked: %+v", selector, before)
}

// clickAt clicks at a position where an element was seen, and reports whether it hit the
// element, because on a busy machine the page can move in between. A click that opens
// another page counts as a hit.
func (l *learner) clickAt(selector string, at position) bool {
	l.t.Helper()
	get[any](l, fmt.Sprintf(`void (window.missed = false, addEventListener("click",
		(event) => { window.missed = !event.target.closest(%q) }, { capture: true, once: true }))`, selector))
	l.do(chromedp.MouseClickXY(at.X, at.Y))
	ctx, cancel := context.WithTimeout(l.tab.Context(), patience)
	defer cancel()
	missed, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`Boolean(window.missed)`))
	return err != nil || !missed // while a page unloads, it can't be asked
}

// position is the middle of an element, and whether a click there would hit it.
type position struct {
	X, Y float64
	Free bool
}

// look scrolls an element into view and returns its place. It works on pages without
// scripts too.
func (l *learner) look(selector string) position {
	l.t.Helper()
	return get[position](l, fmt.Sprintf(`{
		const element = document.querySelector(%q)
		const box = element?.getClientRects()[0] ?? new DOMRect()
		const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
		const free = document.readyState === "complete" && element?.contains(document.elementFromPoint(x, y)) === true
		if (!free) element?.scrollIntoView({ block: "center" });
		({ x, y, free })
	}`, selector))
}

// enter types into an element at its cursor.
func (l *learner) enter(selector, text string) {
	l.t.Helper()
	get[any](l, fmt.Sprintf(`document.querySelector(%q).focus()`, selector))
	l.do(chromedp.KeyEvent(text))
}

// send presses Send and waits for the outcome, and until all callers have sent.
func (l *learner) send() (outcome string) {
	l.t.Helper()
	// The response to an edit may move the Send button.
	l.await(`document.querySelector("#policy[aria-busy=true]") === null`)
	l.click(`[data-action="send"]`)
	outcome = l.outcome()
	l.await(`!document.querySelector("[data-action=send]").matches("[aria-disabled=true]") && document.getElementById("goal")?.dataset.state !== "running"`)
	return outcome
}

// outcome waits for the outcome of the newest run.
func (l *learner) outcome() string {
	l.t.Helper()
	l.runs++
	l.await(fmt.Sprintf(`document.getElementById("outcome").dataset.run === "%d"`, l.runs))
	l.await(fmt.Sprintf(`document.getElementById("verdict").dataset.run === "%d"`, l.runs))
	if differs := get[string](l, `document.querySelector("[data-differs]")?.innerText ?? ""`); differs != "" {
		l.t.Errorf("run %d: the browser did otherwise than it was judged: %s", l.runs, differs)
	}
	return get[string](l, `document.getElementById("outcome").dataset.outcome`)
}

// sent lists the methods of the newest run's entries in the log, in order.
func (l *learner) sent() []string {
	l.t.Helper()
	return get[[]string](l, fmt.Sprintf(`[...document.querySelectorAll('[data-entry][data-run="%d"]')].map((e) => e.dataset.entry)`, l.runs))
}

// neverSent lists the methods that the log shows as never sent in the newest run.
func (l *learner) neverSent() []string {
	l.t.Helper()
	return get[[]string](l, fmt.Sprintf(`[...document.querySelectorAll('[data-never][data-run="%d"]')].map((e) => e.dataset.never)`, l.runs))
}

func (l *learner) solved() bool {
	l.t.Helper()
	return get[bool](l, `document.getElementById("goal").hasAttribute("data-solved")`)
}

// row selects the n-th row (from 0) of a header in a group.
func (l *learner) row(group, name string, n int) string {
	l.t.Helper()
	const find = `[...document.querySelectorAll('[data-row="%s:%s" i]')].map((e) => e.id)`
	ids := get[[]string](l, fmt.Sprintf(find, group, name))
	if n >= len(ids) {
		return ""
	}
	return "#" + ids[n]
}

// set sets a header row's value and switches it on or off, with mouse and keyboard. It
// adds the row if there is none.
func (l *learner) set(group string, h policy.Header, n int) {
	l.t.Helper()
	row := l.row(group, h.Name, n)
	if row == "" {
		row = l.add(group, h.Name)
	}
	if h.Rule.HasArgument() { // otherwise the value is hidden
		l.setRule(row, h.Rule)
	}
	if value := get[string](l, value(row)); value != h.Value {
		l.write(row+" .row__value", h.Value)
	}
	l.setRule(row, h.Rule)
	if on := get[bool](l, checked(row)); on == h.Off {
		l.click(row + " .row__on")
	}
}

func (l *learner) setRule(row string, rule policy.Rule) {
	l.t.Helper()
	if get[string](l, fmt.Sprintf(`document.querySelector("%s .row__rule")?.value ?? ""`, row)) != string(rule) {
		l.choose(row+" .row__rule", string(rule))
	}
}

func value(row string) string {
	return fmt.Sprintf(`document.querySelector("%s .row__value").value`, row)
}

func checked(row string) string {
	return fmt.Sprintf(`document.querySelector("%s .row__on").checked`, row)
}

// add adds a new row and returns its selector.
func (l *learner) add(group, name string) string {
	l.t.Helper()
	rows := get[int](l, fmt.Sprintf(`document.querySelectorAll('[data-group="%s"] .row').length`, group))
	l.click(fmt.Sprintf(`#add-%s`, group))
	row := fmt.Sprintf("#row-%s-%d", group, rows)
	l.await(fmt.Sprintf(`document.activeElement?.id === "row-%s-%d-name"`, group, rows))
	l.enter(row+" .row__name", name)
	l.await(fmt.Sprintf(`document.querySelector("%s").dataset.row === "%s:%s"`, row, group, name))
	return row
}

// write replaces the text of an input by typing.
func (l *learner) write(selector, text string) {
	l.t.Helper()
	l.click(selector)
	l.do(chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	if text == "" {
		l.do(chromedp.KeyEvent(kb.Backspace))
		return
	}
	l.enter(selector, text)
}

// choose picks an option of a select.
func (l *learner) choose(selector, option string) {
	l.t.Helper()
	label := get[string](l, fmt.Sprintf(`[...document.querySelector('%s').options].find((o) => o.value === "%s").label`, selector, option))
	l.enter(selector, label)
	l.await(fmt.Sprintf(`document.querySelector('%s').value === "%s"`, selector, option))
}

// apply makes a solution's or a wrong answer's changes on the page of s.
func (l *learner) apply(s *scenario.Scenario, change scenario.Change, origins origin.Set) {
	l.t.Helper()
	for _, setting := range scenario.Settable() {
		if word := setting.Of(change.Script); word != "" {
			l.choose(`[data-choice="`+string(setting.Name)+`"]`, word)
		}
	}
	l.applyHeaders("script", change.Script.Headers, origins)
	l.applyReply("preflight", change.Policy.Preflight, origins)
	l.applyReply("response", change.Policy.Response, origins)
	for _, changed := range change.Policy.Routes {
		n := 1 + slices.IndexFunc(s.Policy.Routes, func(r policy.Route) bool { return r.URL == changed.URL })
		l.applyReply(fmt.Sprintf("preflight-%d", n), changed.Preflight, origins)
		l.applyReply(fmt.Sprintf("response-%d", n), changed.Response, origins)
	}
	l.applyHeaders("front", change.Policy.Front, origins)
	l.applySurroundings(change.Policy)
}

// applySurroundings sets the routes, the proxy in front, the account and the cache.
func (l *learner) applySurroundings(change policy.Change) {
	l.t.Helper()
	if word := change.Account.SameSite; word != "" {
		l.choose("#account-same-site", string(word))
	}
	if token := change.Account.Token; token != nil {
		l.check("#account-token", *token)
	}
	if change.Cache != "" {
		l.choose("#cache", string(change.Cache))
	}
}

func (l *learner) applyReply(group string, change policy.ReplyChange, origins origin.Set) {
	l.t.Helper()
	if change.Status != 0 {
		l.write("#status-"+group, strconv.Itoa(change.Status))
	}
	l.applyHeaders(group, change.Headers, origins)
	if change.OnlyOK != nil {
		l.check("#only-ok-"+group, *change.OnlyOK)
	}
	if change.Close != nil {
		l.check("#close-"+group, *change.Close)
	}
	if change.Delay != nil {
		l.write("#delay-"+group, strconv.Itoa(*change.Delay))
	}
}

// check ticks a box, or clears it.
func (l *learner) check(selector string, on bool) {
	l.t.Helper()
	if get[bool](l, fmt.Sprintf(`document.querySelector("%s").checked`, selector)) != on {
		l.click(selector)
	}
}

func (l *learner) applyHeaders(group string, headers []policy.Header, origins origin.Set) {
	l.t.Helper()
	seen := make(map[string]int)
	for _, h := range headers {
		h.Value = origins.Expand(h.Value)
		name := strings.ToLower(h.Name)
		l.set(group, h, seen[name])
		seen[name]++
	}
}

// checkConsole fails the test on every policy violation, and on every console error that
// isn't about the lesson's own failure.
func (l *learner) checkConsole() {
	l.t.Helper()
	if violations := get[[]string](l, `window.violations`); len(violations) > 0 {
		l.t.Errorf("security policy violations: %v", violations)
	}
	for _, line := range l.tab.Lines() {
		if slices.Contains([]string{"error", "warning", "assert"}, line.Level) && !ofLesson(line.Text) {
			l.t.Errorf("console: %+v", line)
		}
	}
}

// ofLesson reports whether a console message is about the failure that the lesson shows:
// one of CORS, or of a script that fails on purpose. The console calls the latter just
// "Uncaught" if the page may not see the details.
func ofLesson(line string) bool {
	for _, prefix := range []string{"Failed to load resource: ", "Fetch API cannot load ", "Authorization will not be covered", "Uncaught Error: broken.js"} {
		if strings.HasPrefix(line, prefix) {
			return true
		}
	}
	return strings.Contains(line, "has been blocked by CORS policy") || line == "Uncaught"
}
