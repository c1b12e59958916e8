package page

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"corslab/lab/scenario"
)

// byHost sends requests for the page origin to lab and those for the other
// origins of this listener to callers. Any other name is refused, as DNS
// rebinding would bring it.
func (s *server) byHost(lab, callers http.Handler) http.Handler {
	hosts := s.origins.PageHosts()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch host := strings.ToLower(r.Host); {
		case host == hosts[0]:
			lab.ServeHTTP(w, r)
		case slices.Contains(hosts, host):
			callers.ServeHTTP(w, r)
		default:
			http.Error(w, fmt.Sprintf("unknown host %q; the lab is at %s", r.Host, s.origins.Page), http.StatusMisdirectedRequest)
		}
	})
}

// secure sets the policy of the lab's own pages: nothing inline, nothing from
// elsewhere but the runner's frames, and markup only through one Trusted Types
// policy.
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
	h.Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups") // who opened the page cannot move it
	h.Set("Cache-Control", "no-cache")
}

func contentSecurityPolicy(o scenario.Origins) string {
	socket := "ws" + strings.TrimPrefix(o.Page, "http")
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self'",
		"connect-src 'self' " + socket,
		"frame-src " + strings.Join([]string{o.Page, o.Other, o.Shop, o.Evil, o.Twin}, " "),
		"form-action 'none'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types corslab",
	}, "; ")
}

// formPolicy is that of a page with a form that needs no script.
func formPolicy(o scenario.Origins) string {
	return strings.Replace(contentSecurityPolicy(o), "form-action 'none'", "form-action 'self'", 1)
}

// specimenPolicy lets the page of components frame a specimen, which can do no
// more than show itself. Where that is a whole page, its own scripts must not
// run: they would open a session.
func specimenPolicy(scripts bool) string {
	policy := "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; " +
		"require-trusted-types-for 'script'; trusted-types corslab; frame-ancestors 'self'"
	if scripts {
		policy += "; script-src 'self'"
	}
	return policy
}

// runnerPolicy lets the runner do what a lesson needs, and lets only the lab's
// page frame it. Its scripts make requests to anywhere; its elements load from
// the API, which has what they need, and nowhere else: a script from there runs
// in a document that holds nothing, and a form's answer comes into a frame.
// That script is named by a plain text, as one writes it, which the one Trusted
// Types policy lets pass; markup stays closed. The page is named too, because in a
// sandboxed frame WebKit takes 'self' to be nobody.
func runnerPolicy(o scenario.Origins) string {
	apis := strings.Join(o.APIs(), " ")
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' " + o.Page + " " + apis,
		"connect-src * app:", // so that CORS itself refuses a redirect into an app
		"img-src " + apis,
		"font-src " + apis,
		"frame-src " + apis,
		"form-action " + apis,
		"base-uri 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types default",
		"frame-ancestors " + o.Page,
	}, "; ")
}

// runnerScripts are what the runner loads, from every origin on which it runs.
func runnerScripts() []string {
	return []string{"js/runner-requests.js", "js/runner-elements.js", "js/runner.js"}
}
