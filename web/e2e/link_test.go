package e2e_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/lab/scenario"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/play"

	"github.com/chromedp/chromedp"
)

// linkOf returns the fragment of a link whose code holds the text.
func linkOf(text string) string { return "#2." + base64.RawURLEncoding.EncodeToString([]byte(text)) }

const plainLink = `{"script":{},"policy":{"preflight":{"status":204,"headers":[]},"response":{"status":200,"headers":[]}}}`

// brokenLinks are fragments that must change nothing in no-allow-origin, with what the
// page says about each.
func brokenLinks() map[string]struct{ hash, says string } {
	return map[string]struct{ hash, says string }{
		"an unknown key":               {linkOf(strings.Replace(plainLink, "script", "skript", 1)), "unknown key"},
		"a wrong type":                 {linkOf(strings.Replace(plainLink, "200", `"200"`, 1)), "want a whole number"},
		"1e99 as a status":             {linkOf(strings.Replace(plainLink, "200", "1e99", 1)), "found the number 1e99"},
		"cut off":                      {linkOf(plainLink)[:79], "ends too early"},
		"not base64":                   {"#%%%", "want letters, digits"},
		"a newer version":              {"#3.eyJ9", "made by a newer corslab"},
		"another scenario's":           {linkOf(strings.Replace(plainLink, `"script":{}`, `"script":{"method":"PUT"}`, 1)), "doesn’t fit the scenario"},
		"too long":                     {"#" + strings.Repeat("A", scenario.MaxLink+1), "want at most 163840"},
		"a link of an older corslab":   {"#" + strings.TrimPrefix(linkOf(strings.Replace(plainLink, "script", "skript", 1)), "#2."), "unknown key"},
		"a placeholder in its version": {"#{page}.eyJ9", "before the dot"},
	}
}

// testBrokenLinks opens links that can't be read or don't fit, in a new page and in an
// open one.
func testBrokenLinks(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	tab := newTab(t, chromium)
	for name, test := range brokenLinks() {
		t.Run(name, func(t *testing.T) {
			page := drivenPage{play.OfTab(tab), t}
			checkBrokenLink(page, lab.Origins.Page.String()+"/scenarios/no-allow-origin", test.hash, test.says)
			(&learner{t: t, tab: tab}).checkConsole()
		})
	}
	t.Run("an empty fragment", func(t *testing.T) {
		l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin#")
		if got := l.send(); got != "blocked" || get[string](l, `document.getElementById("link").textContent.trim()`) != "" {
			t.Errorf("outcome = %q, want blocked as at the start, and nothing said", got)
		}
	})
	t.Run("a restarted lab", func(t *testing.T) {
		lib := shipped(t)
		lab, stop := startLab(t, lib, anyPort, anyPort)
		l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin#3.eyJ9")
		l.await(saysOfLink("newer corslab"))
		stop()
		l.await(`document.getElementById("connection").dataset.state === "lost"`)
		startLab(t, lib, address(lab.Origins.Page.String()), address(lab.Origins.API.String()))
		l.await(`document.getElementById("connection").dataset.state === "live"`)
		l.await(saysOfLink("newer corslab") + ` && location.hash === "#3.eyJ9"`)
	})
	t.Run("it is accessible", func(t *testing.T) {
		l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/no-allow-origin#3.eyJ9")
		l.await(saysOfLink("newer corslab"))
		l.checkAccessible("with a broken link")
	})
}

// checkBrokenLink opens a broken link in a new page, then again after an edit. The
// message and the address must stay until the next edit.
func checkBrokenLink(p drivenPage, url, hash, says string) {
	p.t.Helper()
	// Visit another page first, because a link that differs only in its fragment doesn't
	// load.
	p.navigate(strings.TrimSuffix(url, "/no-allow-origin") + "/put-not-allowed")
	if err := p.Open(p.t.Context(), url+hash); err != nil {
		p.t.Fatal(err)
	}
	p.await(saysOfLink(says))
	p.wantHash(hash)
	p.wantNothingLinked("204")
	p.wantSent("blocked")
	p.await(saysOfLink(says)) // after a Send too
	p.wantHash(hash)

	p.evaluate(`void (() => {
		const status = document.getElementById("status-response")
		status.value = "201"
		status.dispatchEvent(new Event("input", { bubbles: true }))
	})()`, nil)
	p.await(`document.getElementById("link").textContent.trim() === "" && location.hash.startsWith("#2.")`)

	p.evaluate(fmt.Sprintf(`void (location.hash = %q)`, hash), nil)
	p.await(saysOfLink("Your previous settings are still in force."))
	p.wantHash(hash)
	p.await(`document.getElementById("status-response").value === "201"`)
	p.wantSent("blocked")
	p.await(saysOfLink(says))

	p.evaluate(`void (location.hash = "")`, nil)
	p.await(`document.getElementById("link").textContent.trim() === "" && document.getElementById("status-response").value === "200"`)
}

