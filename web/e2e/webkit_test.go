package e2e_test

import (
	"testing"

	"corslab/lab/browser"
	"corslab/lab/browser/browsertest"
	"corslab/lab/cors"
)

// TestWebKit does the ten tasks in one WebKitGTK: of the three scenarios the
// start and a solution, then the others. A WebKit that is driven lets nobody
// read its console; the conformance tests compare its lines.
func TestWebKit(t *testing.T) {
	d := driven{browsertest.Start(t, browser.StartWebKit), cors.WebKit, nil}
	library := shipped(t)
	lab, stop := startLab(t, library, anyPort, anyPort)
	for _, id := range []string{"no-allow-origin", "custom-header", "credentials-response"} {
		t.Run(id, func(t *testing.T) {
			p := visitDriven(t, d, lab, library.Find(id))
			p.checkStart()
			if last := p.play(p.scenario.Solutions[0]); !last.Solved {
				t.Errorf("the first solution does not solve: %+v", last)
			}
		})
	}
	t.Run("the other tasks", func(t *testing.T) { testOtherTasks(t, d, library, lab, stop) })
}
