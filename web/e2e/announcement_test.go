package e2e_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"corslab/lab/policy"
	"corslab/web/browsers/driver"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// listen records what a screen reader would say: each change to the text of a live
// region.
const listen = `{
	const implied = { alert: "assertive", status: "polite", log: "polite" }
	const liveness = (e) => e.getAttribute("aria-live") ?? implied[e.getAttribute("role")]
	const regionOf = (node) => {
		for (let e = node; e; e = e.parentElement) if (e instanceof Element && liveness(e)) return liveness(e) === "off" ? null : e
		return null
	}
	const texts = new Map()
	window.spoken = []
	new MutationObserver((records) => {
		for (const region of new Set(records.map((r) => regionOf(r.target instanceof Text ? r.target.parentElement : r.target)))) {
			const text = region?.innerText.trim()
			if (text && text !== texts.get(region)) spoken.push(text)
			texts.set(region, text)
		}
	}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
}`

// testAnnouncements checks that each run is announced in a few short sentences, and that
// single requests and the runs of a reloaded page aren't announced.
func testAnnouncements(t *testing.T, chromium *driver.Chromium) {
	lib := shipped(t)
	lab, stop := startLab(t, lib, anyPort, anyPort)
	tab := newTab(t, chromium)
	if _, err := chromedp.Call(tab.Context(), page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: listen}); err != nil {
		t.Fatal(err)
	}
	l := visit(t, tab, lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	l.forgetLoading()
	l.send()
	l.set("preflight", policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT"}, 0)
	l.send()
	l.send()
	l.wantSpoken(
		"Run 1 was blocked. Access-Control-Allow-Methods does not list the method, so the request itself was never sent. 1 request reached the server.",
		"Run 2: the script can read the answer. 2 requests reached the server. The scenario is solved.",
		"Run 3: the script can read the answer. 2 requests reached the server.")
	// The regions are the connection, the scenario's revision, Undo, the run and, a
	// level deeper, the changes of a link.
	l.wantLiveRegions("polite: Live", "polite: ", "polite: ", "polite: Run 3: the script can read the answer. 2 requests reached the server.", "polite: ")

	l.do(chromedp.Reload())
	l.awaitLive()
	l.forgetLoading()
	l.await(`document.getElementById("outcome").dataset.run === "3"`)
	l.flood(lab.Origins.API.String(), 80)
	l.wantSpoken()

	stop()
	l.await(`performance.getEntriesByType("resource").filter((e) => e.name.includes("/sessions/") && e.responseStatus === 0).length > 2`)
	startLab(t, lib, address(lab.Origins.Page.String()), address(lab.Origins.API.String()))
	l.awaitLive()
	l.wantSpoken("Connection lost, trying again …", "Live")
}

// flood sends requests by hand until the log shows all of them.
func (l *learner) flood(api string, requests int) {
	l.t.Helper()
	before := get[int](l, `document.querySelectorAll("[data-entry]").length`)
	url := api + "/" + get[string](l, `history.state.session`) + "/0/messages"
	for range requests {
		response, err := http.Get(url)
		if err != nil {
			l.t.Fatal(err)
		}
		response.Body.Close()
	}
	l.await(`document.querySelectorAll("[data-entry]").length === ` + strconv.Itoa(before+requests))
}

// forgetLoading drops the announcement of the connection. It is only heard if the page
// is drawn before, which is chance.
func (l *learner) forgetLoading() {
	l.t.Helper()
	get[any](l, `spoken = spoken.filter((text) => !/^Connecting|^Live$/.test(text)); 0`)
}

// wantSpoken compares the announcements since the last comparison.
func (l *learner) wantSpoken(want ...string) {
	l.t.Helper()
	if got := get[[]string](l, `spoken`); !slices.Equal(got, want) {
		l.t.Errorf("announced: %q, want %q", got, want)
	}
}

// wantLiveRegions compares the live regions that the browser reports to assistive
// technology. The log must not be one.
func (l *learner) wantLiveRegions(want ...string) {
	l.t.Helper()
	tree, err := chromedp.Call(l.tab.Context(), accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		l.t.Fatal(err)
	}
	var got []string
	for _, node := range tree.Nodes {
		for _, p := range node.Properties {
			if p.Name == accessibility.PropertyNameLive && !node.Ignored {
				got = append(got, text(p.Value)+": "+textWithin(tree.Nodes, node))
			}
		}
	}
	if !slices.Equal(got, want) {
		l.t.Errorf("live regions: %q, want %q", got, want)
	}
}

// textWithin joins the texts below a node of the accessibility tree.
func textWithin(nodes []*accessibility.Node, within *accessibility.Node) string {
	if text(within.Role) == "StaticText" {
		return text(within.Name)
	}
	var texts []string
	for _, node := range nodes {
		if slices.Contains(within.ChildIDs, node.NodeID) {
			texts = append(texts, textWithin(nodes, node))
		}
	}
	return strings.TrimSpace(strings.Join(texts, " "))
}

// text returns a value of the accessibility tree as text, or "".
func text(v *accessibility.Value) (decoded string) {
	if v != nil {
		_ = json.Unmarshal(v.Value, &decoded) // anything but text leaves ""
	}
	return decoded
}