func saysOfLink(text string) string {
	return fmt.Sprintf(`document.getElementById("link")?.textContent.includes(%q)`, text)
}

// wantHash expects the address to still have the fragment.
func (p drivenPage) wantHash(want string) {
	p.t.Helper()
	var got string
	p.evaluate(`location.hash`, &got)
	if got != want {
		p.t.Errorf("the address holds %.100s, want %.100s", got, want)
	}
}

// wantNothingLinked expects the scenario's start, by its preflight's status.
func (p drivenPage) wantNothingLinked(status string) {
	p.t.Helper()
	p.await(fmt.Sprintf(`document.getElementById("status-preflight").value === %q && !document.querySelector(".row__fault")`, status))
}

func (p drivenPage) wantSent(outcome string) {
	p.t.Helper()
	run, err := p.Send(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	if run.Outcome != outcome {
		p.t.Errorf("outcome = %q, want %s", run.Outcome, outcome)
	}
}

// testLinkChanges opens links that change something. The page must say what they change
// until the first Send.
func testLinkChanges(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	url := lab.Origins.Page.String() + "/scenarios/no-allow-origin"
	author := visit(t, newTab(t, chromium), url)
	author.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	author.await(`location.hash !== ""`)
	link := author.copyLink()
	const none = `document.getElementById("link").dataset.link === "none" && document.getElementById("link").innerText.trim() === ""`
	author.await(none)

	reader := visit(t, newTab(t, chromium), link)
	reader.await(saysOfLink("This link changes the scenario."))
	said := strings.Join(strings.Fields(get[string](reader, `document.getElementById("link").innerText`)), " ")
	for _, want := range []string{
		"Response header Access-Control-Allow-Origin: * (was not sent)",
		"Nothing has been sent yet. Send will make a GET request from " + lab.Origins.Page.String() + " to " + lab.Origins.API.String() + "/messages.",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the page says %q, want %q in it", said, want)
		}
	}
	reader.checkAccessible("with a link that changes something")
	reader.do(chromedp.Reload())
	reader.awaitLive()
	reader.await(saysOfLink("This link changes the scenario."))
	if got := reader.send(); got != "readable" {
		t.Errorf("outcome = %q, want readable", got)
	}
	reader.await(none)
	reader.do(chromedp.Reload())
	reader.awaitLive()
	reader.await(`document.querySelector("` + reader.row("response", allowOrigin, 0) + ` .row__on").checked`)
	reader.await(none)

	t.Run("an edit of one's own", func(t *testing.T) {
		author.do(chromedp.Reload())
		author.awaitLive()
		author.await(`document.querySelector("` + author.row("response", allowOrigin, 0) + ` .row__on").checked`)
		author.await(none)
	})
	t.Run("an edit", func(t *testing.T) {
		l := visit(t, newTab(t, chromium), link)
		l.await(saysOfLink("This link changes"))
		l.set("response", policy.Header{Name: allowOrigin, Value: "null"}, 0)
		l.await(none)
	})
	t.Run("Reset", func(t *testing.T) {
		l := visit(t, newTab(t, chromium), link)
		l.await(saysOfLink("This link changes"))
		l.click(`[data-action="reset"]`)
		l.await(none + ` && location.hash === ""`)
		l.click("#undo")
		l.await(`document.querySelector("` + l.row("response", allowOrigin, 0) + ` .row__on").checked`)
	})
	t.Run("on a phone, above a long story", func(t *testing.T) {
		tab := newTab(t, chromium)
		emulate(t, tab, 390, 720, "light")
		l := visit(t, tab, lab.Origins.Page.String()+"/scenarios/authorization-wildcard"+linkOf(strings.Replace(plainLink, "204", "200", 1)))
		l.await(saysOfLink("This link changes"))
		l.await(`document.querySelector(".link__lines").getBoundingClientRect().bottom < document.querySelector("[data-action=send]").getBoundingClientRect().top`)
	})
	t.Run("a link in an open page", func(t *testing.T) {
		l := visit(t, newTab(t, chromium), url)
		l.send()
		get[any](l, fmt.Sprintf(`void (location.href = %q)`, link))
		l.await(saysOfLink("This link changes"))
		l.checkConsole()
	})
}
