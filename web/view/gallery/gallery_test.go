package gallery_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corslab/web/view/gallery"
)

func all(t *testing.T) []gallery.Sample {
	t.Helper()
	samples, err := gallery.All()
	if err != nil {
		t.Fatal(err)
	}
	return samples
}

// TestAll_complete checks that every component that package view exports has a sample,
// and that every sample names such a component.
func TestAll_complete(t *testing.T) {
	exported := components(t)
	shown := make(map[string]bool)
	for _, s := range all(t) {
		shown[s.Of] = true
		if !slices.Contains(exported, s.Of) {
			t.Errorf("%s is of %s, which is no component of package view", s.Name, s.Of)
		}
	}
	for _, name := range exported {
		if !shown[name] {
			t.Errorf("%s has no sample; add one to the table in this package", name)
		}
	}
}

// components lists the components that package view exports.
func components(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("../*.templ")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`(?m)^templ ([A-Z]\w*)\(`).FindAllStringSubmatch(string(src), -1) {
			names = append(names, found[1])
		}
	}
	if len(names) < 20 {
		t.Fatalf("%d components were found: %v", len(names), names)
	}
	return names
}

// TestAll_unique checks that each sample has its own address and heading.
func TestAll_unique(t *testing.T) {
	seen := make(map[string]bool)
	for _, s := range all(t) {
		for _, key := range []string{s.Name, s.Of + ", " + s.State} {
			if seen[key] {
				t.Errorf("%q stands twice in the table", key)
			}
			seen[key] = true
		}
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(s.Name) {
			t.Errorf("%q cannot stand in an address", s.Name)
		}
		if s.State == "" || (s.Page == nil) == (len(s.Parts) == 0) {
			t.Errorf("%s: want a state, and either a page or parts", s.Name)
		}
	}
}

