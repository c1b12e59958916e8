package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"corslab/lab/origin"
	"corslab/lab/scenario"
	"corslab/web/browsers/driver"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// testProgress solves one scenario alone and another with help. The home page must show
// both, suggest the next one, and still know them after the lab was restarted.
func testProgress(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, stop := startLab(t, lib, anyPort, anyPort)
	tab := newTab(t, chromium)
	first := openFirst(t, tab, lab.Origins.Page.String())
	first.wantProgress("0 of all solved", "")
	if get[bool](first, `document.getElementById("go-on").checkVisibility()`) {
		t.Error("the page leads on before anything is solved")
	}
	first.do(chromedp.Navigate(lab.Origins.Page.String() + "/scenarios/no-allow-origin"))
	first.awaitLive()
	first.solve(lib.Find("no-allow-origin"), lab.Origins)
	first.wantStanding("solved")

	other := visit(t, newTab(t, tab), lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	other.openHints()
	other.wantStanding("shown")
	other.checkAccessible("with the solution shown")
	if got, want := get[string](other, `document.querySelector("[data-solution] .edits__line").innerText`), "Access-Control-Allow-Methods: PUT"; !strings.HasSuffix(got, want) {
		t.Errorf("the solution begins with %q, want %q", got, want)
	}
	other.click(`[data-action="solve"]`)
	other.await(`document.activeElement?.id === "policy"`)
	if got := other.send(); got != "readable" || !other.solved() {
		t.Errorf("outcome with the solution = %q, solved: %t", got, other.solved())
	}
	other.wantStanding("helped")
	other.checkAccessible("solved with help")

	stop()
	startLab(t, lib, address(lab.Origins.Page.String()), address(lab.Origins.API.String()))
	again := openFirst(t, newTab(t, tab), lab.Origins.Page.String())
	again.wantProgress("2 of all solved, 1 with help", "put-not-allowed: Solved with help; no-allow-origin: Solved")
	again.checkAccessible("with progress")
	again.checkWidth(1440)
	if got := get[string](again, `document.getElementById("go-on").pathname`); got != "/scenarios/another-origin" {
		t.Errorf("the page leads on to %s, want the first that is not solved and can be", got)
	}
	again.checkConsole()
}

// testProgressTransfer exports, resets and imports progress, and tries to import files
// that aren't progress.
func testProgressTransfer(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := openFirst(t, newTab(t, chromium), lab.Origins.Page.String())
	l.keep(`{"corslab":"progress","version":1,"generation":3,"scenarios":{"no-cors":{"solved":"2026-01-01T00:00:00.000Z"}}}`)
	l.do(chromedp.Reload())
	l.wantProgress("1 of all solved", "no-cors: Solved")
	dir := t.TempDir()
	l.downloadTo(dir)
	l.click(`[data-progress="export"]`)
	exported := filepath.Join(dir, "corslab-progress.json")
	awaitFile(t, exported)

	l.click(`[data-progress="ask"]`)
	l.checkAccessible("asked whether to forget")
	l.click(`[data-progress="keep"]`)
	l.wantProgress("1 of all solved", "no-cors: Solved")
	l.click(`[data-progress="ask"]`)
	l.click(`[data-progress="reset"]`)
	l.wantProgress("0 of all solved", "")
	l.do(chromedp.Reload())
	l.wantProgress("0 of all solved", "")

	l.choosePath(exported, "Imported 1 solved scenario, 1 new.")
	l.wantProgress("1 of all solved", "no-cors: Solved")
	l.choosePath(exported, "Imported 1 solved scenario, 0 new.")
	for content, want := range map[string]string{
		"\x00\x01":                             "it isn't JSON",
		`["progress"]`:                         "it's JSON, but not progress",
		`{"corslab":"progress","version":9}`:   "a newer corslab wrote it, in version 9 of the format",
		`{"corslab":"progress","version":1}`:   "it holds no scenarios",
		"[" + strings.Repeat(" ", 300_000):     "it has 300001 characters, and the limit is 262144",
		"[" + strings.Repeat(" ", 2<<20) + "]": "it has 2097154 bytes, and the limit is 1048576",
	} {
		path := filepath.Join(dir, "other.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		l.choosePath(path, "other.json isn't exported progress: "+want+". Nothing was changed.")
	}
	l.wantProgress("1 of all solved", "no-cors: Solved")

	crowd := filepath.Join(dir, "crowd.json")
	if err := os.WriteFile(crowd, []byte(crowdedProgress(1000, "put-not-allowed")), 0o600); err != nil {
		t.Fatal(err)
	}
	l.choosePath(crowd, "Imported 101 solved scenarios, 101 new. Ignored 900 scenarios that this lab doesn't have: it keeps at most 100 of those.")
	l.wantProgress("2 of all solved", "no-cors: Solved; put-not-allowed: Solved")
	s := shipped(t).Find("no-allow-origin")
	visit(t, newTab(t, l.tab), lab.Origins.Page.String()+"/scenarios/"+s.ID).solve(s, lab.Origins)
	l.wantProgress("3 of all solved", "no-allow-origin: Solved; no-cors: Solved; put-not-allowed: Solved")
	l.checkConsole()
}

// crowdedProgress returns a file that marks many made-up scenarios as solved, far in the
// future, and one real scenario.
func crowdedProgress(count int, id string) string {
	var text strings.Builder
	text.WriteString(`{"corslab":"progress","version":1,"scenarios":{`)
	for i := range count {
		fmt.Fprintf(&text, `"a-%d":{"solved":"9999-12-31T00:00:00.000Z"},`, i)
	}
	fmt.Fprintf(&text, `%q:{"solved":"2026-01-01T00:00:00.000Z"}}}`, id)
	return text.String()
}

// testProgressNonsense stores data in the browser that no corslab has written, or that a
// newer one has.
func testProgressNonsense(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	l := openFirst(t, newTab(t, chromium), lab.Origins.Page.String())
	const some = `{"corslab":"progress","version":1,"generation":-1,"scenarios":{"no-cors":{"solved":"2026-01-01T00:00:00.000Z","shown":7},
		"__proto__":{"solved":"2026-01-01T00:00:00.000Z"},"constructor":{"solved":"x"},"No Id":{"solved":"2026-01-01T00:00:00.000Z"},"custom-header":null,"json-body":[]}}`
	for text, want := range map[string]string{
		"nonsense": "0 of all solved", "null": "0 of all solved", `{"corslab":"progress","version":1,"scenarios":[1]}`: "0 of all solved",
		strings.Repeat("x", 1_000_000): "0 of all solved", some: "1 of all solved",
	} {
		l.keep(text)
		l.do(chromedp.Reload())
		l.wantProgress(want, "")
		l.checkConsole()
	}
	l.keep("nonsense")
	l.do(chromedp.Reload())
	l.wantProgress("0 of all solved", "")
	s := lib.Find("no-allow-origin")
	solver := visit(t, newTab(t, l.tab), lab.Origins.Page.String()+"/scenarios/"+s.ID)
	solver.solve(s, lab.Origins)
	l.wantProgress("1 of all solved", "no-allow-origin: Solved")

	const newer = `{"corslab":"progress","version":2,"new":{}}`
	l.keep(newer)
	l.do(chromedp.Reload())
	l.await(`document.getElementById("progress").dataset.stored === "newer"`)
	l.checkAccessible("where a newer corslab keeps progress")
	solver.do(chromedp.Reload())
	solver.await(`document.getElementById("goal").hasAttribute("data-solved")`)
	if got := get[string](solver, `localStorage.getItem("corslab.progress")`); got != newer {
		t.Errorf("what a newer corslab kept is now %q", got)
	}
}

// testProgressNotStored uses the lab in a browser that stores nothing.
func testProgressNotStored(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	l := &learner{t: t, tab: newTab(t, chromium)}
	const without = `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })`
	_, err := chromedp.Call(l.tab.Context(), page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: without})
	if err != nil {
		t.Fatal(err)
	}
	l.do(chromedp.Navigate(lab.Origins.Page.String() + "/"))
	l.await(`document.querySelector('#progress [data-when="nowhere"]').checkVisibility()`)
	l.checkAccessible("where nothing is kept")
	s := lib.Find("no-allow-origin")
	l.do(chromedp.Navigate(lab.Origins.Page.String() + "/scenarios/" + s.ID))
	l.awaitLive()
	l.solve(s, lab.Origins)
	l.await(`document.querySelector('#standing [data-when="nowhere"]').checkVisibility()`)
	l.checkConsole()
}

// testProgressTabs solves scenarios in ten tabs at once. No tab may lose what another
// stored, or undo another's reset.
func testProgressTabs(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	tabs := []*learner{openFirst(t, newTab(t, chromium), lab.Origins.Page.String())}
	for range 9 {
		tabs = append(tabs, openFirst(t, newTab(t, tabs[0].tab), lab.Origins.Page.String()))
	}
	for i, l := range tabs {
		get[any](l, fmt.Sprintf(`import("/static/js/store.js").then(({ ProgressStore }) => {
			const kept = new ProgressStore(() => {})
			setTimeout(() => kept.solve("tab-%d"), 300)
			return 0
		})`, i))
	}
	const stored = `Object.keys(JSON.parse(localStorage.getItem("corslab.progress"))?.scenarios ?? {}).length === %d`
	for _, l := range tabs {
		l.await(fmt.Sprintf(stored, 10))
	}
	tabs[3].click(`[data-progress="ask"]`)
	tabs[3].click(`[data-progress="reset"]`)
	for _, l := range tabs {
		l.await(fmt.Sprintf(stored, 0))
	}
}

// openFirst opens the home page.
func openFirst(t testing.TB, tab *driver.Tab, origin string) *learner {
	t.Helper()
	l := &learner{t: t, tab: tab}
	l.do(chromedp.Navigate(origin + "/"))
	l.await(`document.getElementById("progress").dataset.stored !== ""`)
	return l
}

// solve makes the first solution's changes by hand and sends.
func (l *learner) solve(s *scenario.Scenario, origins origin.Set) {
	l.t.Helper()
	l.apply(s, s.Solutions[0], origins)
	l.send()
	l.await(`document.getElementById("goal").hasAttribute("data-solved")`)
}

// openHints opens all hints, which show up one after the other, and the solution.
func (l *learner) openHints() {
	l.t.Helper()
	all := get[int](l, `document.querySelectorAll("#hints details").length`)
	for n := 1; n <= all; n++ {
		l.await(fmt.Sprintf(`[...document.querySelectorAll("#hints details")].filter((d) => d.checkVisibility()).length === %d`, n))
		l.click(fmt.Sprintf(`#hints details:nth-of-type(%d) > summary`, n))
	}
}

func (l *learner) wantStanding(want string) {
	l.t.Helper()
	l.await(`document.getElementById("standing").dataset.standing === "` + want + `"`)
}

// wantProgress waits until the home page shows the sum, in which "all" is replaced with
// the number of scenarios. Unless marked is "", it also compares which scenarios are
// marked.
func (l *learner) wantProgress(sum, marked string) {
	l.t.Helper()
	sum = strings.Replace(sum, "all", strconv.Itoa(len(shipped(l.t).All())), 1)
	l.await(`document.querySelector(".progress__sum").innerText === "` + sum + `"`)
	got := get[[]string](l, `[...document.querySelectorAll("[data-scenario]")].filter((i) => !["not-yet", "shown"].includes(i.dataset.standing))
		.map((i) => i.dataset.scenario + ": " + i.querySelector(".track__standing").innerText.replace(/^\W+/, "").trim())`)
	if marks := strings.Join(got, "; "); marked != "" && !sameMarks(marks, marked) {
		l.t.Errorf("the map marks %q, want %q", marks, marked)
	}
}

// sameMarks compares marks in any order, because theirs depends on the tracks.
func sameMarks(a, b string) bool {
	for _, mark := range strings.Split(a, "; ") {
		if !strings.Contains("; "+b+";", "; "+mark+";") {
			return false
		}
	}
	return len(a) == len(b)
}

// downloadTo makes the tab save files into a folder.
func (l *learner) downloadTo(dir string) {
	l.t.Helper()
	here, err := chromedp.Call(l.tab.Context(), target.GetTargetInfo, target.GetTargetInfoParams{})
	if err != nil {
		l.t.Fatal(err)
	}
	_, err = chromedp.CallBrowser(l.tab.Context(), cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: here.TargetInfo.BrowserContextID, DownloadPath: dir,
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

// awaitFile waits until a file is complete.
func awaitFile(t testing.TB, path string) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); <-tick.C {
		if content, err := os.ReadFile(path); err == nil && strings.HasSuffix(string(content), "}\n") {
			return
		}
	}
	t.Fatalf("%s does not come", path)
}

// keep stores a text where the browser stores progress.
func (l *learner) keep(text string) {
	l.t.Helper()
	get[any](l, fmt.Sprintf(`localStorage.setItem("corslab.progress", %q)`, text))
}

// choosePath imports a file and waits for the page's message.
func (l *learner) choosePath(path, want string) {
	l.t.Helper()
	get[any](l, `document.getElementById("progress-said").textContent = ""`)
	l.do(chromedp.SetUploadFiles("#progress-file", []string{path}))
	l.await(fmt.Sprintf(`document.getElementById("progress-said").textContent === %q`, want))
}
