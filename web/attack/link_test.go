package attack_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestLinks opens each link. The lab must refuse it with a message, with a status that
// browsers don't log as an error, and change nothing.
func TestLinks(t *testing.T) {
	l := startLab(t, "localhost:0")
	l.open(t)
	each(t, "link", func(t *testing.T, a attack) {
		before := l.attempt(t)
		status, result := l.control(t, "PUT", "/sessions/"+sid, map[string]any{"scenario": "sandbox", "link": filled(a.Link)})
		refusal, _ := result["error"].(string)
		if status != http.StatusOK || refusal == "" || !strings.Contains(refusal, a.Says) {
			t.Errorf("status %d and %q, want 200 and %q in it", status, refusal, a.Says)
		}
		if after := l.attempt(t); after != before {
			t.Errorf("the session was set to\n%s\nfrom\n%s", after, before)
		}
	})
}

// filled expands an abbreviation: x*170000 is 170,000 times that letter.
func filled(link string) string {
	if before, _, found := strings.Cut(link, "x*170000"); found {
		return before + strings.Repeat("x", 170_000)
	}
	return link
}
