package e2e_test

import (
	"testing"

	"corslab/lab/cors"
	"corslab/lab/scenario"
	"corslab/lab/scenario/format"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/play"
)

// readAttack has a page of the same site read the account. The browser sends the owner's
// cookie whatever its SameSite is, so the attack works if the policy lets everyone read.
const readAttack = `corslab: 1
title: The account is read
track: Test
story: Test
before: [{from: shop, in: window, url: "{bank}/login", credentials: include}]
script: {from: shop, in: window, url: "{bank}/account", credentials: include}
attack: [{from: evil, in: window, url: "{bank}/account", credentials: include}]
policy:
  account: {same_site: lax}
  response: {headers: [{Access-Control-Allow-Origin: {reflect: any}}, {Access-Control-Allow-Credentials: true}]}
expect: {outcome: readable}
goal: [{page: readable}, {cookies: [session]}, {evil: blocked, because: It has no business there.}]
solutions:
  - policy: {response: {headers: [{Access-Control-Allow-Origin: "{shop}"}]}}
wrong:
  - policy: {account: {same_site: strict}}
    because: Both are pages of one site.
`

// writeAttack has the same page transfer money with a form, whose response it can't
// read.
const writeAttack = `corslab: 1
title: The account is robbed
track: Test
story: Test
before: [{from: shop, in: window, url: "{bank}/login", credentials: include}]
script: {from: shop, in: window, url: "{bank}/account", credentials: include}
also: [{from: shop, in: window, method: POST, url: "{bank}/transfer", credentials: include, body: {form: {to: bob, amount: 10, token: "{token}"}}}]
attack: [{from: evil, in: window, method: POST, url: "{bank}/transfer", credentials: include, body: {form: {to: mallory, amount: 80, token: "{token}"}}}]
policy:
  account: {same_site: lax}
  response: {headers: [{Access-Control-Allow-Origin: "{shop}"}, {Access-Control-Allow-Credentials: true}]}
expect: {outcome: readable}
goal: [{page: readable}, {balance: 90, because: The form has its effect.}]
solutions:
  - policy: {account: {token: true}}
wrong:
  - policy: {account: {same_site: strict}}
    because: Both are pages of one site.
  - policy: {account: {token: true}, response: {headers: [{Access-Control-Allow-Origin: "*"}]}}
    because: Then the shop cannot read it.
`

// fromSharedCache serves one origin's response to another, unless the cache heeds Vary
// and the response has it.
const fromSharedCache = `corslab: 1
title: The answer of another
track: Test
story: Test
before: [{from: other, url: "{api}/messages"}]
script: {url: "{api}/messages"}
policy:
  cache: vary
  response: {headers: [{Access-Control-Allow-Origin: {allowlist: ["{page}", "{other}"]}}]}
expect: {outcome: blocked, cause: allow-origin-mismatch, stage: response}
goal: [{page: readable}]
solutions:
  - policy: {response: {headers: [{Vary: Origin}]}}
  - policy: {cache: off}
  - policy: {response: {headers: [{Cache-Control: no-store}]}}
wrong:
  - policy: {cache: blind, response: {headers: [{Vary: Origin}]}}
    because: Such a cache does not look at it.
`

// fromBrowserCache loads a response without CORS first. The script then gets that
// response from the browser's cache, unless it varies by Origin.
const fromBrowserCache = `corslab: 1
title: Loaded before
track: Test
story: Test
before: [{mode: no-cors, url: "{api}/messages"}]
script: {url: "{api}/messages"}
policy: {response: {headers: [{Cache-Control: max-age=600}, {Access-Control-Allow-Origin: {allowlist: ["{page}"]}}]}}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response, sent: [GET]}
goal: [{page: readable}]
solutions: [{policy: {response: {headers: [{Vary: Origin}]}}}]
`

func testAccountRead(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, written(t, "account.yaml", readAttack), anyPort, anyPort)
	s := parsed(t, "account.yaml", readAttack)
	for _, want := range attacked(s) {
		l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/account")
		l.apply(s, want.change, lab.Origins)
		l.send()
		l.awaitGoal(want.solved)
	}
}

