package e2e_test

import (
	_ "embed"
	"testing"

	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
)

// axe is the source of axe-core; see testdata/axe-core/LICENSE.
//
//go:embed testdata/axe-core/axe.min.js
var axe string

// testAccessible runs axe-core on every page in all of its states. It is separate from
// the other tests, because axe violates the pages' security policy when it measures.
func testAccessible(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	for _, s := range firstOfEachTrack(lib) {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/"+s.ID)
			l.checkAccessible("before the first run")
			l.send()
			l.checkAccessible("after the first run")
			l.apply(s, s.Solutions[0], lab.Origins)
			for range s.Solutions[0].Sends {
				l.send()
			}
			l.checkAccessible("solved")
			l.compare(1, l.runs)
			l.checkAccessible("two runs compared")
			l.checkAxe(390, "light", allRules, "two runs compared on a phone")
		})
	}
	for name, path := range map[string]string{
		"first page":                  "/",
		"page that is missing":        "/scenarios/none",
		"look-up":                     "/errors",
		"look-up of a line":           "/errors?text=PreflightMissingAllowOriginHeader+at+http://a.example",
		"look-up with several causes": "/errors?text=Origin+http://a.example+is+not+allowed+by+Access-Control-Allow-Origin",
		"look-up that tells nothing":  "/errors?text=Failed+to+fetch",
		"look-up outside of CORS":     "/errors?text=ERR_BLOCKED_BY_ORB",
		"look-up that is a guess":     "/errors?text=wildcard+with+credentials",
		"look-up of what is unknown":  "/errors?text=lorem+ipsum",
	} {
		t.Run(name, func(t *testing.T) {
			l := &learner{t: t, tab: newTab(t, chromium)}
			l.do(chromedp.Navigate(lab.Origins.Page.String() + path))
			l.checkAccessible("as it is")
		})
	}
}

// The rules that axe-core checks: all, or only colors.
const (
	allRules   = ""
	colorRules = `, runOnly: ["color-contrast", "link-in-text-block"]`
)

// checkAccessible runs axe-core on the current page. In the dark theme it checks only
// the colors, because nothing else differs.
func (l *learner) checkAccessible(state string) {
	l.t.Helper()
	l.checkAxe(1440, "light", allRules, state)
	l.checkAxe(1440, "dark", colorRules, state)
}

// checkAxe runs axe-core on the page with one width and theme.
func (l *learner) checkAxe(width int64, theme, rules, state string) {
	l.t.Helper()
	if !get[bool](l, `"axe" in window`) {
		get[any](l, axe+"; 0")
	}
	emulate(l.t, l.tab, width, 900, theme)
	run := `axe.run({ preload: false` + rules + ` }).then((r) => r.violations.flatMap((v) =>
		v.nodes.map((n) => v.id + ": " + n.target.join(" ") + " — " + n.failureSummary)))`
	for _, violation := range get[[]string](l, run) {
		l.t.Errorf("axe, %s, %s theme: %s", state, theme, violation)
	}
}
