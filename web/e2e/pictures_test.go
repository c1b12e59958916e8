package e2e_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"corslab/web/browsers/driver"
	"corslab/web/browsers/drivertest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "take the pictures in testdata/pictures anew")

const (
	pictures      = "testdata/pictures"
	pictureHeight = 900 // of the window, which bounds a picture's height
	mostBytes     = 1_500_000
)

// pictured lists the samples that have pictures, with their widths.
func pictured() map[string][]int64 {
	return map[string][]int64{
		"index":             {1440, 390},
		"scenario":          {1440, 390},
		"look-up-several":   {720},
		"goal-partly":       {390},
		"script-everything": {480},
		"policy-faults":     {960, 390},
		"policy-failed-row": {480},
		"outcome-readable":  {480},
		"outcome-blocked":   {480},
		"verdict-preflight": {480},
		"verdict-differs":   {480},
		"sequence-blocked":  {960, 390},
		"sequence-cached":   {960},
		"log-runs":          {480},
		"entry-unfolded":    {480},
	}
}

// TestPictures compares samples with recorded pictures. It only runs with the browser
// and the fonts that the pictures were taken with.
func TestPictures(t *testing.T) {
	chromium := drivertest.Start(t, driver.StartChromium)
	lab := withComponents(t)
	l := &learner{t: t, tab: newTab(t, chromium)}
	l.do(chromedp.Navigate(lab.Origins.Page.String() + "/components/outcome"))
	l.checkPainter()
	for name, widths := range pictured() {
		for _, width := range widths {
			t.Run(fmt.Sprintf("%s.%d", name, width), func(t *testing.T) {
				l := &learner{t: t, tab: l.tab}
				l.do(chromedp.EmulateViewport(width, pictureHeight), chromedp.Navigate(lab.Origins.Page.String()+"/components/"+name))
				for _, theme := range []string{"light", "dark"} {
					l.checkPicture(pictureFile(name, width, theme), width, theme)
				}
			})
		}
	}
}

// painter is what a picture depends on besides its content.
type painter struct {
	Chromium string    // its major version
	Widths   []float64 // of some texts in both font stacks
}

// checkPainter skips the test if the pictures were recorded with another browser or
// other fonts. With -update it records the current ones.
func (l *learner) checkPainter() {
	l.t.Helper()
	const measure = `(() => {
		const pen = document.createElement("canvas").getContext("2d")
		const style = getComputedStyle(document.documentElement)
		const widths = ["--font-text", "--font-mono"].flatMap((stack) => ["400", "700"].flatMap((weight) =>
			["What the script got", "Access-Control-Allow-Origin: *", "✓ ✕ ◌ ○ ▸ ▾ → ←"].map((text) => {
				pen.font = weight + " 100px " + style.getPropertyValue(stack)
				return pen.measureText(text).width
			})))
		return { Chromium: navigator.userAgent.match(/Chrome\/(\d+)/)[1], Widths: widths }
	})()`
	here, file := get[painter](l, measure), filepath.Join(pictures, "painter.json")
	if *update {
		encoded, err := json.MarshalIndent(here, "", "  ")
		if err = errors.Join(err, os.WriteFile(file, append(encoded, '\n'), 0o644)); err != nil {
			l.t.Fatal(err)
		}
		return
	}
	recorded, err := os.ReadFile(file)
	var there painter
	if err = errors.Join(err, json.Unmarshal(recorded, &there)); err != nil {
		l.t.Fatal(err)
	}
	if diff := cmp.Diff(there, here); diff != "" {
		l.t.Skipf("the pictures were taken with other fonts or another Chromium, so they are not compared (-there +here):\n%s", diff)
	}
}

// TestPictures_unchanged checks that each recorded picture belongs to a test, and that
// together they stay small.
func TestPictures_unchanged(t *testing.T) {
	taken := make(map[string]bool)
	for name, widths := range pictured() {
		for _, width := range widths {
			taken[pictureFile(name, width, "light")], taken[pictureFile(name, width, "dark")] = true, true
		}
	}
	files, err := filepath.Glob(filepath.Join(pictures, "*.png"))
	if err != nil {
		t.Fatal(err)
	}
	var size int64
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if size += info.Size(); !taken[filepath.Base(file)] {
			t.Errorf("nobody takes %s; remove it", file)
		}
	}
	if size > mostBytes {
		t.Errorf("the pictures have %d bytes, want at most %d", size, mostBytes)
	}
}

func pictureFile(name string, width int64, theme string) string {
	return fmt.Sprintf("%s.%d.%s.png", name, width, theme)
}

// checkPicture compares the tab with the recorded picture, or records it.
func (l *learner) checkPicture(name string, width int64, theme string) {
	l.t.Helper()
	got := l.takePicture(width, theme)
	golden := filepath.Join(pictures, name)
	if *update {
		writePicture(l.t, golden, got)
		return
	}
	want, err := readPicture(golden)
	if errors.Is(err, fs.ErrNotExist) {
		l.t.Fatalf("%s is missing; testdata/pictures/README.md says how to take it", name)
	} else if err != nil {
		l.t.Fatal(err)
	}
	blocks := differing(want, got)
	if len(blocks) == 0 {
		return
	}
	folder := l.t.ArtifactDir()
	writePicture(l.t, filepath.Join(folder, "new."+name), got)
	writePicture(l.t, filepath.Join(folder, "difference."+name), marked(got, blocks))
	l.t.Errorf("%s looks different in %d places. The new picture and the difference: %s (go test keeps them with -artifacts). "+
		"If it is meant to, testdata/pictures/README.md says how to take it anew", name, len(blocks), folder)
}

// takePicture returns the tab's picture, down to the end of the page or of the window,
// once nothing moves any more.
func (l *learner) takePicture(width int64, theme string) *image.Paletted {
	l.t.Helper()
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(l.tab.Context(), emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		l.t.Fatal(err)
	}
	const height = `new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => {
		document.getAnimations().forEach((a) => a.finish())
		told(document.body.offsetHeight)
	})))`
	clip := &page.Viewport{Width: float64(width), Height: min(get[float64](l, height), pictureHeight), Scale: 1}
	taken, err := chromedp.Call(l.tab.Context(), page.CaptureScreenshot, page.CaptureScreenshotParams{Clip: clip})
	if err != nil {
		l.t.Fatal(err)
	}
	shown, err := png.Decode(bytes.NewReader(taken.Data))
	if err != nil {
		l.t.Fatal(err)
	}
	return paletted(shown)
}

func readPicture(file string) (image.Image, error) {
	encoded, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(encoded))
}

func writePicture(t testing.TB, file string, picture image.Image) {
	t.Helper()
	var encoded bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := errors.Join(encoder.Encode(&encoded, picture), os.WriteFile(file, encoded.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
}
