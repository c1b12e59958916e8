package page

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"corslab/lab/origin"
)

// byHost sends requests for the page origin to lab and those for the listener's other
// origins to callers. It refuses every other name, because DNS rebinding would use one.
func (s *server) byHost(lab, callers http.Handler) http.Handler {
	page, hosts := s.origins.Page.HostPort(), s.origins.PageHosts()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch host := strings.ToLower(r.Host); {
		case host == page:
			lab.ServeHTTP(w, r)
		case slices.Contains(hosts, host):
			callers.ServeHTTP(w, r)
		default:
			s.fail(w, r, fmt.Errorf("%w %q; the lab is at %s", errHost, r.Host, s.origins.Page.String()))
		}
	})
}

// fromOwnPage refuses requests that would change something, unless they come from a page
// of the lab. With every request whose method is neither GET nor HEAD, a browser sends
// an Origin header, for forms, beacons and scripts alike, and to every kind of address
// (https://fetch.spec.whatwg.org/#append-a-request-origin-header). It holds the origin
// of the page, or null if that is opaque or hidden by a referrer policy. So Origin must
// be present and equal the lab's.
//
// [http.CrossOriginProtection] would look at Sec-Fetch-Site first, which browsers don't
// send over plain HTTP on a LAN. It also lets requests pass that have neither header.
// That is right for programs other than browsers, but none of these routes is for them.
//
// GET and HEAD change nothing on these routes. The route that opens a WebSocket has its
// own check with the same effect; see [newUpgrader].
func (s *server) fromOwnPage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origins := r.Header["Origin"]
		safe := r.Method == http.MethodGet || r.Method == http.MethodHead
		if !safe && (len(origins) != 1 || origins[0] != s.origins.Page.String()) {
			s.fail(w, r, fmt.Errorf("%w: found Origin %.100q, want %s", errOrigin, origins, s.origins.Page.String()))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// secure sets the policy of the lab's own pages: nothing inline, nothing from other
// origins except the runner's frames, and markup only through one Trusted Types policy.
func (s *server) secure(next http.Handler) http.Handler {
	policy := contentSecurityPolicy(s.origins)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurity(w.Header(), policy)
		next.ServeHTTP(w, r)
	})
}

func setSecurity(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups") // the page's opener can't navigate it
	h.Set("Cache-Control", "no-cache")
}

func contentSecurityPolicy(o origin.Set) string {
	socket := o.Page.WithScheme("ws")
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self'",
		"connect-src 'self' " + socket.String(),
		"frame-src " + strings.Join(ownOf(o, []string{"page", "other", "shop", "evil", "twin"}), " "),
		"form-action 'none'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types corslab",
	}, "; ")
}

// formPolicy is the policy of a page whose form works without scripts.
func formPolicy(o origin.Set) string {
	return strings.Replace(contentSecurityPolicy(o), "form-action 'none'", "form-action 'self'", 1)
}