// TestAll_states checks that each sample is in the state that it claims. The states of
// played sessions come from the lab itself, so they could change unnoticed.
func TestAll_states(t *testing.T) {
	want := map[string]string{
		"index":                   `class="track__name"`,
		"scenario":                `rel="prev"`,
		"index-problems":          `href="/problems"`,
		"problems":                `8:15`,
		"differences":             `data-difference="authorization-under-wildcard"`,
		"problems-none":           `Every file can be read`,
		"revision-old":            `data-action="renew"`,
		"revision-gone":           `has been taken away`,
		"link-broken":             `The page shows the scenario’s initial settings`,
		"link-broken-later":       `Your previous settings are still in force`,
		"link-mismatch":           `Response header X-Bad: the value holds`,
		"link-changes":            `(499 characters)`,
		"link-changes-row":        `Response header Content-Type: `,
		"link-changes-many":       `more changes`,
		"link-changes-nothing":    `only rows that are off`,
		"look-up-sure":            `data-sure`,
		"look-up-several":         `class="finding__causes"`,
		"look-up-topic":           `Not CORS`,
		"look-up-no-reason":       `data-topic="no-reason"`,
		"look-up-guess":           `This is a guess`,
		"look-up-nothing":         `Nothing like it is known`,
		"log-side":                `, http://127.0.0.1:`,
		"goal-partly":             `data-held`,
		"goal-solved":             `data-solved`,
		"connection-lost":         `data-state="lost"`,
		"hints-open":              `data-open`,
		"hints-solution":          `data-solution`,
		"standing-shown":          `data-standing="shown"`,
		"standing-solved":         `data-standing="solved"`,
		"standing-helped":         `data-standing="helped"`,
		"progress-some":           `data-helped`,
		"progress-nowhere":        `data-stored="nowhere"`,
		"progress-newer":          `data-stored="newer"`,
		"map-some":                `data-standing="helped"`,
		"script-everything":       `new URLSearchParams`,
		"script-word":             `data-choice="mode"`,
		"script-headers":          `data-row="script:X-Token"`,
		"script-faults":           `row__fault`,
		"script-running":          `data-running`,
		"policy":                  `data-off`,
		"policy-own":              `data-own`,
		"policy-repeated":         `data-row="response:Set-Cookie"`,
		"policy-faults":           `id="row-response-6-fault"`,
		"policy-status-fault":     `id="status-preflight-fault"`,
		"policy-fixed":            `<fieldset class="policy__groups" disabled>`,
		"policy-failed-row":       `data-row-failed="preflight:Access-Control-Allow-Methods"`,
		"policy-failed-status":    `data-status-failed="preflight"`,
		"sequence-cached":         `data-step="cached"`,
		"sequence-never":          `data-step="never"`,
		"sequence-blocked":        `data-step="barrier"`,
		"sequence-redirect":       `allow-origin-missing`,
		"sequence-differs":        `data-differs`,
		"outcome-readable":        `data-outcome="readable"`,
		"outcome-from-cache":      `The server was not asked`,
		"outcome-kept":            `found an answer in its cache`,
		"outcome-hostile":         `�`,
		"outcome-opaque":          `data-outcome="opaque"`,
		"outcome-blocked":         `The browser withheld the answer`,
		"outcome-never-sent":      `The request itself was never sent`,
		"outcome-took-effect":     `stays done`,
		"outcome-nothing-sent":    `Nothing reached the server`,
		"outcome-gave-up":         `No answer came in time`,
		"outcome-body":            `its body could not be read`,
		"verdict-passed":          `data-agrees`,
		"verdict-request":         `data-stage="request"`,
		"verdict-preflight":       `data-stage="preflight"`,
		"verdict-response":        `data-stage="response"`,
		"verdict-redirect":        `data-stage="redirect"`,
		"verdict-webkit":          `does otherwise`,
		"verdict-differs":         `data-differs`,
		"verdict-beyond":          `Something beyond CORS`,
		"verdict-unknown":         `not known`,
		"script-curl":             `curl --include`,
		"script-via":              `data-choice="via"`,
		"script-img":              `data-choice="crossorigin"`,
		"script-xhr":              `data-choice="upload_listener"`,
		"script-form":             `<option value="POST" selected>`,
		"policy-account":          `data-account="same_site"`,
		"policy-account-faults":   `id="cache-fault"`,
		"sequence-shared-cache":   `from the shared cache`,
		"sequence-same-origin":    `through the proxy`,
		"sequence-cors":           `to the proxy`,
		"entry-same-origin":       `left out Origin`,
		"entry-cors":              `Answered by the proxy itself`,
		"entry-shared-cache":      `Answered by the shared cache`,
		"outcome-xhr":             `What it is told`,
		"outcome-img":             `knows its size and no pixel of it`,
		"outcome-canvas":          `tainted the canvas`,
		"outcome-script":          `Script error.`,
		"outcome-module":          `Of its errors the page is told everything`,
		"outcome-font":            `The font came with CORS`,
		"outcome-form":            `into a document of its own`,
		"outcome-beacon":          `never told what came of one`,
		"outcome-eventsource":     `the first event`,
		"caches-nothing":          `aria-labelledby="caches-title" hidden>`,
		"caches-preflight":        `of 600 s, as Access-Control-Max-Age says`,
		"caches-capped":           `of 600 s, the longest that Safari remembers`,
		"caches-browser":          `data-kind="browser"`,
		"caches-shared":           `Origin: http://127.0.0.1:8080`,
		"caches-blind":            `For every such request`,
		"gap":                     `entry--gap`,
		"started":                 `entry--run`,
		"entry-preflight":         `data-preflight`,
		"entry-effect":            `data-permitted`,
		"entry-body":              `Body of the request, 19 bytes`,
		"entry-by-hand":           `by hand`,
		"entry-withheld":          `Not sent: Clear-Site-Data can`,
		"settled-never-sent":      `data-never="PUT"`,
		"settled-nothing-sent":    `data-never="GET"`,
		"settled-differs":         `entry--differs`,
		"settled-solved":          `data-solved`,
		"sequence-opaqueredirect": `data-outcome="opaqueredirect"`,
	}
	for _, s := range all(t) {
		var html strings.Builder
		if err := s.Document().Render(t.Context(), &html); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		if !strings.Contains(html.String(), want[s.Name]) {
			t.Errorf("%s lacks %q:\n%s", s.Name, want[s.Name], html.String())
		}
		if differs := strings.Contains(html.String(), "data-differs"); differs != strings.HasSuffix(s.Name, "-differs") {
			t.Errorf("%s: the browser does otherwise than judged: %t", s.Name, differs)
		}
		delete(want, s.Name)
	}
	for name := range want {
		t.Errorf("there is no sample %q", name)
	}
}
