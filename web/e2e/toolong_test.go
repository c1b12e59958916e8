package e2e_test

import (
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/web/browsers/play"
)

// TestTooLong follows links to the look-up whose address exceeds the lab's limit. The
// browser must show the lab's page, and not its own error page.
func TestTooLong(t *testing.T) {
	for _, engine := range []cors.Engine{cors.Chromium, cors.Firefox} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			lab, _ := startLab(t, shipped(t), anyPort, anyPort)
			use(t, startBrowser(t, engine), func(page *play.Page) {
				p := drivenPage{page, t}
				for _, length := range []int{70 << 10, 900 << 10} {
					p.navigate(lab.Origins.Page.String() + "/errors?text=" + strings.Repeat("a", length))
					p.await(`document.querySelector("h1")?.textContent === "This address is too long"`)
					p.await(`document.styleSheets[0].cssRules.length > 0`)
					p.follow(`main a[href="/errors"]`, `document.getElementById("text") !== null`)
				}
			})
		})
	}
}
