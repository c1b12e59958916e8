package e2e_test

import (
	"strings"
	"testing"

	"corslab/web/browsers/driver"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// testLookUp looks up a hostile message from the home page, in a browser without
// scripts, and follows the link to a scenario.
func testLookUp(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := &learner{t: t, tab: newTab(t, chromium)}
	l.runScripts(false)
	const line = `Access to fetch at 'http://a.example/"><script>x</script>' from origin 'null' has been blocked by CORS policy: Method <b>PUT</b> is not allowed by Access-Control-Allow-Methods in preflight response.`
	l.do(chromedp.Navigate(lab.Origins.Page.String() + "/"))
	l.click(`main a[href="/errors"]`)
	l.click("#text")
	l.enter("#text", line)
	l.click(`.lookup__form button`)
	l.do(chromedp.WaitVisible(chromedp.CSS(`.finding[data-sure][data-cause="method-not-allowed"]`)))
	if got := get[string](l, `document.getElementById("text").value`); got != line {
		t.Errorf("the form holds %q, want what was pasted", got)
	}
	if got := get[int](l, `document.querySelectorAll("main script, main b:not(.finding__remedy b)").length`); got != 0 {
		t.Errorf("%d elements of the pasted line are in the page", got)
	}
	if got := get[string](l, `document.querySelector(".lookup__values").innerText`); !strings.Contains(got, "http://a.example/") {
		t.Errorf("the page names %q, want the URL", got)
	}
	l.runScripts(true)
	l.click(`.finding__scenarios a[href="/scenarios/put-not-allowed"]`)
	l.do(chromedp.WaitVisible(chromedp.CSS(".story__title")))
	l.checkConsole()
}

// runScripts sets whether pages that are opened from now on run scripts.
func (l *learner) runScripts(on bool) {
	l.t.Helper()
	_, err := chromedp.Call(l.tab.Context(), emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	if err != nil {
		l.t.Fatal(err)
	}
}
