package e2e_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"corslab/lab/library"
	"corslab/lab/policy"
	"corslab/web/browsers/driver"
)

// testSandbox opens a scenario in the sandbox with the learner's settings, and turns it
// into another request step by step.
func testSandbox(t *testing.T, chromium *driver.Chromium) {
	lab, _ := startLab(t, shipped(t), anyPort, anyPort)
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/put-not-allowed")
	l.set("preflight", policy.Header{Name: "Access-Control-Allow-Methods", Value: "PUT"}, 0)
	l.await(`document.getElementById("to-sandbox").hash !== ""`)
	l.click("#to-sandbox")
	l.await(`location.pathname.endsWith("/put-not-allowed/sandbox")`)
	l.awaitLive()
	l.wantOutcome("readable", "OPTIONS", "PUT")

	t.Run("another page of another kind", func(t *testing.T) {
		l.choose("#shape-from", "evil")
		l.choose("#shape-kind", "img")
		l.write("#shape-path", "/image.png")
		l.await(`document.querySelector("#policy[aria-busy=true]") === null && document.getElementById("runner-evil") !== null`)
		l.wantOutcome("opaque", "GET")
		l.choose(`[data-choice="crossorigin"]`, "anonymous")
		l.wantOutcome("blocked", "GET")
		if got := get[string](l, `document.getElementById("verdict").dataset.cause`); got != "allow-origin-mismatch" {
			t.Errorf("cause = %q, want allow-origin-mismatch: the page is another one now", got)
		}
	})
	t.Run("as a scenario file", func(t *testing.T) {
		saved := l.save()
		lib, err := library.Load(library.Source{Name: "saved", FS: fstest.MapFS{"my-scenario.yaml": {Data: []byte(saved)}}})
		if err != nil {
			t.Fatalf("%v\n%s", err, saved)
		}
		another, _ := startLab(t, lib, anyPort, anyPort)
		checkStart(visit(t, newTab(t, chromium), another.Origins.Page.String()+"/scenarios/my-scenario"), lib.Find("my-scenario"))
	})
	t.Run("a place that is taken back", func(t *testing.T) {
		l.click("#add-route")
		l.await(`document.activeElement?.id === "route-1-path"`)
		l.click("#undo")
		l.await(`document.getElementById("route-1-path") === null`)
	})
	t.Run("a place with answers of its own", func(t *testing.T) {
		l.click("#add-route")
		l.await(`document.activeElement?.id === "route-1-path"`)
		l.choose("#route-1-api", "api")
		l.write("#route-1-path", "image.png")
		l.await(`document.getElementById("route-1-path-fault") !== null`)
		if got := get[string](l, `document.getElementById("route-1-path-fault").textContent`); !strings.Contains(got, "want one such as /messages/0") {
			t.Errorf("fault = %q, want what a path looks like", got)
		}
		l.write("#route-1-path", "/image.png")
		l.await(`document.getElementById("route-1-path-fault") === null`)
		l.set("response-1", policy.Header{Name: allowOrigin, Value: "*"}, 0)
		l.wantOutcome("readable", "GET")
	})
	t.Run("its link", func(t *testing.T) {
		friend := visit(t, newTab(t, chromium), get[string](l, `location.href`))
		friend.wantOutcome("readable", "GET")
		friend.click("#has-front")
		friend.await(`document.querySelector('[data-group="front"]') !== null`)
		friend.checkAccessible("the sandbox")
		friend.checkConsole()
	})
	t.Run("another API", func(t *testing.T) {
		l.wantText("#log-apis", "at "+lab.Origins.API.String())
		l.choose("#shape-api", "api2")
		l.await(`document.getElementById("log-apis").innerText.includes(",")`)
		l.wantText("#log-apis", "at "+lab.Origins.API2.String()+", "+lab.Origins.API.String())
		l.wantOutcome("blocked", "GET")
		l.wantText(".sequence__lanes", "Script "+lab.Origins.Evil.String()+" Browser API "+lab.Origins.API2.String()+" API "+lab.Origins.API.String())
	})
	t.Run("reset", func(t *testing.T) {
		l.click(`[data-action="reset"]`)
		l.await(`location.hash === "" && document.getElementById("shape-kind").value === "fetch"`)
		l.wantOutcome("blocked", "OPTIONS")
	})
	t.Run("before and after", func(t *testing.T) {
		l.click("#run-1-pick")
		l.click("#run-4-pick")
		l.wantCompared(1, 4)
		if got := get[string](l, `document.getElementById("comparison").innerText`); !strings.Contains(got, "kind") || !strings.Contains(got, "img") {
			t.Errorf("the comparison lacks the kind:\n%s", got)
		}
	})
}

// save saves a scenario file and returns its text.
func (l *learner) save() string {
	l.t.Helper()
	get[any](l, `{
		const make = URL.createObjectURL
		window.saved = new Promise((resolve) => { URL.createObjectURL = (blob) => { resolve(blob.text()); return make(blob) } })
		undefined
	}`)
	l.click(`[data-action="save"]`)
	l.await(`document.getElementById("status").textContent.includes("Saved as my-scenario.yaml")`)
	return get[string](l, `saved`)
}

// wantOutcome sends, and expects an outcome and the methods that reach the server.
func (l *learner) wantOutcome(outcome string, sent ...string) {
	l.t.Helper()
	if got := l.send(); got != outcome {
		l.t.Errorf("outcome of run %d = %q, want %s", l.runs, got, outcome)
	}
	if got := strings.Join(l.sent(), " "); got != strings.Join(sent, " ") {
		l.t.Errorf("run %d sent %s, want %s", l.runs, got, sent)
	}
}

// wantText compares an element's text, ignoring differences in white space.
func (l *learner) wantText(selector, want string) {
	l.t.Helper()
	said := get[string](l, `document.querySelector("`+selector+`").innerText`)
	if got := strings.Join(strings.Fields(said), " "); got != want {
		l.t.Errorf("%s says %q, want %q", selector, got, want)
	}
}
