package page

import (
	"slices"
	"strings"

	"corslab/lab/scenario"
)

// A runner on {page} has the origin of the lab's pages, with the session, the
// progress and the control routes: a script that runs there can do all that the
// learner can. So two things hold. Only a runner that loads scripts may load any
// from the API, and it does nothing else; and the API sends nothing that a
// learner, a link or a file supplied in a form that runs (see package inert).

// runnerPolicy lets the runner do what a lesson needs, and lets only the lab's
// page frame it. Its scripts make requests to this lab, and to where nothing can
// receive them, on every hop: a second lock behind the one on Location. An app:
// link is among them, so that CORS itself refuses a redirect into an app, and so
// are the .invalid names and the closed port. Its elements load images, fonts and
// frames from the API, which has what they need, and nowhere else. No script
// comes from there, and no Trusted Types policy is allowed.
func runnerPolicy(o scenario.Origins) string {
	apis := strings.Join(ownOf(o, scenario.APINames()), " ")
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
// nothing else. A script is named by a plain text, as one writes it, which the
// one Trusted Types policy lets pass; markup stays closed.
func scriptRunnerPolicy(o scenario.Origins) string {
	return strings.Join(append(sharedPolicy(o),
		"script-src "+ownScripts(o)+" "+strings.Join(ownOf(o, scenario.APINames()), " "),
		"form-action 'none'",
		"trusted-types default",
	), "; ")
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

// ownScripts are the lab's. The page is named too, because in a sandboxed frame
// WebKit takes 'self' to be nobody.
func ownScripts(o scenario.Origins) string { return "'self' " + o.Page }

// sharedPolicy is what holds for each runner. A worker would come from where
// scripts may.
func sharedPolicy(o scenario.Origins) []string {
	return []string{
		"default-src 'none'",
		"worker-src 'none'",
		"base-uri 'none'",
		"require-trusted-types-for 'script'",
		"frame-ancestors " + o.Page,
	}
}

// runnerFiles are what the runner loads, in their order.
func runnerFiles() []string {
	return []string{"js/runner-report.js", "js/runner-requests.js", "js/runner-elements.js", "js/runner.js"}
}

// scriptRunnerFiles are what the runner loads that loads scripts.
func scriptRunnerFiles() []string {
	return []string{"js/runner-report.js", "js/runner-scripts.js", "js/runner.js"}
}

// allRunnerFiles are both, which every origin of this listener serves.
func allRunnerFiles() []string {
	all := append(runnerFiles(), scriptRunnerFiles()...)
	slices.Sort(all)
	return slices.Compact(all)
}
