package page_test

import (
	"net/http"
	"strings"
	"testing"

	"corslab/web/page"
	"corslab/web/view/gallery"
)

// TestComponents checks that the gallery lists every sample, that each is served, and
// that no other page may frame one.
func TestComponents(t *testing.T) {
	samples, err := gallery.All()
	if err != nil {
		t.Fatal(err)
	}
	handler, err := gallery.Handler()
	if err != nil {
		t.Fatal(err)
	}
	f := newFixtureWith(t, handler, page.DefaultLimits())
	status, header, gallery := f.do(request{path: "/components"})
	if policy := header.Get("Content-Security-Policy"); status != http.StatusOK || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the page of components: status %d, policy %q", status, policy)
	}
	for _, s := range samples {
		if !strings.Contains(gallery, `src="/components/`+s.Name+`"`) {
			t.Errorf("%s is not on the page of components", s.Name)
		}
		status, header, _ := f.do(request{path: "/components/" + s.Name})
		policy := header.Get("Content-Security-Policy")
		if status != http.StatusOK || !strings.Contains(policy, "frame-ancestors 'self'") {
			t.Errorf("%s: status %d, policy %q", s.Name, status, policy)
		}
		if scripts := strings.Contains(policy, "script-src"); scripts != (s.Page == nil) {
			t.Errorf("%s: scripts may run: %t, want them to in what is no page of its own", s.Name, scripts)
		}
	}
	for path, want := range map[string]int{"/components": http.StatusOK, "/components/outcome-none": http.StatusNotFound} {
		if status, _, _ := f.do(request{method: "HEAD", path: path}); status != want {
			t.Errorf("HEAD %s: status %d, want %d", path, status, want)
		}
	}
	if status, _, _ := f.do(request{path: "/components/none"}); status != http.StatusNotFound {
		t.Errorf("a sample that is not there: status %d, want 404", status)
	}
	if status, _, _ := f.do(request{path: "/components", host: "evil.app.localhost:8080"}); status != http.StatusNotFound {
		t.Errorf("the page of components at the attacker's: status %d, want 404", status)
	}
}

// TestComponents_off checks that a lab without the gallery serves none of its addresses.
func TestComponents_off(t *testing.T) {
	f := newFixture(t, page.DefaultLimits())
	for _, path := range []string{"/components", "/components/index"} {
		if status, _, _ := f.do(request{path: path}); status != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, status)
		}
	}
}
