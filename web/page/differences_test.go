package page_test

import (
	"net/http"
	"strings"
	"testing"

	"corslab/lab/cors"
	"corslab/web/page"
)

// TestDifferences checks that the page lists every difference with its clause and its
// issue.
func TestDifferences(t *testing.T) {
	status, _, body := newFixture(t, page.DefaultLimits()).do(request{path: "/differences"})
	if status != http.StatusOK {
		t.Fatalf("status %d, want 200", status)
	}
	for _, d := range cors.Differences() {
		for _, want := range []string{`data-difference="` + d.Name + `"`, `href="` + d.Link + `"`, `href="` + d.Issue} {
			if !strings.Contains(body, want) {
				t.Errorf("the page lacks %s of %s", want, d.Name)
			}
		}
	}
}
