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

// withComponents is a lab that serves the page of components.
func withComponents(t *testing.T) *web.Lab {
	t.Helper()
	components, err := gallery.Handler()
	if err != nil {
		t.Fatal(err)
	}
	lab, _ := serve(t, shipped(t), web.Config{PageAddr: anyPort, APIAddr: anyPort, Components: components})
	return lab
}

// testSamples looks with axe-core at every component in every state.
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

// testGallery opens the page of components: its frames show the samples, as
// high as these are, and their scripts break no policy.
func testGallery(t *testing.T, chromium *driver.Chromium) {
	lab := withComponents(t)
	l := &learner{t: t, tab: newTab(t, chromium)}
	const frame = `document.querySelector('[data-sample="policy-failed-row"] iframe')`
	open := page.NavigateParams{URL: lab.Origins.Page.String() + "/components"} // not waiting for all the frames
	if _, err := chromedp.Call(l.tab.Context(), page.Navigate, open); err != nil {
		t.Fatal(err)
	}
	l.await(frame + ` !== null`)
	// All others would load before it, and push it out of sight.
	get[any](l, `for (const f of document.querySelectorAll("[data-sample] iframe")) if (f !== `+frame+`) f.remove()`)
	get[any](l, frame+`.scrollIntoView()`)
	l.await(frame + `.contentDocument.querySelector("[data-row][data-failed]") !== null`)
	l.await(frame + `.clientHeight === ` + frame + `.contentDocument.body.offsetHeight`)
	if got := get[[]string](l, frame+`.contentWindow.violations`); len(got) > 0 {
		t.Errorf("security policy violations in a sample: %v", got)
	}
}
