// Package e2e_test uses the lab as a learner does: in a real browser, with real clicks
// and keys, against both origins of a lab that runs in this process.
package e2e_test

import (
	"testing"
	"testing/fstest"
	"time"

	"corslab/lab/library"
	"corslab/lab/scenario"
	"corslab/scenarios"
	"corslab/web"
	"corslab/web/browsers/driver"
	"corslab/web/browsers/drivertest"
	"corslab/web/labtest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience bounds the wait for something that should happen at once.
const patience = time.Minute

// TestChromium uses the lab in one Chromium, each test in tabs of its own.
func TestChromium(t *testing.T) {
	t.Parallel()
	chromium := drivertest.Start(t, driver.StartChromium)
	for name, test := range map[string]func(*testing.T, *driver.Chromium){
		"every state is accessible":        testAccessible,
		"sessions are apart":               testSessionsApart,
		"a restarted lab":                  testRestart,
		"a reloaded page":                  testReload,
		"a link":                           testLink,
		"broken links":                     testBrokenLinks,
		"what a link changes":              testLinkChanges,
		"the shown code":                   testShownCode,
		"the keyboard alone":               testKeyboard,
		"no page scrolls sideways":         testWidths,
		"a masthead that connects":         testMasthead,
		"bad values":                       testBadValues,
		"every caller":                     testCallers,
		"a status that is cleared":         testStatusCleared,
		"links within the page":            testLinksWithin,
		"reset after an edit":              testResetAfterEdit,
		"an edit while a row is added":     testEditWhileAdding,
		"a link that opens slowly":         testLinkOpenedSlowly,
		"a restarted lab and a faulty row": testRestartWithFault,
		"every scenario":                   testScenarios,
		"what the description shows":       testDescribed,
		"a scenario of each track by hand": testByHand,
		"a retry right after a toggle":     testRetry,
		"a flood of requests":              testFlood,
		"the error look-up":                testLookUp,
		"the drawing of a run":             testSequence,
		"several callers":                  testParts,
		"a redirect":                       testHops,
		"every kind of request":            testKinds,
		"an account that is read":          testAccountRead,
		"an account that is robbed":        testAccountRobbed,
		"a shared cache":                   testSharedCache,
		"two proxies":                      testProxies,
		"the browser's own cache":          testBrowserCache,
		"undo":                             testUndo,
		"undo of what was refused":         testUndoRefused,
		"bad input":                        testBadInput,
		"what is remembered":               testPreflightCache,
		"what is remembered no more":       testPreflightCacheExpired,
		"a step and its entry":             testPairs,
		"a pair in high contrast":          testContrast,
		"a preflight that is remembered":   testPairsCached,
		"a difference":                     testDifference,
		"before and after":                 testHistory,
		"before and after by keys":         testHistoryKeys,
		"runs are kept":                    testHistoryReloaded,
		"many runs":                        testHistoryBounded,
		"two runs on a phone":              testHistoryNarrow,
		"the way to the next scenario":     testNext,
		"a hand-out":                       testHandOut,
		"a hand-out of a sandbox":          testHandOutSandbox,
		"a row that failed":                testFailedRow,
		"a row that failed and is gone":    testFailedWithoutRow,
		"the weight of pages":              testBudget,
		"the help":                         testHelp,
		"the theme":                        testTheme,
		"the ten tasks":                    testTasks,
		"what is announced":                testAnnouncements,
		"progress":                         testProgress,
		"progress in a file":               testProgressTransfer,
		"progress that makes no sense":     testProgressNonsense,
		"progress that is kept nowhere":    testProgressNotStored,
		"progress in ten tabs":             testProgressTabs,
		"the sandbox":                      testSandbox,
		"a scenario that changes":          testRevision,
		"every sample is accessible":       testSamples,
		"the page of components":           testGallery,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, chromium)
		})
	}
}

// shipped returns the library of the shipped scenarios.
func shipped(t testing.TB) *library.Library {
	t.Helper()
	lib, err := library.Load(library.Source{Name: "scenarios", FS: scenarios.Files})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// firstOfEachTrack returns the first scenario of each track. Together they bring the
// page into all of its states.
func firstOfEachTrack(lib *library.Library) []*scenario.Scenario {
	var first []*scenario.Scenario
	for _, track := range lib.Tracks() {
		first = append(first, track.Scenarios[0])
	}
	return first
}

// written returns a library of one scenario file.
func written(t *testing.T, name, src string) *library.Library {
	t.Helper()
	files := fstest.MapFS{name: {Data: []byte(src)}}
	lib, err := library.Load(library.Source{Name: "test", FS: files})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// startLab serves a lab on the addresses until the returned function is called
// or the test ends.
func startLab(t testing.TB, lib *library.Library, pageAddr, apiAddr string) (lab *web.Lab, stop func()) {
	t.Helper()
	return serve(t, lib, web.Config{PageAddr: pageAddr, APIAddr: apiAddr})
}

// serve is startLab with other settings.
func serve(t testing.TB, lib *library.Library, config web.Config) (lab *web.Lab, stop func()) {
	t.Helper()
	return serveCurrent(t, library.NewCurrent(lib), config)
}

// serveCurrent is serve for a library that is replaced while the lab runs.
func serveCurrent(t testing.TB, current *library.Current, config web.Config) (lab *web.Lab, stop func()) {
	t.Helper()
	config.Limits = web.SoleClientLimits()
	return labtest.Start(t, config, current)
}

// anyPort is an address with a free port.
const anyPort = "localhost:0"

// newTab opens a tab that records every violation of a page's security policy. A tab of
// a browser has its own storage; a tab of a tab shares that one's.
func newTab(t testing.TB, of interface{ NewTab() (*driver.Tab, error) }) *driver.Tab {
	t.Helper()
	tab, err := of.NewTab()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tab.Close(); err != nil {
			t.Logf("close the tab: %v", err)
		}
	})
	const note = `window.violations = [];
		addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI))`
	_, err = chromedp.Call(tab.Context(), page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: note})
	if err != nil {
		t.Fatal(err)
	}
	emulate(t, tab, 1440, 900, "light")
	return tab
}

// emulate sets the window's size and the theme, "light" or "dark".
func emulate(t testing.TB, tab *driver.Tab, width, height int64, theme string) {
	t.Helper()
	if err := chromedp.Do(tab.Context(), chromedp.EmulateViewport(width, height)); err != nil {
		t.Fatal(err)
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}
	_, err := chromedp.Call(tab.Context(), emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	if err != nil {
		t.Fatal(err)
	}
}
