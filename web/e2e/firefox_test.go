package e2e_test

import (
	"testing"

	"corslab/lab/cors"
	"corslab/lab/policy"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/drivertest"
	"corslab/web/browsers/play"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestFirefox plays the shipped scenarios and every kind of request in one Firefox. For
// each run, the page must say what Firefox did and wrote into its console.
func TestFirefox(t *testing.T) {
	t.Parallel()
	testDriven(t, startBrowser(t, cors.Firefox), nil)
}

// testDriven plays all scenarios in a browser with one page, and does the other tasks
// there. It skips the scenarios in which this browser is known to differ from the judge.
func testDriven(t *testing.T, b *play.Browser, known map[string]string) {
	lib, kinds, described := shipped(t), kinds(t), described(t)
	lab, stop := startLab(t, lib, anyPort, anyPort)
	ofKinds, _ := startLab(t, kinds, anyPort, anyPort)
	playAll(t, b, lab, lib, known)
	playAll(t, b, ofKinds, kinds, known)
	ofDescription, _ := startLab(t, described, anyPort, anyPort)
	playAll(t, b, ofDescription, described, known)
	t.Run("broken links", func(t *testing.T) {
		for name, link := range brokenLinks() {
			t.Run(name, func(t *testing.T) {
				use(t, b, func(p *play.Page) {
					checkBrokenLink(drivenPage{p, t}, lab.Origins.Page.String()+"/scenarios/no-allow-origin", link.hash, link.says)
				})
			})
		}
	})
	t.Run("the other tasks", func(t *testing.T) {
		use(t, b, func(p *play.Page) { testOtherTasks(t, p, lib, lab, stop) })
	})
}

// TestLinkAcross sets a policy in Chromium and opens the page's address in Firefox, on
// another lab. The settings must arrive, with the other lab's origins.
func TestLinkAcross(t *testing.T) {
	t.Parallel()
	chromium, firefox := drivertest.Start(t, driver.StartChromium), startBrowser(t, cors.Firefox)
	lib := shipped(t)
	here, _ := startLab(t, lib, anyPort, anyPort)
	there, _ := startLab(t, lib, anyPort, anyPort)
	s := lib.Find("no-allow-origin")
	path := "/scenarios/" + s.ID
	l := visit(t, newTab(t, chromium), here.Origins.Page.String()+path)
	l.set("response", policy.Header{Name: allowOrigin, Value: here.Origins.Page.String()}, 0)
	l.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	l.outcome()
	hash := get[string](l, `location.hash`)

	for _, lab := range []string{here.Origins.Page.String(), there.Origins.Page.String()} {
		use(t, firefox, func(p *play.Page) {
			run := openDriven(t, p, lab+path+hash).send(s)
			if run.Outcome != "readable" || !run.Solved {
				t.Errorf("at %s the link leads to %+v, want readable and solved", lab, run)
			}
		})
	}
}
