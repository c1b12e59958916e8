package page

import (
	"slices"
	"strings"

	"corslab/lab/origin"
)

// A runner on {page} has the origin of the lab's pages, with the session, the
// progress and the control routes: a script that runs there can do everything that
// the learner can. So two rules apply. A runner that loads scripts from the API
// does nothing else, and no other runner loads any. And the API never sends what a
// learner, a link or a file supplied in a form that runs (see package inert).

// runnerPolicy lets the runner do what a lesson needs, and lets only the lab's
// page frame it. On every hop, its scripts can make requests only to this lab and
// to places where nothing receives them: a second lock behind the one on Location.
// Those places are app: links, so that CORS itself refuses a redirect into an app,
// the .invalid names, and the closed port. Its elements load images, fonts and
// frames only from the API. No script comes from the API, and no Trusted Types
// policy is allowed.
func runnerPolicy(o origin.Set) string {
	apis := strings.Join(ownOf(o, origin.APINames()), " ")
	return strings.Join(append(sharedPolicy(o),
		"script-src "+ownScripts(o),
		"connect-src "+connectable(o)+" app: http://*.invalid:* https://*.invalid:*",
		"img-src "+apis,
		"font-src "+apis,
		"frame-src "+apis,
		"form-action "+apis,
		"trusted-types 'none'",
	), "; ")
}

// scriptRunnerPolicy lets the runner load scripts and modules from the API, and
// nothing else. A plain text names a script, as in everyday code, and the only
// Trusted Types policy accepts it; markup stays blocked.
func scriptRunnerPolicy(o origin.Set) string {
	return strings.Join(append(sharedPolicy(o),
		"script-src "+ownScripts(o)+" "+strings.Join(ownOf(o, origin.APINames()), " "),
		"form-action 'none'",
		"trusted-types default",
	), "; ")
}

// connectable lists the origins that the runner's scripts can send requests to. A
// policy can't name an IPv6 address, so a lab at such an address has only the lock
// on Location.
func connectable(o origin.Set) string {
	list := strings.Join(ownOf(o, o.Own()), " ")
	if strings.Contains(list, "[") {
		return "*"
	}
	return list
}

// ownOf returns the named origins that are this lab's in every browser on its page.
func ownOf(o origin.Set, names []string) []string {
	var own []string
	for _, name := range o.Own() {
		if slices.Contains(names, name) {
			own = append(own, o.Of(name))
		}
	}
	return own
}

// ownScripts are the sources of the lab's own scripts. The page is among them,
// because 'self' matches nothing in a sandboxed frame in WebKit.
func ownScripts(o origin.Set) string { return "'self' " + o.Page.String() }

// sharedPolicy applies to every runner. Without worker-src, a worker could come
// from where scripts may.
func sharedPolicy(o origin.Set) []string {
	return []string{
		"default-src 'none'",
		"worker-src 'none'",
		"base-uri 'none'",
		"require-trusted-types-for 'script'",
		"frame-ancestors " + o.Page.String(),
	}
}

// runnerFiles are the scripts of the runner, in order.
func runnerFiles() []string {
	return []string{"js/runner-report.js", "js/runner-requests.js", "js/runner-elements.js", "js/runner.js"}
}

// scriptRunnerFiles are the scripts of the runner that loads scripts, in order.
func scriptRunnerFiles() []string {
	return []string{"js/runner-report.js", "js/runner-scripts.js", "js/runner.js"}
}

// allRunnerFiles are the scripts of both, which every origin of this listener
// serves.
func allRunnerFiles() []string {
	all := append(runnerFiles(), scriptRunnerFiles()...)
	slices.Sort(all)
	return slices.Compact(all)
}
