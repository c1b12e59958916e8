package e2e_test

import (
	"fmt"
	"testing"

	"corslab/web/browsers/driver"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// testContrast marks a pair with forced colors, and with more contrast. The marks must
// have an outline, because these settings remove the background.
func testContrast(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/custom-header")
	l.send()
	l.unfoldTrace()
	get[any](l, `document.querySelector("#sequence-steps a").focus()`)
	for feature, value := range map[string]string{"forced-colors": "active", "prefers-contrast": "more"} {
		prefer(t, l.tab, feature, value)
		for _, selector := range []string{".step", ".trace__step", ".entry"} {
			const outline = `(({ outlineStyle, outlineWidth }) => outlineStyle + " " + outlineWidth)(getComputedStyle(document.querySelector(%q)))`
			if got := get[string](l, fmt.Sprintf(outline, selector+"[data-paired]")); got != "solid 2px" {
				t.Errorf("%s: %s: the outline of a paired %s is %s, want solid 2px", feature, value, selector, got)
			}
		}
	}
}

// prefer sets one media feature, as the operating system does for users who need it.
func prefer(t testing.TB, tab *driver.Tab, feature, value string) {
	t.Helper()
	features := []*emulation.MediaFeature{{Name: feature, Value: value}}
	_, err := chromedp.Call(tab.Context(), emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	if err != nil {
		t.Fatal(err)
	}
}
