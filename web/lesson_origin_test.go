package web_test

import (
	"net/http"
	"testing"

	"corslab/web"
)

// TestLesson05_Origin asks for every route that changes something as pages of
// other origins do, without the Sec-Fetch headers that plain HTTP to another
// machine lacks (webpack-dev-server CVE-2026-6402).
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
			t.Errorf("%d routes change something, want 6 at least", changing)
		}
		if after := state(t, lab); after != before {
			t.Errorf("the state is now %s, want %s", after, before)
		}
	})
}

// TestLesson05_NoOrigin sends all requests that a form can send, without any
// header that says where from: nothing changes.
func TestLesson05_NoOrigin(t *testing.T) {
	lesson(t, func(t *testing.T, lab *web.Lab) {
		to, before := targets(t, lab)["page"], state(t, lab)
		for _, route := range to.routes {
			if route.ofProxy() || (route.method != http.MethodPost && route.changesState()) {
				continue
			}
			for _, contentType := range contentTypes() {
				if contentType == "application/json" {
					continue // no form sends it, and a script asks before it does
				}
				for _, body := range []string{"", `{"type":"error","scenario":"no-cors"}`} { // a reset takes no other than the first
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

// contentTypes are those that a form can send, none, and the right one.
func contentTypes() []string {
	return []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/json"}
}
