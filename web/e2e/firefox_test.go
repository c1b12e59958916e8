package e2e_test

import (
	"testing"

	"corslab/lab/browser"
	"corslab/lab/browser/browsertest"
	"corslab/lab/cors"
	"corslab/lab/scenario"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestFirefox plays the shipped scenarios in one Firefox: the start, every
// solution and every wrong answer. What the page says of each run is what
// Firefox did and wrote into its console.
func TestFirefox(t *testing.T) {
	d := startFirefox(t)
	library := shipped(t)
	lab, stop := startLab(t, library, anyPort, anyPort)
	for _, s := range library.All() {
		t.Run(s.ID, func(t *testing.T) { playDriven(t, d, lab, s) })
	}
	t.Run("the other tasks", func(t *testing.T) { testOtherTasks(t, d, library, lab, stop) })
}

func startFirefox(t *testing.T) driven {
	t.Helper()
	firefox := browsertest.Start(t, browser.StartFirefox)
	return driven{firefox, cors.Firefox, &firefox.Console}
}

// TestLinkAcross sets a policy in Chromium and opens the page's address in
// Firefox, on another lab: what was set holds, with that lab's origins.
func TestLinkAcross(t *testing.T) {
	chromium, d := browsertest.Start(t, browser.StartChromium), startFirefox(t)
	library := shipped(t)
	here, _ := startLab(t, library, anyPort, anyPort)
	there, _ := startLab(t, library, anyPort, anyPort)
	const path = "/scenarios/no-allow-origin"
	l := visit(t, newTab(t, chromium), here.Origins.Page+path)
	l.set("response", scenario.Header{Name: allowOrigin, Value: here.Origins.Page}, 0)
	l.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	l.outcome()
	hash := get[string](l, `location.hash`)

	for _, lab := range []string{here.Origins.Page, there.Origins.Page} {
		p := openDriven(t, d, lab+path+hash)
		run := p.send()
		p.checkRun(run)
		if run.Outcome != "readable" || !run.Solved {
			t.Errorf("at %s the link leads to %+v, want readable and solved", lab, run)
		}
	}
}
