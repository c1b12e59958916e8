package e2e_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web/browsers/driver"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// checkVerdict compares what the page says about the newest run with what the scenario's
// file declares, and the console message that it shows with the one that Chromium really
// wrote.
func (l *learner) checkVerdict(want scenario.End, seesConsole bool) {
	l.t.Helper()
	shown := get[map[string]string](l, `({...document.getElementById("verdict").dataset})`)
	if shown["cause"] != string(want.Cause) || shown["stage"] != string(want.Stage) || shown["engine"] != string(cors.Chromium) {
		l.t.Errorf("the verdict is %q at the stage %q for %q, want %q at %q for chromium", shown["cause"], shown["stage"], shown["engine"], want.Cause, want.Stage)
	}
	l.checkMark(shown["rowFailed"])
	line := get[string](l, `document.querySelector(".verdict__console pre")?.textContent ?? ""`)
	if line == "" || !seesConsole {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := l.tab.WaitLine(ctx, func(entry driver.Line) bool { return entry.Text == line }); err != nil {
		l.t.Errorf("the page shows the console line\n%s\nbut the console has\n%s", line, consoleText(l.tab.Lines()))
	}
}

// checkMark expects the failed row, and no other, to be marked.
func (l *learner) checkMark(row string) {
	l.t.Helper()
	var want []string
	if row != "" && get[bool](l, fmt.Sprintf(`document.querySelector('[data-row="%s"]') !== null`, row)) {
		want = append(want, row)
	}
	if got := get[[]string](l, `[...document.querySelectorAll("[data-row][data-failed]")].map((e) => e.dataset.row)`); strings.Join(got, " ") != strings.Join(want, " ") {
		l.t.Errorf("marked as failed: %v, want %v", got, want)
	}
}

func consoleText(lines []driver.Line) string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.Text
	}
	return strings.Join(texts, "\n")
}

// testDifference blocks, by other means than CORS, a request that the headers allow. The
// page and the log must say that the judge expected otherwise, and must not give a
// reason.
func testDifference(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin")
	l.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	block := network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: lab.Origins.API.String() + "/*", Block: true}}}
	if _, err := chromedp.Call(l.tab.Context(), network.SetBlockedURLs, block); err != nil {
		t.Fatal(err)
	}

	l.click(`[data-action="send"]`)
	l.await(`document.querySelector("#verdict [data-differs]") !== null`)
	const want = "outcome: expected readable, found blocked"
	for _, position := range []string{"#verdict [data-differs]", "#log .entry--differs"} {
		if got := get[string](l, fmt.Sprintf(`document.querySelector(%q)?.textContent ?? ""`, position)); !strings.Contains(got, want) {
			t.Errorf("%s says %q, want %q in it", position, got, want)
		}
	}
	if got := get[string](l, `document.getElementById("step-barrier").innerText.trim()`); got != "Stopped by the browser" {
		t.Errorf("the drawing says %q, want no cause in it", got)
	}
	l.wantRuns("1 Blocked, not as judged")
	l.checkAccessible("after a difference")
}
