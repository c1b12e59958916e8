package e2e_test

import (
	"testing"

	"corslab/web"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/play"
	"corslab/web/view/gallery"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// withComponents returns a lab that serves the gallery.
func withComponents(t *testing.T) *web.Lab {
	t.Helper()
	components, err := gallery.Handler()
	if err != nil {
		t.Fatal(err)
	}
	lab, _ := serve(t, shipped(t), web.Config{PageAddr: anyPort, APIAddr: anyPort, Components: components})
	return lab
}

// testSamples runs axe-core on every component in every state.
func testSamples(t *testing.T, chromium *driver.Chromium) {
	lab := withComponents(t)
	samples, err := gallery.All()
	if err != nil {
		t.Fatal(err)
	}
	byComponent := make(map[string][]string)
	for _, s := range samples {
		if s.Of != "Runner" { // nobody ever sees it
			byComponent[s.Of] = append(byComponent[s.Of], s.Name)
		}
	}
	tabs := tabsOf(t, chromium)
	for component, names := range byComponent {
		t.Run(component, func(t *testing.T) {
			t.Parallel()
			use(t, tabs, func(p *play.Page) { checkSamples(t, p.Tab, lab, names) })
		})
	}
}

func checkSamples(t *testing.T, tab *driver.Tab, lab *web.Lab, names []string) {
	t.Helper()
	l := &learner{t: t, tab: tab}
	for _, name := range names {
		l.do(chromedp.Navigate(lab.Origins.Page.String() + "/components/" + name))
		get[any](l, `document.getAnimations().forEach((a) => a.finish()); 0`)
		l.checkAccessible(name)
	}
}

// testGallery opens the gallery. Its frames must show the samples at their full height,
// and its scripts must not violate a policy.
func testGallery(t *testing.T, chromium *driver.Chromium) {
	lab := withComponents(t)
	l := &learner{t: t, tab: newTab(t, chromium)}
	const frame = `document.querySelector('[data-sample="policy-failed-row"] iframe')`
	open := page.NavigateParams{URL: lab.Origins.Page.String() + "/components"} // doesn't wait for all the frames
	if _, err := chromedp.Call(l.tab.Context(), page.Navigate, open); err != nil {
		t.Fatal(err)
	}
	l.await(frame + ` !== null`)
	// The other frames would load first, and push this one out of view.
	get[any](l, `for (const f of document.querySelectorAll("[data-sample] iframe")) if (f !== `+frame+`) f.remove()`)
	get[any](l, frame+`.scrollIntoView()`)
	l.await(frame + `.contentDocument.querySelector("[data-row][data-failed]") !== null`)
	l.await(frame + `.clientHeight === ` + frame + `.contentDocument.body.offsetHeight`)
	if got := get[[]string](l, frame+`.contentWindow.violations`); len(got) > 0 {
		t.Errorf("security policy violations in a sample: %v", got)
	}
}
