package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
)

// testPreflightCache has the browser cache a preflight response. The page must show it
// with a countdown, and no new preflight may be sent before it expires, or before Reset.
func testPreflightCache(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/preflight-cache")
	l.send()
	l.wantCaches("")
	l.set("preflight", policy.Header{Name: "Access-Control-Max-Age", Value: "600"}, 0)
	get[float64](l, `(Date.now = () => 0)()`) // the clocks of browser and server may differ
	l.send()
	l.wantCaches("preflight")
	l.wantCached("/messages/0", "For PUT, from "+lab.Origins.Page.String()+", without credentials", "of 600 s, as Access-Control-Max-Age says")
	l.checkAccessible("with what is remembered")
	first := get[int](l, secondsLeft)
	if first < 500 || first > 600 {
		t.Errorf("%d s are left, want some less than 600", first)
	}
	l.await(fmt.Sprintf("%s < %d", secondsLeft, first))

	l.do(chromedp.Reload())
	l.awaitLive()
	l.wantCaches("preflight")
	l.runs = 2
	l.send()
	if got := l.sent(); strings.Join(got, " ") != "PUT" {
		t.Errorf("while it is remembered, the log shows %q, want PUT alone", got)
	}
	l.click(`[data-action="reset"]`)
	l.wantCaches("")
	l.checkConsole()
}

// testPreflightCacheExpired waits until a cached preflight response has expired. The
// page must say so, and the next request must have a preflight again.
func testPreflightCacheExpired(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/preflight-cache")
	l.set("preflight", policy.Header{Name: "Access-Control-Max-Age", Value: "1"}, 0)
	l.send()
	l.wantCaches("preflight")
	l.await(`document.querySelector("#caches [data-over] .caches__over")?.checkVisibility() === true`)
	l.checkAccessible("with what is over")
	l.send()
	if got := l.sent(); strings.Join(got, " ") != "OPTIONS PUT" {
		t.Errorf("after its time, the log shows %q, want that it is asked again", got)
	}
}

// secondsLeft is the countdown of the first cached response.
const secondsLeft = `parseInt(document.querySelector("#caches .caches__seconds").textContent)`

// wantCaches waits until the page shows caches of these kinds or, if there are none,
// nothing.
func (l *learner) wantCaches(kinds string) {
	l.t.Helper()
	l.await(fmt.Sprintf(`[...document.querySelectorAll("#caches .caches__kind")].map((e) => e.dataset.kind).join(" ") === %q
		&& document.getElementById("caches").checkVisibility() === %t`, kinds, kinds != ""))
}

// wantCached expects texts in the caches panel.
func (l *learner) wantCached(texts ...string) {
	l.t.Helper()
	got := get[string](l, `document.getElementById("caches").innerText`)
	for _, want := range texts {
		if !strings.Contains(got, want) {
			l.t.Errorf("the page says of what is remembered\n%s\nwant in it %q", got, want)
		}
	}
}
