package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corslab/lab/library"
	"corslab/lab/policy"
	"corslab/web"
	"corslab/web/browsers/driver"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const courseFile = `corslab: 1
title: As it was
track: Mine
story: |
  A page asks an API.

  ![Two boxes, and an arrow between them](drawing.svg)
script: {url: "{api}/messages"}
policy: {}
expect: {outcome: blocked, cause: allow-origin-missing, stage: response}
goal: [{page: readable}]
solutions: [{policy: {response: {headers: [{Access-Control-Allow-Origin: "*"}]}}}]
`

// course is a folder of scenarios, with the library of the lab that serves it.
type course struct {
	t       *testing.T
	dir     string
	current *library.Current
}

// write writes a file, and has the lab load it.
func (c *course) write(name, text string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.reload()
}

// remove deletes a file, and has the lab notice.
func (c *course) remove(name string) {
	c.t.Helper()
	if err := os.Remove(filepath.Join(c.dir, name)); err != nil {
		c.t.Fatal(err)
	}
	c.reload()
}

func (c *course) reload() {
	source := library.Source{Name: c.dir, FS: os.DirFS(c.dir)}
	c.current.Replace(c.current.Library().Reload(source))
}

// testRevision has an instructor change, break and delete a scenario whose page is open.
// The page must say so by itself, and load the new version when its learner asks for it.
func testRevision(t *testing.T, chromium *driver.Chromium) {
	c := &course{t: t, dir: t.TempDir(), current: library.NewCurrent(new(library.Library))}
	c.write("drawing.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><script>parent.ran = true</script><rect width="9" height="9"/></svg>`)
	c.write("own.yaml", courseFile)
	lab, _ := serveCurrent(t, c.current, web.Config{PageAddr: anyPort, APIAddr: anyPort})
	l := visit(t, newTab(t, chromium), lab.Origins.Page.String()+"/scenarios/own")
	l.await(`document.querySelector(".story__text img")?.naturalWidth === 200`)
	l.set("response", policy.Header{Name: allowOrigin, Value: "*"}, 0)
	l.await(`location.hash !== ""`)
	l.wantOutcome("readable", "GET")

	get[any](l, `window.stays = true`)
	c.write("own.yaml", strings.Replace(courseFile, "title: As", "titel: As", 1))
	c.write("own.yaml", strings.Replace(courseFile, "As it was", "As it is now", 1))
	l.await(`document.querySelector("#revision [data-action=renew]") !== null`)
	if !get[bool](l, `window.stays && document.querySelector("h1").textContent === "As it was"`) {
		t.Error("the page has changed by itself")
	}
	l.wantOutcome("readable", "GET")
	l.checkConsole()

	get[any](l, `document.querySelector("#revision [data-action=renew]").focus()`)
	l.do(chromedp.KeyEvent(kb.Enter))
	l.await(`!window.stays && document.querySelector("h1")?.textContent === "As it is now"`)
	l.awaitLive()
	l.runs = 0 // another version is another session
	l.await(`document.getElementById("revision").childElementCount === 0`)
	l.wantOutcome("readable", "GET") // with the same settings

	c.remove("own.yaml")
	l.await(`document.getElementById("revision").innerText.includes("has been taken away")`)
	l.wantOutcome("readable", "GET")

	t.Run("what no longer fits", func(t *testing.T) {
		c.write("own.yaml", strings.Replace(courseFile, "policy: {}", "change: [script.mode]\npolicy: {}", 1))
		l.await(`document.querySelector("#revision [data-action=renew]") !== null`)
		l.checkConsole()
		l.checkAccessible("a new version is offered")
		l.click("#revision [data-action=renew]")
		l.await(`document.getElementById("link")?.textContent.includes("doesn’t fit the scenario")`)
	})
	if get[bool](l, `window.ran === true`) {
		t.Error("a script in a picture ran")
	}
}