func testAccountRobbed(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, written(t, "account.yaml", writeAttack), anyPort, anyPort)
	s := parsed(t, "account.yaml", writeAttack)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/account")
	get[any](l, `const open = window.open; window.windows = 0; window.open = (...how) => (window.windows++, open(...how))`)
	l.send()
	l.awaitGoal(false)
	if got := get[int](l, `windows`); got != 1 {
		t.Errorf("the page opened %d windows for two callers, want one, the most that a browser allows for a click", got)
	}
	l.await(`[...document.querySelectorAll(".entry__effect")].some((e) => e.textContent.includes("80 was transferred to mallory; 10 is left"))`)
	l.checkAccessible("with an account")
	for _, want := range attacked(s)[1:] {
		l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/account")
		l.apply(s, want.change, lab.Origins)
		l.send()
		l.awaitGoal(want.solved)
	}
}

// attempted is a change, and whether it solves the scenario.
type attempted struct {
	change scenario.Change
	solved bool
}

// attacked lists the start of a scenario, its solutions and its wrong answers.
func attacked(s *scenario.Scenario) []attempted {
	all := []attempted{{}}
	for _, c := range s.Solutions {
		all = append(all, attempted{c, true})
	}
	for _, c := range s.Wrong {
		all = append(all, attempted{c, false})
	}
	return all
}

func parsed(t *testing.T, name, src string) *scenario.Scenario {
	t.Helper()
	s, err := format.Parse(name, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// awaitGoal waits until the run is over, and checks whether it solved the scenario.
func (l *learner) awaitGoal(solved bool) {
	l.t.Helper()
	l.await(`!document.querySelector("[data-action=send]").matches("[aria-disabled=true]")`)
	if l.solved() != solved {
		l.t.Errorf("solved: %t, want %t; the page says:\n%s", l.solved(), solved, get[string](l, `document.querySelector("main").innerText`))
	}
}

// testSharedCache fills the shared cache from another origin.
func testSharedCache(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, written(t, "cached.yaml", fromSharedCache), anyPort, anyPort)
	s := parsed(t, "cached.yaml", fromSharedCache)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/cached")
	if outcome := l.send(); outcome != string(cors.Blocked) {
		t.Errorf("first run: %s, want blocked", outcome)
	}
	l.await(`document.getElementById("sequence-steps").textContent.includes("from the shared cache")`)
	l.wantCaches("shared")
	l.wantCached("For every such request", "Made for #2")
	l.checkAccessible("with a shared cache")
	for _, want := range attacked(s)[1:] {
		l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/cached")
		l.apply(s, want.change, lab.Origins)
		l.send()
		l.awaitGoal(want.solved)
	}
}

// testBrowserCache loads a response without CORS first.
func testBrowserCache(t *testing.T, chromium *driver.Chromium) {
	lib := written(t, "kept.yaml", fromBrowserCache)
	lab, _ := startLab(t, lib, anyPort, anyPort)
	s := lib.Find("kept")
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/kept")
	checkStart(l, s)
	l.wantCaches("browser")
	l.apply(s, s.Solutions[0], lab.Origins)
	l.send()
	l.awaitGoal(true)
	l.wantCached("Origin: " + lab.Origins.Page.String())
}

// TestFirefox_surroundings plays, in Firefox, scenarios with an account, caches and
// proxies.
func TestFirefox_surroundings(t *testing.T) {
	t.Parallel()
	firefox := startBrowser(t, cors.Firefox)
	for name, src := range map[string]string{
		"account-read": readAttack, "account-robbed": writeAttack,
		"cached": fromSharedCache, "kept": fromBrowserCache, "proxy": throughProxies,
	} {
		t.Run(name, func(t *testing.T) {
			lib := written(t, name+".yaml", src)
			lab, _ := startLab(t, lib, anyPort, anyPort)
			use(t, firefox, func(p *play.Page) { playOne(t, p, lab, lib.Find(name)) })
		})
	}
}
