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
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups") // who opened the page cannot move it
		h.Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
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
// page frame it. Its scripts make requests to this lab, and to where nothing can
// receive them, on every hop: a second lock behind the one on Location. An app:
// link is among them, so that CORS itself refuses a redirect into an app, and so
// are the .invalid names and the closed port. Its elements load from the API,
// which has what they need, and nowhere else: a script from there runs in a
// document that holds nothing, and a form's answer comes into a frame.
// That script is named by a plain text, as one writes it, which the one Trusted
// Types policy lets pass; markup stays closed. The page is named too, because in a
// sandboxed frame WebKit takes 'self' to be nobody.
func runnerPolicy(o scenario.Origins) string {
	apis := strings.Join(ownOf(o, scenario.APINames()), " ")
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' " + o.Page + " " + apis,
		"connect-src " + connectable(o) + " app: http://*.invalid:* https://*.invalid:*",
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

// connectable lists the origins that the runner's scripts can ask. No policy can
// name an IPv6 address, so a lab at one has only the lock on Location.
func connectable(o scenario.Origins) string {
	list := strings.Join(ownOf(o, o.Own()), " ")
	if strings.Contains(list, "[") {
		return "*"
	}
	return list
}

// ownOf returns those of the named origins that are this lab's for every browser
// on its page.
func ownOf(o scenario.Origins, names []string) []string {
	var own []string
	for _, name := range o.Own() {
		if slices.Contains(names, name) {
			own = append(own, o.Of(name))
		}
	}
	return own
}

// runnerScripts are what the runner loads, from every origin on which it runs.
func runnerScripts() []string {
	return []string{"js/runner-requests.js", "js/runner-elements.js", "js/runner.js"}
}
