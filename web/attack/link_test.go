package attack_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestLinks opens each link: it is refused in words, with a status that no
// browser writes into its console, and changes nothing.
func TestLinks(t *testing.T) {
	l := startLab(t, "localhost:0")
	l.open(t)
	each(t, "link", func(t *testing.T, a attack) {
		before := l.attempt(t)
		status, answer := l.control(t, "PUT", "/sessions/"+sid, map[string]any{"scenario": "sandbox", "link": filled(a.Link)})
		told, _ := answer["error"].(string)
		if status != http.StatusOK || told == "" || !strings.Contains(told, a.Says) {
			t.Errorf("status %d and %q, want 200 and %q in it", status, told, a.Says)
		}
		if after := l.attempt(t); after != before {
			t.Errorf("the session was set to\n%s\nfrom\n%s", after, before)
		}
	})
}

// filled writes out what a row abbreviates: x*70000 is that letter so many times.
func filled(link string) string {
	if before, _, found := strings.Cut(link, "x*140000"); found {
		return before + strings.Repeat("x", 140_000)
	}
	return link
}
