package e2e_test

import (
	"testing"

	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
)

// testTheme chooses the theme that the system doesn't have. It must hold on every page
// from the first frame on, until the learner chooses the system's again.
func testTheme(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := &learner{t: t, tab: newTab(t, chromium)}
	l.do(chromedp.Navigate(lab.Origins.Page.String() + "/"))
	const scheme = `getComputedStyle(document.documentElement).colorScheme`
	const dark = `getComputedStyle(document.body).color.match(/^oklch\(0?\.(\d)/)?.[1] >= 8`

	l.wantTheme("system", "light dark", scheme)
	l.choose("#theme", "dark")
	l.wantTheme("dark", "dark", scheme)
	if !get[bool](l, dark) {
		t.Errorf("the text has the colour %s, want a light one", get[string](l, `getComputedStyle(document.body).color`))
	}
	l.do(chromedp.Navigate(lab.Origins.Page.String() + "/scenarios/no-cors"))
	l.wantTheme("dark", "dark", scheme)
	l.choose("#theme", "system")
	l.do(chromedp.Navigate(lab.Origins.Page.String() + "/errors"))
	l.wantTheme("system", "light dark", scheme)
}

func (l *learner) wantTheme(choice, scheme, found string) {
	l.t.Helper()
	l.await(`document.readyState === "complete"`)
	if got := get[string](l, found); got != scheme {
		l.t.Errorf("color-scheme = %q, want %q", got, scheme)
	}
	if got := get[string](l, `document.getElementById("theme").value`); got != choice {
		l.t.Errorf("the choice shows %q, want %q", got, choice)
	}
}
