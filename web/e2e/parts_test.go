package e2e_test

import (
	"slices"
	"testing"

	"corslab/lab/policy"
	"corslab/web/browsers/driver"
)

// testParts plays a scenario in which several pages send: one before the learner's, one
// as well, and the attacker's once the learner's works. A policy that lets all of them
// read must be rejected, with the reason.
func testParts(t *testing.T, chromium *driver.Chromium) {
	lib := written(t, "parts.yaml", `corslab: 1
title: Several pages
track: Test
story: Test
script: {url: "{api}/messages"}
before: [{from: shop, in: window, url: "{api}/messages"}]
also: [{from: other, url: "{api}/messages"}]
attack: [{from: evil, url: "{api}/messages"}]
policy: {response: {status: 200}}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response, sent: [GET, GET, GET]}
goal: [{page: readable}, {other: readable}, {evil: blocked, because: Everybody may read it.}]
solutions:
  - policy: {response: {headers: [{Access-Control-Allow-Origin: {allowlist: ["{page}", "{other}"]}}]}}
`)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	s := lib.Find("parts")
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/parts")
	checkStart(l, s)
	l.wantGot("blocked", "blocked")

	l.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	l.send()
	l.await(`document.querySelector(".goal__because")?.textContent === "Everybody may read it."`)
	if l.solved() {
		t.Error("solved although the attacker's page can read the answer")
	}
	l.wantGot("readable", "readable", "readable")
	l.checkAccessible("with several callers")

	l.apply(s, s.Solutions[0], lab.Origins)
	l.send()
	l.await(`document.getElementById("goal").hasAttribute("data-solved")`)
	l.wantGot("blocked", "readable", "blocked")
}

// wantGot compares what the other callers got in the newest run.
func (l *learner) wantGot(want ...string) {
	l.t.Helper()
	const got = `[...document.querySelectorAll("[data-got]")].filter((e) => e.dataset.run === document.getElementById("outcome").dataset.run).map((e) => e.dataset.got)`
	l.await(`!document.querySelector("[data-action=send]").matches("[aria-disabled=true]")`)
	if seen := get[[]string](l, got); !slices.Equal(seen, want) {
		l.t.Errorf("the other pages got %q, want %q", seen, want)
	}
}
