package web_test

import (
	"net/http"
	"testing"

	"corslab/web"
)

// TestLesson05_Origin requests every route that changes something the way pages of other
// origins do. The requests lack Sec-Fetch headers, because browsers don't send them over
// plain HTTP to another machine (webpack-dev-server CVE-2026-6402).
func TestLesson05_Origin(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		to, before, changing := targets(t, lab)["page"], state(t, lab), 0
		for _, route := range to.routes {
			if !route.changesState() || route.ofProxy() {
				continue
			}
			changing++
			for _, origin := range foreignOrigins(lab) {
				for _, contentType := range contentTypes() {
					response, _ := exchange(t, to.addr, route.withBody(to.host, contentType, `{"scenario":"no-cors"}`, "Origin: "+origin))
					if response.StatusCode != http.StatusForbidden {
						t.Errorf("%s of %q from %s: status %d, want 403", route, contentType, origin, response.StatusCode)
					}
				}
			}
		}
		if changing < 6 {
			t.Errorf("%d routes change something, want at least 6", changing)
		}
		if after := state(t, lab); after != before {
			t.Errorf("the state is now %s, want %s", after, before)
		}
	})
}

// TestLesson05_NoOrigin checks that a request that a form can send changes nothing if no
// header says where it comes from.
func TestLesson05_NoOrigin(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		to, before := targets(t, lab)["page"], state(t, lab)
		for _, route := range to.routes {
			if route.ofProxy() || (route.method != http.MethodPost && route.changesState()) {
				continue
			}
			for _, contentType := range contentTypes() {
				if contentType == "application/json" {
					continue // forms can't send it, and scripts need a preflight
				}
				for _, body := range []string{"", `{"type":"error","scenario":"no-cors"}`} { // a reset takes only the empty one
					exchange(t, to.addr, route.withBody(to.host, contentType, body))
					if after := state(t, lab); after != before {
						t.Errorf("%s of %q with %q: the state is now %s, want %s", route, contentType, body, after, before)
						before = after
					}
				}
			}
		}
	})
}

// contentTypes returns the types that a form can send, none, and the right one.
func contentTypes() []string {
	return []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/json"}
}
