package bodies_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"corslab/lab/cors"
	"corslab/web/browsers/drivertest"
	"corslab/web/browsers/play"
)

var every = flag.Bool("every", false, "load each body under every label of the Encoding Standard, not under one for each encoding")

//go:embed testdata/labels.txt
var labelLines string

// labels lists one label for each encoding, or all labels.
func labels() (chosen []string) {
	for line := range strings.Lines(labelLines) {
		names := strings.Fields(line)
		switch {
		case names[0] == "#":
		case *every:
			chosen = append(chosen, names...)
		default:
			chosen = append(chosen, names[0])
		}
	}
	return chosen
}

// loaded is a body and what it was loaded as.
type loaded struct {
	kind  string
	body  int
	label string
}

func (l loaded) path() string { return fmt.Sprintf("/%s/%d/%s", l.kind, l.body, l.label) }

// TestChromium and TestFirefox load each body as everything that a browser can run,
// under every encoding. Only the bytes themselves protect the page. The bodies of
// controls do run, which shows that the test would notice.
func TestChromium(t *testing.T) { testBrowser(t, cors.Chromium) }

// TestFirefox is TestChromium for Firefox.
func TestFirefox(t *testing.T) { testBrowser(t, cors.Firefox) }

func testBrowser(t *testing.T, engine cors.Engine) {
	bodies := forBrowsers(collect(t))
	ofLab := len(bodies)
	bodies = append(bodies, controls()...)
	origin := serveBodies(t, bodies)
	b := drivertest.Start(t, func(ctx context.Context) (*play.Browser, error) { return play.Start(ctx, engine, 1) })
	err := b.Use(t.Context(), func(p *play.Page) {
		for _, kind := range kinds() {
			t.Run(kind, func(t *testing.T) {
				ran := playKind(t, p, origin, kind, bodies, ofLab)
				checkControls(t, kind, ran, ofLab)
				for _, l := range ran {
					if l.body < ofLab {
						t.Errorf("%s (status %d) runs under %s: %q", bodies[l.body].name, bodies[l.body].status, l.label, bodies[l.body].content)
					}
				}
			})
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// kinds lists what bodies are loaded as. One worker loads many bodies, because a worker
// for each is slow; the test also plays some of those.
func kinds() []string {
	return []string{"script", "module", "style", "imported", "importedmodule", "worker", "moduleworker", "html", "svg"}
}

// playKind loads all bodies as one kind and returns those that ran.
func playKind(t *testing.T, p *play.Page, origin, kind string, bodies []body, ofLab int) (ran []loaded) {
	t.Helper()
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	if err := p.Navigate(ctx, origin+"/"); err != nil {
		t.Fatal(err)
	}
	byPath, loads := make(map[string]loaded), 0
	for _, label := range labels() {
		paths, ofControls := []string{}, []string{}
		for i, b := range bodies {
			l := loaded{kind, i, label}
			byPath[l.path()] = l
			switch {
			case i < ofLab && plays(kind, b):
				paths = append(paths, l.path())
			case i >= ofLab && isControl(b, kind, label):
				ofControls = append(ofControls, l.path())
			}
		}
		loads += len(paths)
		for _, path := range append(did(ctx, t, p, kind, paths), did(ctx, t, p, kind, ofControls)...) {
			ran = append(ran, byPath[strings.TrimPrefix(path, origin)])
		}
	}
	t.Logf("%d loads in %v", loads, time.Since(began).Round(time.Millisecond))
	return ran
}

func did(ctx context.Context, t *testing.T, p *play.Page, kind string, paths []string) (ran []string) {
	t.Helper()
	list, err := json.Marshal(paths)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Evaluate(ctx, fmt.Sprintf("play(%q, %s)", kind, list), &ran); err != nil {
		t.Fatal(err)
	}
	return ran
}

// worst is the text that once ran in the lab's page.
const worst = "Shift_JIS: the last byte takes a backslash"

// arrays begins the names of bodies that are valid scripts, unlike objects, so a text in
// them has a chance to run.
const arrays = "all messages, "

// plays reports whether a body is loaded as a kind: each text as a script and as a style
// sheet, and each source of bodies as everything that is quick to load. Workers and
// frames are slow.
func plays(kind string, b body) bool {
	switch kind {
	case "script", "style":
		return true
	case "worker", "moduleworker":
		// An array ends without a sign, so it is only imported.
		object := len(b.content) > 0 && b.content[0] == '{'
		return object && (b.name == "posted, "+worst || b.name == "a path, "+worst)
	case "html", "svg":
		return b.name == "all messages, markup" || b.name == "all messages, "+worst
	}
	return !strings.HasPrefix(b.name, arrays) || strings.HasSuffix(b.name, worst)
}

// forBrowsers leaves out duplicates. Each source of bodies is played with the worst
// text, and each text from one source.
func forBrowsers(all []body) (chosen []body) {
	for _, b := range all {
		double := slices.ContainsFunc(chosen, func(c body) bool { return string(c.content) == string(b.content) })
		if !double && isChosen(b.name) {
			chosen = append(chosen, b)
		}
	}
	return chosen
}

func isChosen(name string) bool {
	for text := range hostile() {
		if strings.HasSuffix(name, ", "+text) {
			return text == worst || strings.HasPrefix(name, arrays)
		}
	}
	return true
}

// control begins the names of bodies that run. The kind and the label follow.
const control = "control "

// controls returns bodies that aren't protected: as the lab once wrote them, and plain
// code.
func controls() []body {
	old, _ := json.Marshal([]map[string]any{{"id": 0, "text": hostile()[worst]}}) // strings only, so no error
	return []body{
		{name: control + "shift_jis script", content: old},
		{name: control + "utf-8 script module imported importedmodule", content: []byte(ran)},
		{name: control + "utf-8 worker moduleworker", content: []byte(ran + ";throw 1")},
		{name: control + "utf-8 style", content: []byte(":root{--pwned:1}")},
		{name: control + "utf-8 html", content: []byte("<script>" + ran + "</script>")},
		{name: control + "utf-8 svg", content: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>` + ran + `</script></svg>`)},
	}
}

// isControl reports whether a body should run when it is loaded as that kind with that
// label.
func isControl(b body, kind, label string) bool {
	words := strings.Fields(b.name)
	return words[1] == label && slices.Contains(words[2:], kind)
}

// checkControls checks that the test notices code that runs, whatever it is loaded as.
func checkControls(t *testing.T, kind string, ran []loaded, ofLab int) {
	t.Helper()
	for i, b := range controls() {
		if !slices.Contains(strings.Fields(b.name)[2:], kind) {
			continue
		}
		if !slices.ContainsFunc(ran, func(l loaded) bool { return l.body == ofLab+i }) {
			t.Errorf("%s doesn't run as %s, so this test would see nothing run", b.name, kind)
		}
	}
}
