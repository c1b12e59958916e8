package e2e_test

import (
	"testing"

	"corslab/web/browsers/driver"
)

// testNext checks that the page links to the next scenario once the goal is reached, and
// not before.
func testNext(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	first := lib.All()[0]
	_, next := lib.Neighbors(first.ID)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/"+first.ID)
	const shown = `document.querySelector(".next a").checkVisibility()`

	l.send()
	if get[bool](l, shown) {
		t.Error("the way on shows before the goal is reached")
	}
	l.apply(first, first.Solutions[0], lab.Origins)
	l.send()
	if !get[bool](l, shown) {
		t.Fatal("the way on does not show where the goal is reached")
	}
	if got, want := get[string](l, `document.querySelector(".next a").pathname`), "/scenarios/"+next.ID; got != want {
		t.Errorf("the way on leads to %s, want %s", got, want)
	}
}
